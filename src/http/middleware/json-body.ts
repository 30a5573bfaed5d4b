import type { Context, MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'
import { answerError, refused } from '../errors.ts'
import { jsonProblem } from '../json-problem.ts'

const JSON_TYPE = /^application\/json(\s*;|$)/i

/**
 * Reads the body once and refuses what JSON.parse would let through. A body that is not sent at all
 * is parsed as `{}` by the validators, so that missing fields are named.
 */
export const jsonBody = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const text = await c.req.text()
  if (text === '') {
    forgetContentType(c)
    return next()
  }
  if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) {
    return answerError(c, {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'UNSUPPORTED_MEDIA_TYPE',
    })
  }
  const problem = jsonProblem(text)
  if (problem) return refused(c, { kind: 'INVALID', errors: [problem] })
  return next()
}

/** Many clients declare JSON on an empty body; the validator would call that malformed. */
function forgetContentType(c: Context<AppEnv>): void {
  if (c.req.header('content-type') === undefined) return
  c.req.raw = new Request(c.req.raw.url, { method: c.req.method, headers: withoutType(c) })
}

function withoutType(c: Context<AppEnv>): Headers {
  const headers = new Headers(c.req.raw.headers)
  headers.delete('content-type')
  return headers
}
