import type { Trouble } from '../../lib/outcome.ts'

const LEAST_REASON = 10

/** What a wish to see something in clear lacks, by its word; null: nothing. */
export function wrongWish(
  fields: readonly string[],
  reason: string,
): 'unmaskNone' | 'unmaskShort' | null {
  if (fields.length === 0) return 'unmaskNone'
  return reason.length < LEAST_REASON ? 'unmaskShort' : null
}

/** Whole minutes until somebody may look again; null where no limit was reached. */
export const limitMinutes = ({ status, retryAfterSeconds }: Trouble): number | null =>
  status === 429 ? Math.max(1, Math.ceil((retryAfterSeconds ?? 60) / 60)) : null
