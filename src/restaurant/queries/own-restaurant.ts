import { openingOf } from '../../domain/restaurant/opening.ts'
import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The settings as they stand, hints of what is kept secret, and whether it is open now. */
export const ownRestaurant: QueryModule<'own-restaurant'> = (cx) => {
  const restaurant = cx.restaurant()
  return ok({
    restaurant,
    secrets: cx.store.secrets.hints(),
    opening: openingOf(restaurant, cx.now),
  })
}
