import type { App, HttpBindings } from '../../src/http/context.ts'
import { createApp } from '../../src/http/app.ts'
import { createCallLimiter } from '../../src/http/call-limiter.ts'
import { RememberedMenus } from '../../src/http/remembered-menus.ts'
import { clientIpOf } from '../../src/http/client-ip.ts'
import { callLimitsOf } from '../../src/domain/limits/call-limits.ts'
import type { Actor } from '../../src/domain/actor.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { identityWorld } from './identity.ts'
import { noteSent } from './log-watch.ts'

type Routes = (app: App) => void

export interface ErrorBody {
  error: {
    code: string
    reason?: string
    message: string
    trace_id: string
    details?: Record<string, unknown> & { field?: string; errors?: unknown[] }
  }
}

/** The app over real repositories and tokens, with routes of the test's own where it brings any. */
export async function httpWorld(routes?: Routes, bindings: Partial<HttpBindings> = {}) {
  const { world, deps: parts } = await identityWorld()
  const deps: Deps = { ...parts, ready: () => Promise.resolve(true) }
  const app = createApp(routes ? { api: [routes] } : {})
  const env: HttpBindings = {
    deps,
    asset: () => Promise.resolve(new Response(null, { status: 404 })),
    environment: 'development',
    publicUrl: null,
    maxBodyBytes: 1_000,
    defaultRestaurant: null,
    metricsToken: null,
    clientCertificate: () => null,
    clientIp: (request) => clientIpOf(request, true),
    limiter: createCallLimiter(callLimitsOf({ ENVIRONMENT: 'development' })),
    menus: new RememberedMenus(),
    corsOrigins: [],
    edgeCache: null,
    edgeCacheSeconds: 30,
    ...bindings,
  }
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    noteSent(init)
    return app.fetch(new Request(new URL(path, 'http://ordersync.test'), init), env)
  }
  const post = (path: string, body: string | null, headers: Record<string, string> = {}) =>
    ask(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
  const bearer = async (actor: Actor) => ({
    authorization: `Bearer ${await deps.tokens.issue('access', actor, {
      id: crypto.randomUUID(),
      issuedAt: deps.now(),
      ttlSeconds: 900,
    })}`,
  })
  return { app, world, deps, ask, post, bearer }
}

export const errorOf = async (response: Response): Promise<ErrorBody['error']> =>
  (await response.json<ErrorBody>()).error
