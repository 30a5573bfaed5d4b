import { answerError } from '../errors.ts'
import type { Step } from '../step.ts'

/** Bodies come as they are: what is compressed could be any size once it is not (RFC 9110 §15.5.16). */
export const plainBody: Step = (c) => {
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity') return null
  return answerError(c, {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    reason: 'CONTENT_ENCODING',
    message: 'CONTENT_ENCODING',
    headers: { 'Accept-Encoding': 'identity' },
  })
}
