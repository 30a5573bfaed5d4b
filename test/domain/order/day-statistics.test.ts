import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayStatistics, type CountedOrder } from '../../../src/domain/order/day-statistics.ts'
import { ORDER_STATUSES, type OrderState } from '../../../src/domain/order/order.ts'
import { aLine, anOrder } from '../../support/orders.ts'

const DAY = {
  businessDay: '2026-11-20',
  currency: 'KRW',
  timezone: 'Asia/Seoul',
  cutoffHour: 5,
} as const
/** 05:00 in Seoul. */
const START = Date.UTC(2026, 10, 19, 20)
const MINUTE = 60_000
const statistics = (orders: readonly (CountedOrder | OrderState)[]) =>
  dayStatistics(
    orders.map((entry) => ('order' in entry ? entry : { order: entry, capturedAt: null })),
    DAY,
  )

describe("a day's statistics", () => {
  it('of a day without orders are nothing', () => {
    expect(statistics([])).toMatchObject({
      revenue: 0,
      items: [],
      averageSecondsToAccept: null,
      averageSecondsFromAcceptToReady: null,
      ordersByStatus: { PENDING: 0, COMPLETED: 0 },
    })
    expect(statistics([]).hours.map(({ hour }) => hour)).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4,
    ])
  })

  it('count time to accept from the money where it comes first, and from placing where not', () => {
    const order = anOrder({
      status: 'READY',
      placedAt: START,
      acceptedAt: START + 10 * MINUTE,
      readyAt: START + 25 * MINUTE,
    })
    expect(statistics([{ order, capturedAt: START + 8 * MINUTE }])).toMatchObject({
      averageSecondsToAccept: 120,
      averageSecondsFromAcceptToReady: 900,
    })
    expect(statistics([{ order, capturedAt: null }]).averageSecondsToAccept).toBe(600)
  })

  it('put an order past midnight into the small hours of the same business day', () => {
    const late = anOrder({ status: 'ACCEPTED', placedAt: START + 20 * 60 * MINUTE })
    const { hours } = statistics([late])
    expect(hours.filter(({ orders }) => orders > 0).map(({ hour }) => hour)).toEqual([1])
  })

  it('count an hour that the clocks show twice as one', () => {
    // New York, 1 November 2026: 01:30 comes at 05:30 and again at 06:30 UTC.
    const orders = [5.5, 6.5].map((hour) => ({
      order: anOrder({ status: 'ACCEPTED', placedAt: Date.UTC(2026, 10, 1) + hour * 60 * MINUTE }),
      capturedAt: null,
    }))
    const day = dayStatistics(orders, { ...DAY, timezone: 'America/New_York' })
    expect(day.hours.filter(({ orders }) => orders > 0)).toMatchObject([{ hour: 1, orders: 2 }])
  })

  it('are what counting by hand gives, for any day', () => {
    fc.assert(
      fc.property(fc.array(randomOrder, { maxLength: 40 }), (orders) => {
        const day = statistics(orders)
        for (const status of ORDER_STATUSES)
          expect(day.ordersByStatus[status]).toBe(orders.filter((o) => o.status === status).length)
        let revenue = 0
        for (const order of orders) revenue += order.capturedAmount - order.refundedAmount
        expect(day.revenue).toBe(revenue)
        for (const itemId of ['chicken', 'cola', 'rice']) {
          const [quantity, total, count] = soldByHand(orders, itemId)
          const counted = day.items.find((item) => item.itemId === itemId)
          expect([counted?.quantity ?? 0, counted?.revenue ?? 0, counted?.orders ?? 0]).toEqual([
            quantity,
            total,
            count,
          ])
        }
        const ranks = day.items.map(({ quantity }) => quantity)
        expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
        for (const [index, { hour, orders: placed }] of day.hours.entries()) {
          const from = START + index * 60 * MINUTE
          const inside = orders.filter(
            (order) =>
              order.placedAt >= from &&
              order.placedAt < from + 60 * MINUTE &&
              !['REJECTED', 'CANCELLED', 'EXPIRED'].includes(order.status),
          )
          expect([hour, placed]).toEqual([hour, inside.length])
        }
      }),
    )
  })
})

const randomLine = fc
  .record({
    itemId: fc.constantFrom('chicken', 'cola', 'rice'),
    unitPrice: fc.nat(20_000),
    quantity: fc.integer({ min: 1, max: 9 }),
    out: fc.nat(9),
  })
  .map(({ out, ...line }) => aLine({ ...line, unavailableQuantity: Math.min(out, line.quantity) }))

const randomOrder: fc.Arbitrary<OrderState> = fc
  .record({
    status: fc.constantFrom(...ORDER_STATUSES),
    lines: fc.array(randomLine, { minLength: 1, maxLength: 5 }),
    placedAt: fc.nat(24 * 60 - 1).map((minute) => START + minute * MINUTE),
    capturedAmount: fc.nat(50_000),
    refunded: fc.nat(100),
  })
  .map(({ refunded, ...order }) =>
    anOrder({ ...order, refundedAmount: Math.floor((order.capturedAmount * refunded) / 100) }),
  )

function soldByHand(orders: readonly OrderState[], itemId: string): [number, number, number] {
  let [quantity, revenue] = [0, 0]
  const having = new Set<OrderState>()
  for (const order of orders)
    if (['ACCEPTED', 'READY', 'COMPLETED'].includes(order.status))
      for (const line of order.lines)
        for (let portion = line.unavailableQuantity; portion < line.quantity; portion += 1)
          if (line.itemId === itemId) {
            quantity += 1
            revenue += line.unitPrice
            having.add(order)
          }
  return [quantity, revenue, having.size]
}
