import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'
import { answerError } from '../errors.ts'

/** Bodies come as they are: what is compressed could be any size once it is not (RFC 9110 §15.5.16). */
export const plainBody = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity') return next()
  return answerError(c, {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    reason: 'CONTENT_ENCODING',
    message: 'CONTENT_ENCODING',
    headers: { 'Accept-Encoding': 'identity' },
  })
}
