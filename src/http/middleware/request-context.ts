import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'
import { localeOf } from '../locale.ts'
import { newTrace, parseTraceparent, randomHex } from '../trace.ts'

const SANE_TOKEN = /^[\w.:-]{1,128}$/

/**
 * Gives every request its id, trace, language and one reading of the clock, and tells id and trace
 * in the answer.
 */
export const requestContext = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const { deps } = c.env
  const sent = c.req.header('x-request-id')
  const requestId = sent !== undefined && SANE_TOKEN.test(sent) ? sent : randomHex(deps, 16)
  const trace = parseTraceparent(c.req.header('traceparent'), deps) ?? newTrace(deps)
  c.set('deps', deps)
  c.set('requestId', requestId)
  c.set('clientIp', c.env.clientIp(c.req.raw))
  c.set('traceId', trace.traceId)
  c.set('now', deps.now())
  c.set('locale', localeOf(c.req.header('accept-language')))
  await next()
  // A socket's 101 is handed through as it is.
  if (c.res.status === 101) return
  c.header('X-Request-Id', requestId)
  c.header('traceparent', trace.traceparent)
}
