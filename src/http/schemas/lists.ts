import { z } from '@hono/zod-openapi'
import { parseId } from '../../domain/ids.ts'
import { isoTime, timeSchema } from './common.ts'

const MAX_LIMIT = 100
const DEFAULT_LIMIT = 20

const toCursor = (id: string): string => btoa(id).replaceAll('=', '')

function fromCursor(cursor: string): string | null {
  try {
    return parseId(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return null
  }
}

/** `?limit=&cursor=` of every list; the cursor becomes the id after which the page starts. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .transform((cursor, context) => {
      const id = fromCursor(cursor)
      if (id !== null) return id
      context.addIssue({ code: 'invalid_format', format: 'cursor', input: cursor })
      return z.NEVER
    })
    .optional()
    .openapi({ type: 'string', description: '`next_cursor` of the page before' }),
})

/** Schema of a list of `item`. */
export const listSchema = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next_cursor: z.string().nullable(),
    as_of: timeSchema.openapi({ description: 'How fresh the list is' }),
  })

/**
 * One page, from a read of up to `limit` entries: a full page has a cursor to the next.
 * `asOf` in ms.
 */
export function listOf<T extends { id: string }, J>(
  entries: readonly T[],
  limit: number,
  asOf: number,
  toJson: (entry: T) => J,
): { items: J[]; next_cursor: string | null; as_of: string } {
  const last = entries.length >= limit ? entries[limit - 1] : undefined
  return {
    items: entries.slice(0, limit).map(toJson),
    next_cursor: last ? toCursor(last.id) : null,
    as_of: isoTime(asOf),
  }
}
