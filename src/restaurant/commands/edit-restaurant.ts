import { checkSettings } from '../../domain/restaurant/check-settings.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'

/** Changes settings. Orders that stand keep the policy, prices and deadlines they were placed with. */
export const editRestaurant: CommandModule<'edit-restaurant'> = {
  run(cx, { changes }) {
    const before = cx.restaurant()
    const after = { ...before, ...changes }
    const errors = checkSettings(after)
    // Prices are amounts of the currency they were entered in.
    if (after.currency !== before.currency && cx.store.menu.items().length > 0)
      errors.push({ field: 'currency', reason: 'menu_has_prices' })
    if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
    cx.saveSettings(after)
    cx.raiseMenuVersion()
    const restaurant = cx.restaurant()
    cx.emit({
      type: 'RESTAURANT_CHANGED',
      subject: { kind: 'restaurant', restaurant },
      message: null,
    })
    return ok(restaurant)
  },
}
