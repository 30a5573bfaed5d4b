import { plusDays } from '../local-time.ts'
import type { StockLevel } from '../menu/menu.ts'
import { businessDayOf, startOfBusinessDay } from '../order/business-day.ts'
import type { RestaurantSettings } from '../restaurant/settings.ts'

type Clock = Pick<RestaurantSettings, 'timezone' | 'businessDayCutoffHour'>

const MINUTE_MS = 60_000

/** The business day that runs at an instant. */
export const dayAt = (now: number, { timezone, businessDayCutoffHour }: Clock): string =>
  businessDayOf(now, timezone, businessDayCutoffHour)

/**
 * The level as the business day begins; null where it has begun for the item already, or the item has no
 * daily portions. What orders hold that the kitchen has not taken yet is of the new day's portions.
 */
export function portionsOfDay(stock: StockLevel, day: string): StockLevel | null {
  const { dailyPortions, portionsDay, reserved } = stock
  if (dailyPortions == null || (portionsDay ?? '') >= day) return null
  return { ...stock, level: Math.max(dailyPortions, reserved), portionsDay: day }
}

/**
 * When some item's next portions are due: now, where the day that runs is not theirs yet; null where no
 * item has any. After a move to an earlier zone or cut-off a day that has had its portions comes again.
 */
export function nextPortionsAt(
  levels: readonly StockLevel[],
  now: number,
  clock: Clock,
): number | null {
  const days = levels.flatMap(({ dailyPortions, portionsDay }) =>
    dailyPortions == null ? [] : [portionsDay ?? ''],
  )
  const [earliest] = days.sort()
  if (earliest === undefined) return null
  if (earliest < dayAt(now, clock)) return now
  const { timezone, businessDayCutoffHour } = clock
  const next = startOfBusinessDay(plusDays(earliest, 1), timezone, businessDayCutoffHour)
  // Clocks that went back over the cut-off will come to it once more.
  return Math.max(next, now + MINUTE_MS)
}
