import { z } from '@hono/zod-openapi'
import { isoTime } from './common.ts'
import { listOf, pageQuery } from './lists.ts'

const MAX_LIMIT = 100

/** Lists an owner keeps in order by hand: small enough to come as one page unless asked otherwise. */
export const wholeListQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(MAX_LIMIT),
})

type Listed<J> = { items: J[]; next_cursor: string | null; as_of: string }

/**
 * The page of a list that is all in hand, after the entry that the cursor names; from the start again
 * where that entry has gone, since a repeated entry harms less than one that is missed.
 */
export function pageOf<T extends { id: string }, J>(
  entries: readonly T[],
  page: z.output<typeof wholeListQuery>,
  now: number,
  toJson: (entry: T) => J,
): Listed<J> {
  const from = entries.findIndex(({ id }) => id === page.cursor) + 1
  const rest = entries.slice(from)
  if (rest.length > page.limit) return listOf(rest.slice(0, page.limit), page.limit, now, toJson)
  return { items: rest.map(toJson), next_cursor: null, as_of: isoTime(now) }
}
