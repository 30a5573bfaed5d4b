import { errorText } from '../../domain/error-text.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { mintRandomId, mintRestaurantKey } from '../../domain/ids.ts'
import type { Deps } from '../deps.ts'
import { publishEvents } from '../jobs/publish-events.ts'

const RESTAURANTS_PER_RUN = 50
const EVENTS_PER_RESTAURANT = 50
/** Younger events are still on their ordinary way. */
const LAGGING_AFTER_MS = 60_000

export type NudgeDeps = Pick<
  Deps,
  'registry' | 'projector' | 'restaurants' | 'now' | 'random' | 'log'
>

/**
 * Asks a stretch of all restaurants, from a random place on, for events that the read model has not
 * had, and publishes them. The question alone wakes an object whose alarm was lost. For the cron.
 */
export async function nudgeProjections(
  deps: NudgeDeps,
): Promise<{ asked: number; lagging: number; failed: number }> {
  const ids = await someRestaurants(deps)
  const states = new Map(
    (await deps.projector.states(ids)).map((state) => [state.restaurantId, state]),
  )
  let lagging = 0
  let failed = 0
  for (const id of ids)
    try {
      if (await nudge(deps, id, states.get(id)?.seq ?? 0)) lagging += 1
    } catch (error) {
      failed += 1
      const text = errorText(error)
      deps.log({ level: 'warn', kind: 'nudge-failed', restaurantId: id, error: text })
    }
  return { asked: ids.length, lagging, failed }
}

/** Ids are random: a random place to start reaches everyone in time, without a cursor to keep. */
async function someRestaurants({ registry, random }: NudgeDeps): Promise<readonly string[]> {
  const from = mintRandomId(mintRestaurantKey(random), random)
  const after = await registry.page(from, RESTAURANTS_PER_RUN)
  if (after.length === RESTAURANTS_PER_RUN) return after
  const wrapped = await registry.page(null, RESTAURANTS_PER_RUN - after.length)
  return [...new Set([...after, ...wrapped])]
}

async function nudge(deps: NudgeDeps, restaurantId: string, seq: number): Promise<boolean> {
  const owed = await deps.restaurants(restaurantId).query<'events-after'>({
    query: { type: 'events-after', seq, limit: EVENTS_PER_RESTAURANT },
    asker: SYSTEM,
  })
  if (!owed.ok) throw new Error(`refused: ${owed.refusal.kind}`)
  const [oldest] = owed.value
  if (oldest === undefined || deps.now() - oldest.at < LAGGING_AFTER_MS) return false
  deps.log({
    level: 'warn',
    kind: 'projection-lagging',
    restaurantId,
    lagMs: deps.now() - oldest.at,
  })
  await publishEvents(deps, restaurantId, owed.value)
  return true
}
