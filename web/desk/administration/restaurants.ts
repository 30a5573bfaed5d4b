import { signal } from '@preact/signals'
import { outcomeOf } from '../../lib/outcome.ts'
import { api } from '../state.ts'

/** Names of restaurants by their ids, as far as lists have told them. */
export const restaurantNames = signal<ReadonlyMap<string, string>>(new Map())

export function knowRestaurants(seen: readonly { id: string; name: string | null }[]): void {
  const known = new Map(restaurantNames.value)
  for (const { id, name } of seen) if (name !== null) known.set(id, name)
  if (known.size !== restaurantNames.value.size) restaurantNames.value = known
}

let asked = false

/** Learns the names of the newest restaurants; without them ids stay. */
export async function learnRestaurants(): Promise<void> {
  if (asked) return
  asked = true
  const read = await outcomeOf(api.api.v1.admin.restaurants.$get({ query: { limit: '100' } }))
  if (read.ok) knowRestaurants(read.value.items)
  else asked = false
}

/** What a restaurant is called; its id's beginning where nobody has said. */
export const restaurantText = (id: string): string =>
  restaurantNames.value.get(id) ?? `${id.slice(0, 8)}…`
