import { dayAt, nextPortionsAt, portionsOfDay } from '../domain/stock/daily.ts'
import type { Context } from './context.ts'
import { noteMovements, saveLevels } from './stock-moves.ts'

/** Enters when the next daily portions are due; at once where the day that runs has not had its own. */
export function watchPortions(cx: Context): void {
  const levels = cx.store.menu.items().flatMap(({ stock }) => stock ?? [])
  const next = nextPortionsAt(levels, cx.now, cx.restaurant())
  if (next === null) cx.agenda.done('daily-portions', 'restaurant')
  else cx.agenda.set('daily-portions', 'restaurant', next)
}

/** Gives every item its portions of the business day that runs, once; days that were slept through had none. */
export function beginPortionsDay(cx: Context): void {
  const day = dayAt(cx.now, cx.restaurant())
  const begun = cx.store.menu.items().flatMap((item) => {
    const level = item.stock && portionsOfDay(item.stock, day)
    return level === null ? [] : [{ item, level }]
  })
  saveLevels(cx, begun)
  noteMovements(cx, 'DAILY', begun, { reason: day, orderId: null })
  watchPortions(cx)
}
