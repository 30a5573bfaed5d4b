import { wallClock } from '../local-time.ts'
import type { AmountMinor, Currency } from '../money.ts'
import { ORDER_STATUSES, type OrderState, type OrderStatus } from './order.ts'
import { netOf } from './totals.ts'

/** One business day of a restaurant, counted from its own orders. */
export interface DayStatistics {
  businessDay: string
  currency: Currency
  /** Every order placed on the day, by what became of it. */
  ordersByStatus: Readonly<Record<OrderStatus, number>>
  /** Captured less refunded, of the day's orders. */
  revenue: AmountMinor
  capturedAmount: AmountMinor
  refundedAmount: AmountMinor
  /** What the kitchen took on, best first: by quantity, then by revenue. */
  items: readonly {
    itemId: string
    itemNumber: number
    /** As ordered last. */
    name: string
    quantity: number
    /** Its lines at the prices they were ordered at, after discount and without fees. */
    revenue: AmountMinor
    orders: number
  }[]
  /** The day's 24 local hours from its cut-off on; orders that were turned down or ran out not counted. */
  hours: readonly { hour: number; orders: number; revenue: AmountMinor }[]
  /** From when the kitchen could accept (paid, or placed where payment comes after); null = none yet. */
  averageSecondsToAccept: number | null
  averageSecondsFromAcceptToReady: number | null
}

/** An order with when the last of the money that paid it came in; null = none did. */
export interface CountedOrder {
  order: OrderState
  capturedAt: number | null
}

const TAKEN_ON: readonly OrderStatus[] = ['ACCEPTED', 'READY', 'COMPLETED']
const HOURS = 24

/** The statistics of the day whose orders these are, oldest first. */
export function dayStatistics(
  orders: readonly CountedOrder[],
  day: { businessDay: string; currency: Currency; timezone: string; cutoffHour: number },
): DayStatistics {
  const sum = (amountOf: (order: OrderState) => number) =>
    orders.reduce((total, { order }) => total + amountOf(order), 0)
  const capturedAmount = sum((order) => order.capturedAmount)
  const refundedAmount = sum((order) => order.refundedAmount)
  return {
    businessDay: day.businessDay,
    currency: day.currency,
    ordersByStatus: statusCounts(orders),
    revenue: capturedAmount - refundedAmount,
    capturedAmount,
    refundedAmount,
    items: soldItems(orders.map(({ order }) => order)),
    hours: hoursOf(orders, day),
    averageSecondsToAccept: averageSeconds(
      orders.map(({ order, capturedAt }) =>
        spanOf(
          order.paymentPolicy === 'PREPAID' ? (capturedAt ?? order.placedAt) : order.placedAt,
          order.acceptedAt,
        ),
      ),
    ),
    averageSecondsFromAcceptToReady: averageSeconds(
      orders.map(({ order }) => spanOf(order.acceptedAt, order.readyAt)),
    ),
  }
}

function statusCounts(orders: readonly CountedOrder[]): Record<OrderStatus, number> {
  const counts = Object.fromEntries(ORDER_STATUSES.map((status) => [status, 0])) as Record<
    OrderStatus,
    number
  >
  for (const { order } of orders) counts[order.status] += 1
  return counts
}

function soldItems(orders: readonly OrderState[]): DayStatistics['items'] {
  const sold = new Map<string, DayStatistics['items'][number]>()
  for (const order of orders) {
    if (!TAKEN_ON.includes(order.status)) continue
    const counted = new Set<string>()
    for (const line of order.lines) {
      const quantity = line.quantity - line.unavailableQuantity
      if (quantity === 0) continue
      const before = sold.get(line.itemId)
      sold.set(line.itemId, {
        itemId: line.itemId,
        itemNumber: line.itemNumber,
        name: line.name,
        quantity: (before?.quantity ?? 0) + quantity,
        revenue: (before?.revenue ?? 0) + netOf(line, quantity),
        orders: (before?.orders ?? 0) + (counted.has(line.itemId) ? 0 : 1),
      })
      counted.add(line.itemId)
    }
  }
  return [...sold.values()].sort(
    (a, b) => b.quantity - a.quantity || b.revenue - a.revenue || a.itemNumber - b.itemNumber,
  )
}

function hoursOf(
  orders: readonly CountedOrder[],
  { timezone, cutoffHour }: { timezone: string; cutoffHour: number },
): DayStatistics['hours'] {
  const hours = Array.from({ length: HOURS }, (_, index) => ({
    hour: (cutoffHour + index) % HOURS,
    orders: 0,
    revenue: 0,
  }))
  for (const { order } of orders) {
    if (order.status !== 'PENDING' && !TAKEN_ON.includes(order.status)) continue
    const hour = new Date(wallClock(order.placedAt, timezone)).getUTCHours()
    const entry = hours[(hour - cutoffHour + HOURS) % HOURS]
    if (entry === undefined) throw new Error(`no hour ${hour} in a day`)
    entry.orders += 1
    entry.revenue += order.capturedAmount - order.refundedAmount
  }
  return hours
}

const spanOf = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, to - from)

function averageSeconds(spans: readonly (number | null)[]): number | null {
  const known = spans.filter((span) => span !== null)
  if (known.length === 0) return null
  return Math.round(known.reduce((sum, span) => sum + span, 0) / known.length / 1000)
}
