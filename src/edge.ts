import { errorText } from './domain/error-text.ts'
import { callLimitsOf } from './domain/limits/call-limits.ts'
import type { Config, Env } from './env.ts'
import { createCallLimiter, type CallLimiter, type EdgeLimit } from './http/call-limiter.ts'
import { clientCertificateOf } from './http/client-certificate.ts'
import { clientIpOf } from './http/client-ip.ts'
import type { HttpBindings } from './http/context.ts'
import type { EdgeCache } from './http/middleware/edge-cache.ts'
import { RememberedMenus } from './http/remembered-menus.ts'
import type { Runtime } from './runtime.ts'

/** What a request finds beside its Deps; the same for all of them. */
type Edge = Omit<HttpBindings, 'deps'>

/** Price and availability reach readers without a socket within this time. */
const FRESH_SECONDS = 30

/** What stands between the network and the routes; it lives, with its counters, as long as the isolate. */
export function createEdge(runtime: Runtime): (config: Config, env: Env) => Edge {
  const known = new WeakMap<Config, Edge>()
  return (config, env) => {
    const present = known.get(config)
    if (present) return present
    const believeHeader = config.ENVIRONMENT !== 'development' || config.TRUST_CLIENT_IP_HEADER
    const edge: Edge = {
      asset: (request) => env.ASSETS.fetch(request),
      environment: config.ENVIRONMENT,
      publicUrl: config.PUBLIC_URL ?? null,
      maxBodyBytes: config.MAX_BODY_BYTES,
      defaultRestaurant: config.DEFAULT_RESTAURANT ?? null,
      metricsToken: config.METRICS_TOKEN ?? null,
      clientCertificate: clientCertificateOf,
      clientIp: (request) => clientIpOf(request, believeHeader),
      limiter: limiterOf(config, env, runtime),
      menus: new RememberedMenus(),
      corsOrigins: config.CORS_ALLOWED_ORIGINS,
      edgeCache: cacheOf(runtime),
      // In development a change is to be seen by the next reader.
      edgeCacheSeconds:
        config.EDGE_CACHE_SECONDS ?? (config.ENVIRONMENT === 'development' ? 0 : FRESH_SECONDS),
    }
    known.set(config, edge)
    return edge
  }
}

function limiterOf(config: Config, env: Env, runtime: Runtime): CallLimiter {
  const atEdge = (binding: EdgeLimit | undefined, of: 'anonymous' | 'guestToken') =>
    binding ? { [of]: binding } : {}
  return createCallLimiter(
    callLimitsOf(config),
    {
      ...atEdge(env.ANONYMOUS_CALLS, 'anonymous'),
      ...atEdge(env.GUEST_TOKEN_CALLS, 'guestToken'),
    },
    (error) => {
      const what = error instanceof Error ? error.name : typeof error
      runtime.log({ level: 'warn', kind: 'limiter-failed', what })
    },
  )
}

/** Plain workerd has no cache and says so at the first use; then there is none for this isolate. */
function cacheOf(runtime: Runtime): EdgeCache {
  let usable = true
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    if (!usable) return null
    try {
      return await work()
    } catch (error) {
      usable = false
      runtime.log({ level: 'warn', kind: 'edge-cache-unusable', what: errorText(error) })
      return null
    }
  }
  return {
    get absent() {
      return !usable
    },
    match: async (key) => (await attempt(() => caches.default.match(key))) ?? null,
    async put(key, answer) {
      await attempt(() => caches.default.put(key, answer))
    },
  }
}
