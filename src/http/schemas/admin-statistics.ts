import { z } from '@hono/zod-openapi'
import { MARKETS } from '../../domain/catalogue/markets.ts'
import { isDate } from '../../domain/local-time.ts'
import { CURRENCIES } from '../../domain/money.ts'
import { ORDER_STATUSES } from '../../domain/order/order.ts'
import { PAYMENT_METHODS } from '../../domain/restaurant/settings.ts'
import {
  byDay,
  byHour,
  ordersByStatus,
  type DaySum,
  type MoneySum,
  type Spans,
} from '../../domain/statistics/platform-statistics.ts'
import { MOST_DAYS } from '../../domain/statistics/window.ts'
import type { AnsweredStatistics } from '../../usecases/admin/platform-statistics.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'

const day = z.string().refine(isDate, { params: { reason: 'invalid_format' } })

export const adminStatisticsQuery = z.object({
  from: day.optional().openapi({
    format: 'date',
    description: "A day by the platform's clocks; left out: six days before `to`",
  }),
  to: day.optional().openapi({
    format: 'date',
    description: `The last day, today where neither is given; ${MOST_DAYS} days at most`,
  }),
  restaurant_id: idSchema.optional(),
})

const currency = z.enum(CURRENCIES)
const revenue = z
  .array(
    z.object({
      currency,
      captured_amount: z.int(),
      refunded_amount: z.int(),
      net_amount: z.int(),
    }),
  )
  .openapi({ description: 'Of the orders placed then, whenever their money came or went' })
const spans = z
  .object({
    orders: z.int(),
    p50_seconds: z.number().nullable(),
    p95_seconds: z.number().nullable(),
  })
  .openapi({ description: 'The nearest rank; null where there is none' })

export const adminStatistics = z
  .object({
    from: z.string().openapi({ format: 'date' }),
    to: z.string().openapi({ format: 'date' }),
    timezone: z.string().openapi({ example: 'Asia/Seoul' }),
    restaurant_id: idSchema.nullable(),
    as_of: timeSchema.openapi({ description: 'When the copy that is counted moved last' }),
    orders: z.object({
      total: z.int(),
      by_status: z.record(z.enum(ORDER_STATUSES), z.int()),
      by_day: z.array(z.object({ day: z.string(), orders: z.int(), revenue })),
      by_hour: z
        .array(z.object({ hour: z.int(), orders: z.int(), revenue }))
        .openapi({ description: 'Of all days together, from the hour on at which a day begins' }),
    }),
    revenue: z
      .array(
        z.object({
          market: z.enum(MARKETS).nullable(),
          currency,
          payment_method: z
            .enum(PAYMENT_METHODS)
            .openapi({ description: 'As ordered; a part paid by points counts with it' }),
          orders: z.int(),
          captured_amount: z.int(),
          refunded_amount: z.int(),
          net_amount: z.int(),
        }),
      )
      .openapi({ description: 'In minor units' }),
    average_order: z
      .array(z.object({ currency, orders: z.int(), amount: z.int() }))
      .openapi({ description: 'Of orders that kitchens took on' }),
    refunds: z.array(
      z.object({
        currency,
        orders: z.int(),
        refunded_amount: z.int(),
        refund_due_amount: z.int().openapi({ description: 'Waits for people to pay it back' }),
      }),
    ),
    coupons: z
      .array(z.object({ currency, orders: z.int(), discount_amount: z.int() }))
      .openapi({ description: 'Orders that stand with a discount' }),
    customers: z.object({
      registered: z.int().nullable().openapi({ description: 'Null for one restaurant' }),
    }),
    restaurants: z.object({
      active: z.int().openapi({ description: 'With an order' }),
      top: z.array(
        z.object({
          id: idSchema,
          name: z.string().nullable(),
          currency,
          orders: z.int(),
          net_amount: z.int(),
        }),
      ),
    }),
    items: z.object({
      top: z.array(
        z.object({
          menu_id: idSchema,
          name: z.string().nullable(),
          restaurant: z.object({ id: idSchema, name: z.string().nullable() }),
          currency: currency.nullable(),
          orders: z.int(),
          quantity: z.int(),
          amount: z.int(),
        }),
      ),
    }),
    time_to_accept: spans,
    time_to_ready: spans,
    points_outstanding: z
      .int()
      .nullable()
      .openapi({ description: 'In all wallets now; null for one restaurant' }),
  })
  .openapi('PlatformStatistics')

export function adminStatisticsJson({ window, restaurantId, counted }: AnsweredStatistics) {
  const { quarters, money } = counted
  const byStatus = ordersByStatus(quarters)
  return {
    from: window.days.at(0) ?? '',
    to: window.days.at(-1) ?? '',
    timezone: window.timezone,
    restaurant_id: restaurantId,
    as_of: isoTime(counted.asOf),
    orders: {
      total: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
      by_status: byStatus,
      by_day: byDay(quarters, window).map((sum) => ({ day: sum.day, ...sumJson(sum) })),
      by_hour: byHour(quarters, window).map((sum) => ({ hour: sum.hour, ...sumJson(sum) })),
    },
    revenue: money.map((sum) => ({
      market: sum.market,
      currency: sum.currency,
      payment_method: sum.method,
      orders: sum.orders,
      ...netJson(sum),
    })),
    ...moneyJson(money),
    customers: { registered: counted.newCustomers },
    restaurants: {
      active: counted.activeRestaurants,
      top: counted.topRestaurants.map(({ revenue: net, ...restaurant }) => ({
        ...restaurant,
        net_amount: net,
      })),
    },
    items: { top: counted.topItems.map(itemJson) },
    time_to_accept: spansJson(counted.toAccept),
    time_to_ready: spansJson(counted.toReady),
    points_outstanding: counted.pointsOutstanding,
  }
}

const netJson = ({ captured, refunded }: { captured: number; refunded: number }) => ({
  captured_amount: captured,
  refunded_amount: refunded,
  net_amount: captured - refunded,
})

const sumJson = ({ orders, money }: Pick<DaySum, 'orders' | 'money'>) => ({
  orders,
  revenue: CURRENCIES.flatMap((of) => {
    const sum = money[of]
    return sum === undefined ? [] : [{ currency: of, ...netJson(sum) }]
  }),
})

/** What is told per currency, of those that there are orders in. */
function moneyJson(money: readonly MoneySum[]) {
  const sums = CURRENCIES.map((of) => {
    const ofThis = money.filter((sum) => sum.currency === of)
    const total = (pick: (sum: MoneySum) => number) =>
      ofThis.reduce((sum, one) => sum + pick(one), 0)
    return { currency: of, total }
  }).filter(({ total }) => total(({ orders }) => orders) > 0)
  return {
    average_order: sums.map(({ currency: of, total }) => {
      const orders = total(({ taken }) => taken)
      const amount = orders === 0 ? 0 : Math.round(total((sum) => sum.takenAmount) / orders)
      return { currency: of, orders, amount }
    }),
    refunds: sums.map(({ currency: of, total }) => ({
      currency: of,
      orders: total((sum) => sum.refundedOrders),
      refunded_amount: total((sum) => sum.refunded),
      refund_due_amount: total((sum) => sum.refundDue),
    })),
    coupons: sums.map(({ currency: of, total }) => ({
      currency: of,
      orders: total((sum) => sum.discountedOrders),
      discount_amount: total((sum) => sum.discount),
    })),
  }
}

const itemJson = (item: AnsweredStatistics['counted']['topItems'][number]) => ({
  menu_id: item.id,
  name: item.name,
  restaurant: { id: item.restaurantId, name: item.restaurantName },
  currency: item.currency,
  orders: item.orders,
  quantity: item.quantity,
  amount: item.revenue,
})

const spansJson = ({ count, p50, p95 }: Spans) => ({
  orders: count,
  p50_seconds: p50 === null ? null : p50 / 1_000,
  p95_seconds: p95 === null ? null : p95 / 1_000,
})
