import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'
import { openRequest } from './request-context.ts'
import { logRequest } from './request-log.ts'
import { secure } from './security-headers.ts'

/**
 * Around everything else, refusals and errors too: what a request is known by, its line in the log,
 * and the headers that every answer carries.
 */
export const frame = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const traceparent = openRequest(c)
  await next()
  logRequest(c)
  // A socket's 101 is handed through as it is.
  if (c.res.status === 101) return
  if (isSealed(c.res)) c.res = new Response(c.res.body, c.res)
  // Hono's own way to set a header on a finished answer copies the answer each time.
  const { headers } = c.res
  headers.set('X-Request-Id', c.get('requestId'))
  headers.set('traceparent', traceparent)
  // RFC 9110 §15.4.5: who gets a 304 keeps the headers of the answer it has.
  if (c.res.status !== 304) secure(c.res, c.env.environment)
}

/** Answers of bindings have immutable headers; copying every answer for that would cost each of them. */
function isSealed({ headers }: Response): boolean {
  try {
    headers.delete('X-Powered-By')
    return false
  } catch {
    return true
  }
}
