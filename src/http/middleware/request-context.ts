import type { Context } from 'hono'
import type { AppEnv } from '../context.ts'
import { localeOf } from '../locale.ts'
import { cameBySource } from '../source/routing.ts'
import { traceOf } from '../trace.ts'

const SANE_TOKEN = /^[\w.:-]{1,128}$/

/**
 * Gives a request its id, trace, language and one reading of the clock. Answers the trace context
 * that goes back to the caller.
 */
export function openRequest(c: Context<AppEnv>): string {
  const { req } = c
  const { id, traceId, traceparent } = traceOf(req.header('traceparent'), c.env.deps)
  const deps = c.env.deps.inTrace(traceId)
  const sent = req.header('x-request-id')
  c.set('deps', deps)
  c.set('requestId', sent !== undefined && SANE_TOKEN.test(sent) ? sent : id)
  c.set('clientIp', c.env.clientIp(req.raw))
  c.set('traceId', traceId)
  c.set('now', deps.now())
  c.set('locale', localeOf(req.header('accept-language')))
  if (cameBySource(req.raw)) c.set('bySource', true)
  return traceparent
}
