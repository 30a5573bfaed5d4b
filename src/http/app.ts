import { OpenAPIHono } from '@hono/zod-openapi'
import type { App, AppEnv } from './context.ts'
import { answerThrown, refused } from './errors.ts'
import { fieldErrorsOf } from './field-errors.ts'

/** The whole HTTP face: what every request goes through, then the capabilities one by one. */
export function createApp(): App {
  const app = createRouter()
  app.onError(answerThrown)

  const api = createRouter()
  app.route('/api/v1', api)
  return app
}

/** An empty app that answers unparsable input in the envelope. */
export const createRouter = (): App =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) =>
      result.success
        ? undefined
        : refused(c, {
            kind: 'INVALID',
            errors: fieldErrorsOf(result.error.issues, (result as { data?: unknown }).data),
          }),
  })
