import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from '../context.ts'
import { networkOf } from '../network.ts'

/** One line per request: the route's template, never the raw path, query or body. */
export const requestLog = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  await next()
  // Read once: `c.var` is made anew every time.
  const seen = c.var
  const { deps, actor, restaurantId } = seen as Partial<AppEnv['Variables']>
  deps?.log({
    level: c.res.status >= 500 ? 'error' : 'info',
    kind: 'http',
    method: c.req.method,
    route: templateOf(c),
    status: c.res.status,
    durationMs: deps.now() - seen.now,
    requestId: seen.requestId,
    traceId: seen.traceId,
    userId: actor?.userId,
    sessionId: actor?.sessionId,
    restaurantId,
    network: networkOf(seen.clientIp),
  })
}

/** Middleware matches by wildcards too; the route itself is the last that has none. */
function templateOf(c: Context<AppEnv>): string {
  const paths = matchedRoutes(c).map(({ path }) => path)
  const template = paths.findLast((path) => !path.includes('*')) ?? paths.at(-1) ?? '*'
  return template === '*' || template === '/*' ? 'unmatched' : template
}
