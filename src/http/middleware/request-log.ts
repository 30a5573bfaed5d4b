import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import { parseId } from '../../domain/ids.ts'
import type { AppEnv, HttpVariables } from '../context.ts'
import { networkOf } from '../network.ts'

/** One line and one count per request: the route's template, never the raw path, query or body. */
export function logRequest(c: Context<AppEnv>): void {
  const deps = c.get('deps')
  const { status } = c.res
  // A request that was refused early has neither.
  const actor = c.get('actor') as HttpVariables['actor'] | undefined
  const restaurantId = c.get('restaurantId') as string | undefined
  const template = c.get('template') as string | undefined
  const { method } = c.req
  const route = template ?? templateOf(c)
  const durationMs = deps.now() - c.get('now')
  deps.metrics.request(method, route, status, durationMs / 1_000)
  deps.log({
    level: status >= 500 ? 'error' : 'info',
    kind: 'http',
    method,
    route,
    status,
    ...(c.get('bySource') === true && { bySource: true }),
    durationMs,
    requestId: c.get('requestId'),
    traceId: c.get('traceId'),
    userId: actor?.userId,
    sessionId: actor?.sessionId,
    restaurantId,
    orderId: orderInPath(c, route) ?? deps.about.orderId,
    network: networkOf(c.get('clientIp')),
  })
}

/** What stands behind `orders` in the path; anybody may have written it. */
function orderInPath(c: Context<AppEnv>, route: string): string | null {
  const [, name] = /\/(?:orders|pay)\/(?::|\{)(\w+)/.exec(route) ?? []
  return name === undefined ? null : parseId(c.req.param(name) ?? '')
}

/** The path as the route was given it. Middleware matches by wildcards too; the route itself is the last that has none. */
export function templateOf(c: Context<AppEnv>): string {
  const paths = matchedRoutes(c).map(({ path }) => path)
  const template = paths.findLast((path) => !path.includes('*')) ?? paths.at(-1) ?? '*'
  return template === '*' || template === '/*' ? 'unmatched' : template
}
