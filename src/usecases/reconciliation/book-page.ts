import type { OwnedDifference } from '../../db/repositories/reconciliation-ports.ts'
import type { Figures } from '../../domain/reconciliation/run.ts'
import type { Deps } from '../deps.ts'

export type BookDeps = Pick<Deps, 'books' | 'restaurants' | 'now' | 'log'>

/** One page of a reconciliation. */
export interface BookPage {
  /** After what the next page begins; null when there is none. */
  next: string | null
  /** Whose differences are known for certain by this page: others stay as they are. */
  owners: readonly string[]
  found: readonly OwnedDifference[]
  figures: Partial<Figures>
  /** How many restaurants were asked. */
  asked: number
}

/** Where the next page begins: a page that is not full was the last. */
export const nextAfter = <T>(
  rows: readonly T[],
  limit: number,
  idOf: (row: T) => string,
): string | null => {
  const last = rows.at(-1)
  return last === undefined || rows.length < limit ? null : idOf(last)
}
