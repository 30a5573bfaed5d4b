import { SYSTEM } from '../../domain/actor.ts'
import { errorText } from '../../domain/error-text.ts'
import { mintRandomId, mintRestaurantKey } from '../../domain/ids.ts'
import type { Deps } from '../deps.ts'

const RESTAURANTS_PER_RUN = 50
const KNOWN_PER_RUN = 50

export type LookDeps = Pick<
  Deps,
  'registry' | 'restaurants' | 'deadAgendas' | 'now' | 'random' | 'log'
>

/**
 * Asks those that are known to keep entries that were given up, and a stretch of all restaurants from a
 * random place on, how many they keep. For the cron.
 */
export async function lookIntoAgendas(
  deps: LookDeps,
): Promise<{ asked: number; restaurants: number; failed: number }> {
  const from = mintRandomId(mintRestaurantKey(deps.random), deps.random)
  const [known, after] = await Promise.all([
    deps.deadAgendas.known(KNOWN_PER_RUN),
    deps.registry.page(from, RESTAURANTS_PER_RUN),
  ])
  const left = RESTAURANTS_PER_RUN - after.length
  const wrapped = left > 0 ? await deps.registry.page(null, left) : []
  const said: { restaurantId: string; entries: number }[] = []
  let failed = 0
  for (const restaurantId of new Set([...known, ...after, ...wrapped]))
    try {
      said.push({ restaurantId, entries: await entriesOf(deps, restaurantId) })
    } catch (error) {
      failed += 1
      const text = errorText(error)
      deps.log({ level: 'warn', kind: 'agenda-not-known', restaurantId, error: text })
    }
  if (said.length > 0) await deps.deadAgendas.note(said, deps.now())
  return {
    asked: said.length,
    restaurants: said.filter(({ entries }) => entries > 0).length,
    failed,
  }
}

async function entriesOf(
  { restaurants }: Pick<Deps, 'restaurants'>,
  restaurantId: string,
): Promise<number> {
  const answer = await restaurants(restaurantId).query<'given-up-entries'>({
    query: { type: 'given-up-entries' },
    asker: SYSTEM,
  })
  if (!answer.ok) throw new Error(`refused: ${answer.refusal.kind}`)
  return answer.value
}
