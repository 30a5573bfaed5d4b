import { z } from '@hono/zod-openapi'
import type { CoreMetrics } from '../../domain/metrics/core.ts'
import { ORDER_STATUSES } from '../../domain/order/order.ts'
import { isoTime, timeSchema } from './common.ts'

export const WINDOW_SECONDS = { '5m': 300, '1h': 3_600, '24h': 86_400 } as const
type Window = keyof typeof WINDOW_SECONDS
const windowName = z.enum(['5m', '1h', '24h'])

export const coreMetricsQuery = z.object({ window: windowName.default('1h') })

const durations = {
  count: z.int(),
  p50_seconds: z.number().nullable(),
  p95_seconds: z.number().nullable(),
}
const counts = z.record(z.string(), z.int())
const ratio = z.number().min(0).max(1).nullable()

export const coreMetricsSchema = z
  .object({
    window: windowName,
    window_seconds: z.number().openapi({
      description: 'How far back it reaches: less than a minute further than the window',
    }),
    requests: z.object({ ...durations, by_class: counts }),
    failure_rate: ratio.openapi({
      description: 'The part answered with 5xx; null without requests',
    }),
    availability: ratio,
    placing: z.object({ ...durations, refused: z.int(), failed: z.int() }),
    payments: z.object({ completed: z.int(), refused: z.int(), success_rate: ratio }),
    scan_to_paid: z.object(durations).openapi({
      description: 'From the scan of a table to the first order of the visit being paid',
    }),
    orders: z.object({
      placed_total: z.int(),
      open: z.partialRecord(z.enum(ORDER_STATUSES), z.int()),
      ended_total: z.partialRecord(z.enum(ORDER_STATUSES), z.int()),
    }),
    stock: z.object({ low: z.int(), sold_out: z.int() }),
    coupons: z.object({ live: z.int(), exhausted: z.int(), over: z.int(), claims: counts }),
    as_of: timeSchema,
  })
  .openapi('CoreMetrics', {
    example: {
      window: '1h',
      window_seconds: 3_630,
      requests: {
        ...{ count: 41_200, p50_seconds: 0.012, p95_seconds: 0.08 },
        by_class: { '2xx': 40_100, '4xx': 1_098, '5xx': 2 },
      },
      failure_rate: 0.0000485,
      availability: 0.9999515,
      placing: { count: 812, p50_seconds: 0.02, p95_seconds: 0.09, refused: 31, failed: 0 },
      payments: { completed: 640, refused: 12, success_rate: 0.9816 },
      scan_to_paid: { count: 302, p50_seconds: 260, p95_seconds: 720 },
      orders: {
        placed_total: 190_221,
        open: { PENDING: 12, ACCEPTED: 40, READY: 3 },
        ended_total: { COMPLETED: 181_004, REJECTED: 900, CANCELLED: 5_100, EXPIRED: 3_162 },
      },
      stock: { low: 14, sold_out: 6 },
      coupons: { live: 21, exhausted: 3, over: 112, claims: { CLAIMED: 910, USED: 8_120 } },
      as_of: '2026-11-20T03:00:00.000Z',
    },
  })

type Timed = CoreMetrics['scanToPaid']
const durationsJson = ({ count, p50Seconds, p95Seconds }: Timed) => ({
  count,
  p50_seconds: p50Seconds,
  p95_seconds: p95Seconds,
})

export const coreMetricsJson = (core: CoreMetrics, window: Window, now: number) => ({
  window,
  window_seconds: core.seconds,
  requests: { ...durationsJson(core.requests), by_class: core.requests.byClass },
  failure_rate: core.failureRate,
  availability: core.availability,
  placing: {
    ...durationsJson(core.placing),
    refused: core.placing.refused,
    failed: core.placing.failed,
  },
  payments: {
    completed: core.payments.completed,
    refused: core.payments.refused,
    success_rate: core.payments.successRate,
  },
  scan_to_paid: durationsJson(core.scanToPaid),
  orders: {
    placed_total: core.orders.placed,
    open: core.orders.open,
    ended_total: core.orders.ended,
  },
  stock: { low: core.stock.low, sold_out: core.stock.soldOut },
  coupons: core.coupons,
  as_of: isoTime(now),
})
