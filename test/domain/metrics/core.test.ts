import { describe, expect, it } from 'vitest'
import { coreOf } from '../../../src/domain/metrics/core.ts'
import type { Labels, WindowFigures } from '../../../src/domain/metrics/samples.ts'

const NO_TABLES = { counters: [], gauges: [] }
const quiet: WindowFigures = { seconds: 330, counters: [], histograms: [] }

const counter = (name: string, labels: Labels, value: number) => ({ name, labels, value })
const requests = (byClass: Record<string, number>) =>
  Object.entries(byClass).map(([status, value]) =>
    counter('http_requests_total', { class: status }, value),
  )
const captures = (outcome: string, value: number, provider = 'toss') =>
  counter('provider_calls_total', { provider, call: 'capture', outcome }, value)

describe('the core figures', () => {
  it('say nothing where nothing happened, rather than that all is well', () => {
    const core = coreOf(quiet, NO_TABLES)
    expect(core).toMatchObject({
      seconds: 330,
      requests: { count: 0, p95Seconds: null },
      failureRate: null,
      availability: null,
      placing: { count: 0, p95Seconds: null, refused: 0, failed: 0 },
      payments: { successRate: null },
      scanToPaid: { p50Seconds: null },
      orders: { placed: 0, open: {}, ended: {} },
    })
  })

  it.each([
    ['all answered', { '2xx': 10 }, 0, 1],
    ['refusals are answers', { '2xx': 5, '4xx': 5 }, 0, 1],
    ['one of four fails', { '2xx': 2, '4xx': 1, '5xx': 1 }, 0.25, 0.75],
    ['nothing but failures', { '5xx': 3 }, 1, 0],
  ])('failures: %s', (_, byClass, failureRate, availability) => {
    const core = coreOf({ ...quiet, counters: requests(byClass) }, NO_TABLES)
    expect(core).toMatchObject({ failureRate, availability, requests: { byClass } })
  })

  it.each([
    ['completed alone', 3, [], 1],
    ['one refused of four', 3, [captures('refused', 1)], 0.75],
    ['whoever refused', 2, [captures('refused', 1), captures('refused', 1, 'stripe')], 0.5],
    ['what is not known yet is neither', 1, [captures('unknown', 5), captures('awaiting', 2)], 1],
    ['none completed', 0, [captures('refused', 2)], 0],
  ])('payments: %s', (_, completed, calls, successRate) => {
    const counters = [counter('payments_completed_total', {}, completed), ...calls]
    expect(coreOf({ ...quiet, counters }, NO_TABLES).payments.successRate).toBe(successRate)
  })

  it('tell placing apart from being refused and from failing', () => {
    const placed = (outcome: string, buckets: Record<string, number>) => ({
      name: 'order_place_seconds',
      labels: { outcome },
      count: Object.values(buckets).reduce((sum, n) => sum + n, 0),
      sum: 0,
      buckets,
    })
    const histograms = [
      placed('placed', { 0.1: 95, 2: 5 }),
      placed('refused', { 0.005: 900 }),
      placed('failed', { 30: 1 }),
    ]
    const { placing } = coreOf({ ...quiet, histograms }, NO_TABLES)
    expect(placing).toEqual({
      ...{ count: 100, refused: 900, failed: 1 },
      p50Seconds: expect.closeTo(0.05 + 0.05 * (50 / 95)) as number,
      p95Seconds: 0.1,
    })
  })

  it('take orders, stock and coupons from the tables', () => {
    const gauge = counter
    const core = coreOf(quiet, {
      counters: [
        counter('orders_placed_total', {}, 9),
        counter('orders_total', { status: 'COMPLETED' }, 4),
      ],
      gauges: [
        gauge('orders_open', { status: 'PENDING' }, 5),
        gauge('stock_items', { state: 'LOW' }, 1),
        gauge('stock_items', { state: 'SOLD_OUT' }, 2),
        gauge('coupons', { state: 'live' }, 3),
        gauge('coupon_claims', { status: 'USED' }, 7),
      ],
    })
    expect(core).toMatchObject({
      orders: { placed: 9, open: { PENDING: 5 }, ended: { COMPLETED: 4 } },
      stock: { low: 1, soldOut: 2 },
      coupons: { live: 3, exhausted: 0, over: 0, claims: { USED: 7 } },
    })
  })
})
