import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from '../context.ts'
import { networkOf } from '../network.ts'

/** One line per request: the route's template, never the raw path, query or body. */
export const requestLog = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  await next()
  const { deps, actor, restaurantId } = c.var as Partial<AppEnv['Variables']>
  deps?.log({
    level: c.res.status >= 500 ? 'error' : 'info',
    kind: 'http',
    method: c.req.method,
    route: templateOf(c),
    status: c.res.status,
    durationMs: deps.now() - c.var.now,
    requestId: c.var.requestId,
    traceId: c.var.traceId,
    userId: actor?.userId,
    sessionId: actor?.sessionId,
    restaurantId,
    network: networkOf(c.var.clientIp),
  })
}

/** Middleware matches by wildcards too; the route itself is the last that has none. */
function templateOf(c: Context<AppEnv>): string {
  const paths = matchedRoutes(c).map(({ path }) => path)
  const template = paths.findLast((path) => !path.includes('*')) ?? paths.at(-1) ?? '*'
  return template === '*' || template === '/*' ? 'unmatched' : template
}
