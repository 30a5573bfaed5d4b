import { businessDayOf } from '../../domain/order/business-day.ts'
import { dayStatistics } from '../../domain/order/day-statistics.ts'
import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** A business day counted from the orders themselves. */
export const statistics: QueryModule<'statistics'> = (cx, { day }) => {
  const { timezone, currency, businessDayCutoffHour: cutoffHour } = cx.restaurant()
  const businessDay = day ?? businessDayOf(cx.now, timezone, cutoffHour)
  const orders = cx.store.orders.ofDay(businessDay)
  return ok(dayStatistics(orders, { businessDay, currency, timezone, cutoffHour }))
}
