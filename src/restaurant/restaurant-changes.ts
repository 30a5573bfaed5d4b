import { nextOpeningChange } from '../domain/restaurant/opening.ts'
import type { RestaurantState } from '../domain/restaurant/settings.ts'
import type { Context } from './context.ts'

/** Stores the settings and tells everyone who shows them; gives the restaurant as it is now. */
export function saveRestaurant(cx: Context, changed: RestaurantState): RestaurantState {
  cx.saveSettings(changed)
  cx.raiseMenuVersion()
  watchOpening(cx)
  const restaurant = cx.restaurant()
  cx.emit({
    type: 'RESTAURANT_CHANGED',
    subject: { kind: 'restaurant', restaurant },
    message: null,
  })
  return restaurant
}

/** Notes when opening or closing, or the end of a pause, must next be told to open menus. */
export function watchOpening(cx: Context): void {
  const next = nextOpeningChange(cx.restaurant(), cx.now)
  if (next === null) cx.agenda.done('opening-changes', 'restaurant')
  else cx.agenda.set('opening-changes', 'restaurant', next)
}
