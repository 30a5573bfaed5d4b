import { checkSettings } from '../../domain/restaurant/check-settings.ts'
import { RESUMED } from '../../domain/restaurant/opening.ts'
import type { RestaurantState } from '../../domain/restaurant/settings.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { watchPortions } from '../daily-portions.ts'
import { openAtProviders } from '../open-at-provider.ts'
import { saveRestaurant } from '../restaurant-changes.ts'

const PAUSED_BY_HAND = { paused: true, pausedUntil: null, pauseReason: 'STAFF' } as const

/** Changes settings. Orders that stand keep the policy, prices and deadlines they were placed with. */
export const editRestaurant: CommandModule<'edit-restaurant'> = {
  run(cx, { changes, secrets = [] }) {
    const before = cx.restaurant()
    const { paused } = changes
    const after = {
      ...before,
      ...changes,
      ...(paused !== undefined && (paused ? PAUSED_BY_HAND : RESUMED)),
    }
    const errors = checkSettings(after)
    // Prices are amounts of the currency they were entered in.
    if (after.currency !== before.currency) {
      const { menu, coupons } = cx.store
      if (menu.items().length > 0) errors.push({ field: 'currency', reason: 'menu_has_prices' })
      if (coupons.page(1, null).length > 0)
        errors.push({ field: 'currency', reason: 'coupons_have_amounts' })
    }
    if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
    const open = openAtProviders(cx, secrets)
    if (open !== null) return refuse(open)
    for (const secret of secrets) cx.store.secrets.apply(secret)
    const saved = saveRestaurant(cx, after)
    if (beginsOtherwise(before, after)) watchPortions(cx)
    return ok({ ...saved, secrets: cx.store.secrets.hints() })
  },
}

type DayRules = Pick<RestaurantState, 'timezone' | 'businessDayCutoffHour'>
const beginsOtherwise = (before: DayRules, after: DayRules): boolean =>
  before.timezone !== after.timezone || before.businessDayCutoffHour !== after.businessDayCutoffHour
