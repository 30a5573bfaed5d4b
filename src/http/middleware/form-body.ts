import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'
import { refused } from '../errors.ts'

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(;|$)/i

/** Reads a form as the JSON object it stands for; a field given twice means nothing certain. */
export const formBody = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  if (!FORM_TYPE.test(c.req.header('content-type') ?? '')) return next()
  const fields = [...new URLSearchParams(await c.req.text())]
  const body = Object.fromEntries(fields)
  const repeated = fields.find(([name], index) =>
    fields.some(([other], at) => at < index && other === name),
  )
  if (repeated !== undefined)
    return refused(c, { kind: 'INVALID', errors: [{ field: repeated[0], reason: 'repeated' }] })
  const { method, url, headers } = c.req.raw
  const asJson = new Headers(headers)
  asJson.set('content-type', 'application/json')
  asJson.delete('content-length')
  c.req.raw = new Request(url, { method, headers: asJson, body: JSON.stringify(body) })
  c.req.bodyCache = {}
  return next()
}
