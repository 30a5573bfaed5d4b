import type { Context, MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'
import { answerError, refused } from '../errors.ts'
import { jsonProblem } from '../json-problem.ts'

const JSON_TYPE = /^application\/json\s*(;|$)/i

/** Refuses a body that is not JSON by its type or its text, and what JSON.parse would let through. */
export const jsonBody = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const text = await c.req.text()
  if (text === '') {
    withoutContentType(c)
    return next()
  }
  if (!JSON_TYPE.test(c.req.header('content-type') ?? ''))
    return answerError(c, {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'UNSUPPORTED_MEDIA_TYPE',
    })
  const problem = jsonProblem(text)
  return problem ? refused(c, { kind: 'INVALID', errors: [problem] }) : next()
}

/**
 * Clients declare a type on bodies they do not send. Without it the validators read `{}`, name the
 * fields that are missing and fill in defaults, instead of calling nothing malformed.
 */
function withoutContentType(c: Context<AppEnv>): void {
  const { method, url, headers } = c.req.raw
  const rest = new Headers(headers)
  rest.delete('content-type')
  c.req.raw = new Request(url, { method, headers: rest })
}
