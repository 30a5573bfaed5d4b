import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { AppEnv } from '../context.ts'

const PREFLIGHT_SECONDS = 7_200

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const TAKEN = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Accept-Language',
  'X-Market',
  'X-Session-Id',
  'X-Restaurant-Id',
  'X-Request-Id',
  'X-Read-Bookmark',
  'traceparent',
]
const SHOWN = [
  'ETag',
  'Retry-After',
  'Idempotent-Replayed',
  'X-Request-Id',
  'X-Read-Bookmark',
  'X-Stale',
  'traceparent',
  'Deprecation',
  'Sunset',
  'Link',
]

/**
 * Lets pages of the origins in `CORS_ALLOWED_ORIGINS` call. Never with credentials: tokens come in a
 * header that pages set themselves, so that another site's page has nothing to ride on.
 */
export const crossOrigin = (): MiddlewareHandler<AppEnv> => (c, next) => {
  const { corsOrigins } = c.env
  if (corsOrigins.length === 0) return next()
  const { method } = c.req
  const preflight = c.req.header('access-control-request-method') !== undefined
  const elsewhere = c.req.header('upgrade') !== undefined || (method === 'OPTIONS' && !preflight)
  if (elsewhere) return next()
  return cors({
    origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
    allowMethods: METHODS,
    allowHeaders: TAKEN,
    exposeHeaders: SHOWN,
    maxAge: PREFLIGHT_SECONDS,
  })(c, next)
}
