import type { MiddlewareHandler } from 'hono'
import { bodyLimit as limited } from 'hono/body-limit'
import type { AppEnv } from '../context.ts'
import { answerError } from '../errors.ts'

/** Refuses bodies above the setting, by their declared length or, when streamed, as they come. */
export const bodyLimit = (): MiddlewareHandler<AppEnv> => (c, next) =>
  limited({
    maxSize: c.env.maxBodyBytes,
    onError: () =>
      answerError(c, { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'PAYLOAD_TOO_LARGE' }),
  })(c, next)
