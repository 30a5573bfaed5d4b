import type { RebuildStep } from '../../db/repositories/ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { cursorAfter, placeOf } from '../../domain/rebuilding.ts'
import type { Deps } from '../deps.ts'

const ROWS_PER_PAGE = 50

export type RebuildDeps = Pick<Deps, 'restaurants' | 'projector' | 'rebuilds' | 'send' | 'now'>

/**
 * Copies one page of a restaurant's rows from its object into the read model, then asks for the next;
 * after the last one, rows that the object does not know are removed. Repeats change nothing.
 */
export async function rebuildPage(deps: RebuildDeps, step: RebuildStep): Promise<void> {
  const { rebuildId, restaurantId, afterId: cursor } = step
  const run = await deps.rebuilds.byId(rebuildId)
  if (run === null) throw new Error(`rebuild ${rebuildId} is not known`)
  const { projection, generation } = run
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
  await deps.rebuilds.advance(step, { rowsWritten, rowsSwept, next }, now)
  if (next === null) return
  // Also a repeat sends it on: the first delivery may have died before it did.
  const owed = await deps.rebuilds.owed(rebuildId, restaurantId)
  if (owed?.afterId === next) await deps.send({ v: 1, kind: 'rebuild', ...owed })
}
