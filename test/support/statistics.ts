import fc from 'fast-check'
import { businessDayOf } from '../../src/domain/order/business-day.ts'
import { ORDER_STATUSES, type OrderState } from '../../src/domain/order/order.ts'
import type { PaymentState } from '../../src/domain/payment/payment.ts'
import {
  byDay,
  byHour,
  ordersByStatus,
  type CountedStatistics,
} from '../../src/domain/statistics/platform-statistics.ts'
import { windowOfDays, type StatisticsWindow } from '../../src/domain/statistics/window.ts'
import { NOON, orderIdIn, orderState } from './events.ts'
import { aLine, aPayment } from './orders.ts'

const SEOUL = 'Asia/Seoul'
export const DAY_MS = 24 * 3_600_000
const MINUTE_MS = 60_000

export const KINDS = [
  { market: 'KR', currency: 'KRW' },
  { market: 'KR', currency: 'KRW' },
  { market: 'US', currency: 'USD' },
] as const
const METHODS = ['CARD', 'DEPOSIT', 'POINTS'] as const
export const DAYS: StatisticsWindow = (() => {
  const window = windowOfDays({ from: '2026-11-17', to: '2026-11-19' }, SEOUL, NOON)
  if (!window.ok) throw new Error('refused')
  return window.value
})()

export interface Placed {
  restaurant: number
  /** From before the window to after it. */
  at: number
  status: (typeof ORDER_STATUSES)[number]
  method: (typeof METHODS)[number]
  postpaid: boolean
  captured: number
  refunded: number
  discount: number
  quantity: number
  item: number
  /** Of a second payment that came in too late to count. */
  late: boolean
  toPay: number
  toAccept: number
  toReady: number
}

export const placed: fc.Arbitrary<Placed> = fc.record({
  restaurant: fc.nat(KINDS.length - 1),
  at: fc.integer({ min: DAYS.since - DAY_MS, max: DAYS.before + DAY_MS }),
  status: fc.constantFrom(...ORDER_STATUSES),
  method: fc.constantFrom(...METHODS),
  postpaid: fc.boolean(),
  captured: fc.nat(20_000),
  refunded: fc.nat(5_000),
  discount: fc.constantFrom(0, 0, 500),
  quantity: fc.integer({ min: 1, max: 4 }),
  item: fc.nat(2),
  late: fc.boolean(),
  toPay: fc.nat(10 * MINUTE_MS),
  toAccept: fc.nat(10 * MINUTE_MS),
  toReady: fc.nat(40 * MINUTE_MS),
})

export interface Made {
  order: OrderState
  payments: PaymentState[]
  restaurantId: string
  acceptable: number
}

/** A restaurant as the orders of these tests need it. */
export interface Place {
  restaurantId: string
  market: string
  currency: OrderState['currency']
  itemIds: readonly string[]
}

/** In the order in which a key came first. */
function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>()
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return [...groups]
}

/** The order that a wish describes, with its payments. */
export function make(place: Place, wish: Placed): Made {
  const { restaurantId, currency, itemIds } = place
  const paidAt = wish.at + wish.toPay
  const acceptable = wish.postpaid || wish.captured === 0 ? wish.at : paidAt
  const taken = ['ACCEPTED', 'READY', 'COMPLETED'].includes(wish.status)
  const acceptedAt = taken ? acceptable + wish.toAccept : null
  const isReady = wish.status === 'READY' || wish.status === 'COMPLETED'
  const id = orderIdIn(restaurantId, wish.at)
  const line = aLine({ itemId: itemIds[wish.item]!, quantity: wish.quantity })
  const order = orderState({
    id,
    currency,
    status: wish.status,
    paymentPolicy: wish.postpaid ? 'POSTPAID' : 'PREPAID',
    paymentMethod: wish.method,
    placedAt: wish.at,
    totalAmount: line.total - wish.discount,
    capturedAmount: wish.captured,
    refundedAmount: Math.min(wish.refunded, wish.captured),
    refundDueAmount: wish.late ? 100 : 0,
    lines: [line],
    acceptedAt,
    readyAt: isReady && acceptedAt !== null ? acceptedAt + wish.toReady : null,
    charges:
      wish.discount === 0
        ? null
        : {
            subtotalAmount: line.total,
            discountAmount: wish.discount,
            packagingFeeAmount: 0,
            serviceFeeAmount: 0,
            serviceFeeBasisPoints: 0,
            taxAmount: 0,
            taxBasisPoints: 0,
          },
  })
  const payment = aPayment({ orderId: id, capturedAt: paidAt, counted: true })
  const payments = wish.captured === 0 ? [] : [payment]
  if (wish.late) payments.push(aPayment({ orderId: id, capturedAt: paidAt + DAY_MS }))
  return { order, payments, restaurantId, acceptable }
}

const sumOf = <T>(all: readonly T[], pick: (one: T) => number): number =>
  all.reduce((sum, one) => sum + pick(one), 0)
const within = ({ order }: Made): boolean =>
  order.placedAt >= DAYS.since && order.placedAt < DAYS.before
const ENDED = ['REJECTED', 'CANCELLED', 'EXPIRED']
const stands = ({ order }: Made): boolean => !ENDED.includes(order.status)

function rankOf(spans: readonly number[], percent: number): number | null {
  const sorted = spans.toSorted((a, b) => a - b)
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null
}
const spansOf = (spans: readonly number[]) => ({
  count: spans.length,
  p50: rankOf(spans, 50),
  p95: rankOf(spans, 95),
})

/** Everything by looking at each order. */
export function bruteForce(all: readonly Made[], places: readonly Place[]) {
  const inWindow = all.filter(within)
  const groups = grouped(inWindow, ({ order, restaurantId }) => {
    const { market } = places.find((place) => place.restaurantId === restaurantId)!
    return `${market} ${order.currency} ${order.paymentMethod}`
  })
  return {
    byStatus: Object.fromEntries(
      ORDER_STATUSES.map((status) => [
        status,
        inWindow.filter(({ order }) => order.status === status).length,
      ]),
    ),
    byDay: DAYS.days.map((day) => {
      const ofDay = inWindow.filter(({ order }) => businessDayOf(order.placedAt, SEOUL, 5) === day)
      return [day, ofDay.length, sumOf(ofDay, ({ order }) => order.capturedAmount)]
    }),
    hours: Object.fromEntries(
      grouped(inWindow, ({ order }) => new Date(order.placedAt + 9 * 3_600_000).getUTCHours()).map(
        ([hour, orders]) => [hour, orders.length],
      ),
    ),
    money: Object.fromEntries(
      groups.map(([key, orders]) => {
        const standing = orders.filter(stands)
        const discount = ({ order }: Made) => order.charges?.discountAmount ?? 0
        const taken = standing.filter(({ order }) => order.status !== 'PENDING')
        return [
          key,
          {
            orders: orders.length,
            captured: sumOf(orders, ({ order }) => order.capturedAmount),
            refunded: sumOf(orders, ({ order }) => order.refundedAmount),
            refundDue: sumOf(orders, ({ order }) => order.refundDueAmount),
            refundedOrders: orders.filter(({ order }) => order.refundedAmount > 0).length,
            discountedOrders: standing.filter((made) => discount(made) > 0).length,
            discount: sumOf(standing, discount),
            taken: taken.length,
            takenAmount: sumOf(taken, ({ order }) => order.totalAmount),
          },
        ]
      }),
    ),
    active: new Set(inWindow.map(({ restaurantId }) => restaurantId)).size,
    restaurants: Object.fromEntries(
      grouped(inWindow.filter(stands), ({ restaurantId }) => restaurantId).map(([id, orders]) => [
        id,
        [orders.length, sumOf(orders, ({ order }) => order.capturedAmount - order.refundedAmount)],
      ]),
    ),
    items: Object.fromEntries(
      grouped(inWindow.filter(stands), ({ order }) => order.lines[0]!.itemId).map(
        ([id, orders]) => [
          id,
          [orders.length, sumOf(orders, ({ order }) => order.lines[0]!.quantity)],
        ],
      ),
    ),
    toAccept: spansOf(
      inWindow.flatMap(({ order, acceptable }) =>
        order.acceptedAt === null ? [] : [order.acceptedAt - acceptable],
      ),
    ),
    toReady: spansOf(
      inWindow.flatMap(({ order }) =>
        order.readyAt === null || order.acceptedAt === null
          ? []
          : [order.readyAt - order.acceptedAt],
      ),
    ),
  }
}

export const told = (counted: CountedStatistics): ReturnType<typeof bruteForce> => ({
  byStatus: ordersByStatus(counted.quarters),
  byDay: byDay(counted.quarters, DAYS).map(({ day, orders, money }) => [
    day,
    orders,
    sumOf(Object.values(money), ({ captured }) => captured),
  ]),
  hours: Object.fromEntries(
    byHour(counted.quarters, DAYS).flatMap(({ hour, orders }) =>
      orders === 0 ? [] : [[hour, orders]],
    ),
  ),
  money: Object.fromEntries(
    counted.money.map(({ market, currency, method, ...sums }) => [
      `${market} ${currency} ${method}`,
      sums,
    ]),
  ),
  active: counted.activeRestaurants,
  restaurants: Object.fromEntries(
    counted.topRestaurants.map(({ id, orders, revenue }) => [id, [orders, revenue]]),
  ),
  items: Object.fromEntries(
    counted.topItems.map(({ id, orders, quantity }) => [id, [orders, quantity]]),
  ),
  toAccept: counted.toAccept,
  toReady: counted.toReady,
})
