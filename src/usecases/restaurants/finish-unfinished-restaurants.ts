import type { Deps } from '../deps.ts'
import { finishRestaurant } from './finish-restaurant.ts'

/** A request that still runs is left alone. */
const UNFINISHED_AFTER_MS = 60_000
const AT_ONCE = 50

/** Sets up restaurants whose creation died half-way; one that fails does not hold up the others. */
export async function finishUnfinishedRestaurants(deps: Deps): Promise<{ finished: number }> {
  let finished = 0
  for (const entry of await deps.registry.unfinished(deps.now() - UNFINISHED_AFTER_MS, AT_ONCE)) {
    try {
      await finishRestaurant(deps, entry)
      finished += 1
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown'
      deps.log({ level: 'error', kind: 'restaurant-unfinished', restaurantId: entry.id, reason })
    }
  }
  return { finished }
}
