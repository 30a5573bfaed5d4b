import { Hono, type Context } from 'hono'
import type { App, AppEnv, HttpBindings, HttpVariables } from '../context.ts'
import { answerError, answerThrown } from '../errors.ts'
import { RememberingRouter } from '../remembering-router.ts'
import { API_ROOT, type Method } from '../source-paths.ts'

/** A request that another one stands for. */
export interface InnerCall {
  method: Method
  /** Under the API's root, its parameters filled in. */
  path: string
  body?: unknown
  /** What the caller has named by its id alone; see `Asker`. */
  named?: string
  /** Which restaurant `me` means. */
  restaurantId?: string
  /** Not the answer itself, but what it takes to give it: the caller's own conditions are not for it. */
  beside?: true
}

export type AskWithin = (c: Context<AppEnv>, call: InnerCall) => Promise<Response>

interface WithinEnv {
  Bindings: HttpBindings & { within: { outer: Context<AppEnv>; call: InnerCall } }
  Variables: HttpVariables
}

/** What a request has been given before it reaches its route. */
const CARRIED = [
  ...['deps', 'requestId', 'traceId', 'clientIp', 'now', 'locale', 'market'],
  ...['sessionHeader', 'restaurantHeader', 'readBookmark'],
] as readonly (keyof HttpVariables)[]

/** Of the request itself; the others are the caller's word on what it wants to be answered. */
const CONDITIONS = ['if-match', 'if-none-match', 'idempotency-key', 'authorization']

/**
 * Has the API's own routes answer a request that another stands for. It is the same request all the
 * way: known by the same id, counted and logged once, as whoever sent the other.
 */
export function askWithin(api: App): AskWithin {
  const inner = new Hono<WithinEnv>({ router: new RememberingRouter() })
  inner.onError((thrown, c) => answerThrown(thrown, c as unknown as Context<AppEnv>))
  inner.notFound((c) =>
    answerError(c as unknown as Context<AppEnv>, {
      status: 404,
      code: 'NOT_FOUND',
      message: 'ROUTE_NOT_FOUND',
    }),
  )
  inner.use(async (c, next) => {
    const { outer, call } = c.env.within
    for (const name of CARRIED) c.set(name, outer.get(name))
    c.set('bySource', true)
    if (call.named !== undefined) c.set('named', call.named)
    if (call.restaurantId !== undefined) c.set('restaurantHeader', call.restaurantId)
    await next()
    outer.set('template', c.get('template'))
    outer.set('restaurantId', c.get('restaurantId'))
    // Who has only named a table is nobody, and the table's id opens it.
    if (call.named === undefined || c.get('actor')?.userId != null)
      outer.set('actor', c.get('actor'))
  })
  inner.route(API_ROOT, api)
  return async (outer, call) =>
    inner.fetch(requestFor(outer, call), { ...outer.env, within: { outer, call } })
}

function requestFor(c: Context<AppEnv>, { method, path, body, beside }: InnerCall): Request {
  const headers = new Headers(c.req.raw.headers)
  for (const name of ['content-length', 'content-type']) headers.delete(name)
  if (beside) for (const name of CONDITIONS) headers.delete(name)
  if (body !== undefined) headers.set('content-type', 'application/json')
  return new Request(new URL(API_ROOT + path, c.req.url), {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}
