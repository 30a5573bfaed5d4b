import { z } from '@hono/zod-openapi'
import { isDate } from '../../domain/local-time.ts'
import type { DayStatistics } from '../../domain/order/day-statistics.ts'
import { ORDER_STATUSES } from '../../domain/order/order.ts'

export const statisticsQuery = z.object({
  day: z
    .string()
    .refine(isDate, { params: { reason: 'invalid_format' } })
    .optional()
    .openapi({ format: 'date', description: 'A business day; left out: the one that runs now' }),
})

export const statisticsSchema = z
  .object({
    day: z.string().openapi({ format: 'date' }),
    currency: z.string(),
    orders: z.object({
      total: z.int(),
      by_status: z.record(z.enum(ORDER_STATUSES), z.int()),
    }),
    revenue: z.int().openapi({ description: 'Captured less refunded' }),
    captured_amount: z.int(),
    refunded_amount: z.int(),
    items: z
      .array(
        z.object({
          menu_id: z.string().openapi({ format: 'uuid' }),
          number: z.int(),
          name: z.string(),
          quantity: z.int(),
          revenue: z.int(),
          order_count: z.int(),
        }),
      )
      .openapi({ description: 'Of orders that the kitchen took on, less what it took out' }),
    hours: z
      .array(z.object({ hour: z.int(), orders: z.int(), revenue: z.int() }))
      .openapi({ description: 'Local hours from the cut-off on, by when orders were placed' }),
    average_seconds_to_accept: z
      .int()
      .nullable()
      .openapi({ description: 'From payment, or from placing where payment comes after' }),
    average_seconds_to_ready: z.int().nullable().openapi({ description: 'From acceptance' }),
  })
  .openapi('DayStatistics')

export const statisticsJson = (day: DayStatistics) => ({
  day: day.businessDay,
  currency: day.currency,
  orders: {
    total: Object.values(day.ordersByStatus).reduce((sum, count) => sum + count, 0),
    by_status: day.ordersByStatus,
  },
  revenue: day.revenue,
  captured_amount: day.capturedAmount,
  refunded_amount: day.refundedAmount,
  items: day.items.map((item) => ({
    menu_id: item.itemId,
    number: item.itemNumber,
    name: item.name,
    quantity: item.quantity,
    revenue: item.revenue,
    order_count: item.orders,
  })),
  hours: day.hours,
  average_seconds_to_accept: day.averageSecondsToAccept,
  average_seconds_to_ready: day.averageSecondsFromAcceptToReady,
})
