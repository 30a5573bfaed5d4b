import { SYSTEM } from '../../domain/actor.ts'
import { cursorAfter, placeOf, type RowProjection } from '../../domain/rebuilding.ts'
import type { Deps } from '../deps.ts'
import type { PageDone } from './rebuild-page.ts'

const ROWS_PER_PAGE = 50

/**
 * Copies one page of a restaurant's rows from its object into the read model; after the last one,
 * rows that the object does not know are removed.
 */
export async function rebuildRowsPage(
  deps: Pick<Deps, 'restaurants' | 'projector' | 'now'>,
  { projection, generation }: { projection: RowProjection; generation: number },
  restaurantId: string,
  cursor: string | null,
): Promise<PageDone> {
  const place = placeOf(projection, cursor)
  const read = await deps.restaurants(restaurantId).query<'rebuild-page'>({
    query: { type: 'rebuild-page', ...place, limit: ROWS_PER_PAGE },
    asker: SYSTEM,
  })
  if (!read.ok) throw new Error(`restaurant ${restaurantId} refused: ${read.refusal.kind}`)

  const now = deps.now()
  const { nextAfterId, ...page } = read.value
  const rowsWritten = await deps.projector.writeRebuilt({ ...page, generation, now })
  const next = cursorAfter(projection, place, nextAfterId)
  const rowsSwept =
    next === null
      ? await deps.projector.sweepGenerations(restaurantId, generation, projection, now)
      : 0
  return { rowsWritten, rowsSwept, next }
}
