import type { Day } from './data.ts'

const DAY_MS = 86_400_000

/** The days up to and with the last one, oldest first; dates as the API writes them. */
export const daysUpTo = (last: string, count: number): string[] =>
  Array.from({ length: count }, (_, back) =>
    new Date(Date.parse(`${last}T00:00:00Z`) - (count - 1 - back) * DAY_MS)
      .toISOString()
      .slice(0, 10),
  )

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0)

export interface Sums {
  orders: number
  revenue: number
  captured: number
  refunded: number
  items: Day['items']
}

/** What several days came to together; dishes best first, under the name they were ordered by last. */
export function sumsOf(days: readonly Day[]): Sums {
  const items = new Map<string, Day['items'][number]>()
  for (const item of days.flatMap((day) => day.items)) {
    const known = items.get(item.menu_id)
    items.set(item.menu_id, {
      ...item,
      quantity: item.quantity + (known?.quantity ?? 0),
      revenue: item.revenue + (known?.revenue ?? 0),
      order_count: item.order_count + (known?.order_count ?? 0),
    })
  }
  return {
    orders: sum(days.map(({ orders }) => orders.total)),
    revenue: sum(days.map(({ revenue }) => revenue)),
    captured: sum(days.map((day) => day.captured_amount)),
    refunded: sum(days.map((day) => day.refunded_amount)),
    items: [...items.values()].sort((a, b) => b.quantity - a.quantity || b.revenue - a.revenue),
  }
}
