import type { RebuildStep } from '../../db/repositories/ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Deps } from '../deps.ts'

const ORDERS_PER_PAGE = 50

export type RebuildDeps = Pick<Deps, 'restaurants' | 'projector' | 'rebuilds' | 'send' | 'now'>

/**
 * Copies one page of a restaurant's orders from its object into the read model, then asks for the
 * next; after the last one, rows that the object does not know are removed. Repeats change nothing.
 */
export async function rebuildPage(deps: RebuildDeps, step: RebuildStep): Promise<void> {
  const { rebuildId, restaurantId, afterId } = step
  const run = await deps.rebuilds.byId(rebuildId)
  if (run === null) throw new Error(`rebuild ${rebuildId} is not known`)
  const page = await deps.restaurants(restaurantId).query<'rebuild-page'>({
    query: { type: 'rebuild-page', afterId, limit: ORDERS_PER_PAGE },
    asker: SYSTEM,
  })
  if (!page.ok) throw new Error(`restaurant ${restaurantId} refused: ${page.refusal.kind}`)

  const now = deps.now()
  const { nextAfterId: next, ...rows } = page.value
  await deps.projector.writeRebuilt({ ...rows, generation: run.generation, now })
  const rowsSwept =
    next === null ? await deps.projector.sweepGenerations(restaurantId, run.generation, now) : 0
  await deps.rebuilds.advance(step, { rowsWritten: rows.orders.length, rowsSwept, next }, now)
  if (next === null) return
  // Also a repeat sends it on: the first delivery may have died before it did.
  const owed = await deps.rebuilds.owed(rebuildId, restaurantId)
  if (owed?.afterId === next) await deps.send({ v: 1, kind: 'rebuild', ...owed })
}
