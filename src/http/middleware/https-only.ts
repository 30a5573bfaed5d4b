import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'

/** Sends plain HTTP to HTTPS outside development; 308 keeps method and body. */
export const httpsOnly = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const url = new URL(c.req.url)
  if (c.env.environment === 'development' || url.protocol === 'https:') return next()
  url.protocol = 'https:'
  return c.redirect(url.toString(), 308)
}
