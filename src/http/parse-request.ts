import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { AppEnv } from './context.ts'
import { answerError, refused } from './errors.ts'
import { fieldErrorsOf } from './field-errors.ts'
import { readBody } from './read-body.ts'
import type { Step } from './step.ts'

export interface RequestSchemas {
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
}

/** Reads what the schemas ask for into `c.req.valid`; the first part of the wrong shape is refused. */
export const parseRequest = ({ params, query, body }: RequestSchemas, takesForms = false): Step => {
  const takeAddress = (c: Context<AppEnv>): Response | null =>
    (query && take(c, 'query', query, queryOf(c))) ??
    (params && take(c, 'param', params, c.req.param())) ??
    null
  if (body === undefined) return takeAddress
  return async (c) => {
    const sent = await readBody(c, takesForms)
    if (!sent.ok)
      return sent.refusal === 'WRONG_TYPE'
        ? wrongType(c)
        : refused(c, { kind: 'INVALID', errors: [sent.refusal] })
    return takeAddress(c) ?? take(c, 'json', body, sent.value)
  }
}

function take(
  c: Context<AppEnv>,
  target: 'query' | 'param' | 'json',
  schema: z.ZodType,
  sent: unknown,
): Response | null {
  const parsed = schema.safeParse(sent)
  if (!parsed.success)
    return refused(c, { kind: 'INVALID', errors: fieldErrorsOf(parsed.error.issues, sent) })
  c.req.addValidatedData(target, parsed.data as object)
  return null
}

/** A name given several times stands for a list. */
const queryOf = (c: Context<AppEnv>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => {
      const [only] = values
      return [name, values.length === 1 && only !== undefined ? only : values]
    }),
  )

const wrongType = (c: Context<AppEnv>): Response =>
  answerError(c, {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'UNSUPPORTED_MEDIA_TYPE',
  })
