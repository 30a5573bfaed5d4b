import { restaurantKeyOf } from '../../domain/ids.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { watchOpening } from '../restaurant-changes.ts'

/** Makes the object a restaurant. Again, with the same id, it answers what stands. */
export const initialize: CommandModule<'initialize'> = {
  run(cx, { id, settings }) {
    if (restaurantKeyOf(id) !== cx.key)
      throw new Error(`restaurant ${id} does not live in the object ${cx.key}`)
    if (cx.store.restaurant.exists()) return ok(cx.restaurant())
    cx.store.restaurant.create({ ...settings, id, epoch: 1, menuVersion: 1, createdAt: cx.now })
    watchOpening(cx)
    cx.agenda.set('housekeeping', 'daily', cx.now + 24 * 3600 * 1000)
    cx.emit({
      type: 'RESTAURANT_CHANGED',
      subject: { kind: 'restaurant', restaurant: cx.restaurant() },
      message: null,
    })
    return ok(cx.restaurant())
  },
}
