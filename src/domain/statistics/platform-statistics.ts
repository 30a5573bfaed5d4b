import type { Market } from '../catalogue/markets.ts'
import type { AmountMinor, Currency } from '../money.ts'
import { ORDER_STATUSES, type OrderStatus } from '../order/order.ts'
import type { PaymentMethod } from '../restaurant/settings.ts'
import { dayOf, hourOf, PLATFORM_CUTOFF_HOUR, type StatisticsWindow } from './window.ts'

/** Clocks of every zone change at multiples of this: within one, day and hour are the same. */
export const QUARTER_MS = 15 * 60_000

/** Orders placed within one quarter of an hour, by what became of them. */
export interface QuarterSum {
  /** Since 1970. */
  quarter: number
  status: OrderStatus
  currency: Currency
  orders: number
  captured: AmountMinor
  refunded: AmountMinor
}

/** Orders of one market, currency and way to pay. */
export interface MoneySum {
  /** Null where the read model does not know the restaurant. */
  market: Market | null
  currency: Currency
  /** As the order was placed; the part that points pay is counted with it. */
  method: PaymentMethod
  orders: number
  captured: AmountMinor
  refunded: AmountMinor
  refundDue: AmountMinor
  refundedOrders: number
  /** Of orders that stand: those that ended gave their coupons back. */
  discountedOrders: number
  discount: AmountMinor
  /** Orders that kitchens took on, and what they come to. */
  taken: number
  takenAmount: AmountMinor
}

export interface Spans {
  count: number
  /** In ms; null where there is none. */
  p50: number | null
  p95: number | null
}

export interface TopRestaurant {
  id: string
  name: string | null
  currency: Currency
  orders: number
  /** Captured less refunded. */
  revenue: AmountMinor
}

export interface TopItem {
  id: string
  name: string | null
  restaurantId: string
  restaurantName: string | null
  currency: Currency | null
  orders: number
  quantity: number
  revenue: AmountMinor
}

/** What the read model answers. */
export interface CountedStatistics {
  quarters: readonly QuarterSum[]
  money: readonly MoneySum[]
  activeRestaurants: number
  topRestaurants: readonly TopRestaurant[]
  topItems: readonly TopItem[]
  toAccept: Spans
  toReady: Spans
  /** Of the whole platform; null where one restaurant was asked for. */
  newCustomers: number | null
  pointsOutstanding: number | null
  /** When the copy moved last. */
  asOf: number
}

interface Sum {
  orders: number
  money: Partial<Record<Currency, { captured: AmountMinor; refunded: AmountMinor }>>
}
export type DaySum = Sum & { day: string }
export type HourSum = Sum & { hour: number }

const HOURS = 24

/** How many orders of each status. */
export function ordersByStatus(quarters: readonly QuarterSum[]): Record<OrderStatus, number> {
  const counts = Object.fromEntries(ORDER_STATUSES.map((status) => [status, 0])) as Record<
    OrderStatus,
    number
  >
  for (const { status, orders } of quarters) counts[status] += orders
  return counts
}

/** Every day of the window, also those without an order. */
export function byDay(quarters: readonly QuarterSum[], window: StatisticsWindow): DaySum[] {
  const sums = sumBy(quarters, ({ quarter }) => dayOf(quarter * QUARTER_MS, window.timezone))
  return window.days.map((day) => ({ day, ...(sums.get(day) ?? NOTHING) }))
}

/** The 24 hours of the window's days together, from the cut-off on. */
export function byHour(quarters: readonly QuarterSum[], window: StatisticsWindow): HourSum[] {
  const sums = sumBy(quarters, ({ quarter }) => hourOf(quarter * QUARTER_MS, window.timezone))
  return Array.from({ length: HOURS }, (_, index) => {
    const hour = (PLATFORM_CUTOFF_HOUR + index) % HOURS
    return { hour, ...(sums.get(hour) ?? NOTHING) }
  })
}

const NOTHING: Sum = { orders: 0, money: {} }

function sumBy<K>(
  quarters: readonly QuarterSum[],
  keyOf: (quarter: QuarterSum) => K,
): ReadonlyMap<K, Sum> {
  const sums = new Map<K, Sum>()
  for (const quarter of quarters) {
    const key = keyOf(quarter)
    const { orders, money } = sums.get(key) ?? NOTHING
    const before = money[quarter.currency] ?? { captured: 0, refunded: 0 }
    sums.set(key, {
      orders: orders + quarter.orders,
      money: {
        ...money,
        [quarter.currency]: {
          captured: before.captured + quarter.captured,
          refunded: before.refunded + quarter.refunded,
        },
      },
    })
  }
  return sums
}
