import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { fieldErrorsOf } from '../../src/http/field-errors.ts'

const errorsOf = (schema: z.ZodType, sent: unknown) =>
  fieldErrorsOf(schema.safeParse(sent).error?.issues ?? [], sent)

describe('what is wrong with a field', () => {
  const code = z
    .string()
    .regex(/^[a-z]+$/)
    .regex(/^.{3,}$/)
    .max(5)

  it('is said once for each reason', () => {
    expect(errorsOf(z.object({ code }), { code: '1' })).toEqual([
      { field: 'code', reason: 'invalid_format' },
    ])
    expect(errorsOf(z.object({ code }), { code: '123456' })).toEqual([
      { field: 'code', reason: 'invalid_format' },
      { field: 'code', reason: 'too_big' },
    ])
  })

  it('is said of each field on its own', () => {
    expect(errorsOf(z.object({ code, other: code }), { code: '1', other: '1' })).toEqual([
      { field: 'code', reason: 'invalid_format' },
      { field: 'other', reason: 'invalid_format' },
    ])
  })
})
