import type { DestinationLag, PartnerLag, RestaurantLag } from '../../db/repositories/lag-ports.ts'
import { errorText } from '../../domain/error-text.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Deps } from '../deps.ts'

const DESTINATIONS = 100
/** Each is asked itself. */
const RESTAURANTS = 20
const PARTNERS = 100
/** Nobody counts further than this. */
export const MAX_COUNTED = 1000
const MAX_ASKED = 100

/** What a restaurant has that its read model has not; null where it did not answer. */
export interface Unprojected {
  events: number
  oldestAt: number | null
}

export interface Lag {
  destinations: readonly DestinationLag[]
  restaurants: readonly (RestaurantLag & { unprojected: Unprojected | null })[]
  partners: readonly PartnerLag[]
}

export type LagDeps = Pick<Deps, 'lag' | 'restaurants' | 'log'>

/** How far behind everything is that leaves the platform: one restaurant, or whoever is behind. */
export async function readLag(deps: LagDeps, restaurantId: string | null): Promise<Lag> {
  const [destinations, restaurants, partners] = await Promise.all([
    deps.lag.destinations(DESTINATIONS),
    deps.lag.restaurants(restaurantId, RESTAURANTS),
    deps.lag.partners(restaurantId, PARTNERS, MAX_COUNTED),
  ])
  const asked = restaurants.map(async (restaurant) => ({
    ...restaurant,
    unprojected: await unprojectedOf(deps, restaurant),
  }))
  return { destinations, restaurants: await Promise.all(asked), partners }
}

async function unprojectedOf(
  deps: LagDeps,
  { restaurantId, projectedSeq }: RestaurantLag,
): Promise<Unprojected | null> {
  try {
    const owed = await deps.restaurants(restaurantId).query<'events-after'>({
      query: { type: 'events-after', seq: projectedSeq, limit: MAX_ASKED },
      asker: SYSTEM,
    })
    if (!owed.ok) return null
    return { events: owed.value.length, oldestAt: owed.value[0]?.at ?? null }
  } catch (error) {
    // One restaurant that cannot answer is part of the picture.
    const text = errorText(error)
    deps.log({ level: 'warn', kind: 'lag-not-told', restaurantId, error: text })
    return null
  }
}
