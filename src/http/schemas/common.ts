import { z } from '@hono/zod-openapi'
import { parseId } from '../../domain/ids.ts'

/** A UUID in any case, read as lower case. */
export const idSchema = z
  .string()
  .transform((text, context) => {
    const id = parseId(text)
    if (id !== null) return id
    context.addIssue({ code: 'invalid_format', format: 'uuid', input: text })
    return z.NEVER
  })
  .openapi({ format: 'uuid' })

/** Path parameter `{id}`. */
export const idParams = z.object({ id: idSchema })

export const timeSchema = z.string().openapi({ format: 'date-time' })

/** Milliseconds since 1970 → ISO 8601 UTC; null stays null. */
export function isoTime(ms: number): string
export function isoTime(ms: number | null): string | null
export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

export const errorSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'CONFLICT' }),
      reason: z.string().optional().openapi({ example: 'PRICE_CHANGED' }),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
      trace_id: z.string(),
    }),
  })
  .openapi('Error')
