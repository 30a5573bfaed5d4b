import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MetricsBuffer } from '../../../src/domain/metrics/buffer.ts'
import type { Samples } from '../../../src/domain/metrics/samples.ts'

const counted = ({ counters }: Samples, name: string) =>
  counters.filter((sample) => sample.name === name).map(({ labels, value }) => ({ labels, value }))
const sumOf = (samples: Samples, name: string): number =>
  counted(samples, name).reduce((sum, { value }) => sum + value, 0)
const histogram = ({ histograms }: Samples, name: string) =>
  histograms.filter((sample) => sample.name === name)

describe('what an isolate counts', () => {
  it('adds up by labels, and starts over when it is taken', () => {
    const buffer = new MetricsBuffer()
    expect(buffer.isEmpty).toBe(true)
    buffer.count('refusals_total', { reason: 'FORBIDDEN' })
    buffer.count('refusals_total', { reason: 'FORBIDDEN' }, 2)
    buffer.count('refusals_total', { reason: 'NOT_FOUND' })
    expect(buffer.isEmpty).toBe(false)
    expect(counted(buffer.take(), 'refusals_total')).toEqual([
      { labels: { reason: 'FORBIDDEN' }, value: 3 },
      { labels: { reason: 'NOT_FOUND' }, value: 1 },
    ])
    expect(buffer.isEmpty).toBe(true)
    expect(buffer.take()).toEqual({ counters: [], histograms: [], gauges: [] })
  })

  it('counts as placing what is ordered from a table, and what is ordered without one', () => {
    const buffer = new MetricsBuffer()
    buffer.request('POST', '/api/v1/orders', 201, 0.02)
    buffer.request('POST', '/api/v1/tables/:table_id/orders', 201, 0.02)
    buffer.request('GET', '/api/v1/tables/:id/orders', 200, 0.02)
    buffer.request('POST', '/api/v1/orders/quote', 200, 0.02)
    const placed = histogram(buffer.take(), 'order_place_seconds')
    expect(placed.map(({ labels, count }) => [labels, count])).toEqual([[{ outcome: 'placed' }, 2]])
  })

  it('makes of a request its count, its duration, and how long placing an order took', () => {
    const buffer = new MetricsBuffer()
    buffer.request('POST', '/api/v1/orders', 201, 0.02)
    buffer.request('POST', '/api/v1/orders', 201, 0.3)
    buffer.request('POST', '/api/v1/orders', 409, 0.001)
    buffer.request('POST', '/api/v1/orders', 503, 11)
    buffer.request('GET', '/api/v1/orders', 200, 0.001)
    const samples = buffer.take()
    expect(counted(samples, 'http_requests_total')).toEqual([
      { labels: { method: 'POST', route: '/api/v1/orders', status: '201' }, value: 2 },
      { labels: { method: 'POST', route: '/api/v1/orders', status: '409' }, value: 1 },
      { labels: { method: 'POST', route: '/api/v1/orders', status: '503' }, value: 1 },
      { labels: { method: 'GET', route: '/api/v1/orders', status: '200' }, value: 1 },
    ])
    expect(histogram(samples, 'http_request_duration_seconds')).toEqual([
      {
        name: 'http_request_duration_seconds',
        labels: { method: 'POST', route: '/api/v1/orders' },
        count: 4,
        sum: 11.321,
        buckets: { 0.005: 1, 0.025: 1, 0.5: 1, 30: 1 },
      },
      {
        name: 'http_request_duration_seconds',
        labels: { method: 'GET', route: '/api/v1/orders' },
        count: 1,
        sum: 0.001,
        buckets: { 0.005: 1 },
      },
    ])
    expect(
      histogram(samples, 'order_place_seconds').map(({ labels, count }) => [labels, count]),
    ).toEqual([
      [{ outcome: 'placed' }, 2],
      [{ outcome: 'refused' }, 1],
      [{ outcome: 'failed' }, 1],
    ])
  })

  it('keeps a gauge as it was last told', () => {
    const buffer = new MetricsBuffer()
    buffer.gauge('cron_last_success_timestamp_seconds', { job: 'sum-hours' }, 5)
    buffer.gauge('cron_last_success_timestamp_seconds', { job: 'sum-hours' }, 3)
    expect(buffer.take().gauges).toMatchObject([{ labels: { job: 'sum-hours' }, value: 3 }])
  })

  it('counts methods that nobody knows together', () => {
    const buffer = new MetricsBuffer()
    for (const method of ['BREW', 'PROPFIND', 'X-1']) buffer.request(method, 'unmatched', 404, 0)
    expect(counted(buffer.take(), 'http_requests_total')).toEqual([
      { labels: { method: 'OTHER', route: 'other', status: '404' }, value: 3 },
    ])
  })

  it('is bounded whatever it is told, and loses nothing of the sums', () => {
    const buffer = new MetricsBuffer()
    for (let n = 0; n < 5_000; n += 1) {
      buffer.count('refusals_total', { reason: `reason ${n}` })
      buffer.request('GET', `/made/up/${n}`, 200, 0.1)
    }
    buffer.count('refusals_total', { reason: 'x'.repeat(10_000) })
    const samples = buffer.take()
    expect(samples.counters.length).toBeLessThanOrEqual(4_002)
    expect(sumOf(samples, 'refusals_total')).toBe(5_001)
    expect(sumOf(samples, 'http_requests_total')).toBe(5_000)
    expect(histogram(samples, 'http_request_duration_seconds')).toHaveLength(2_001)
  })

  it('cuts long values, under which the same value is found again', () => {
    const buffer = new MetricsBuffer()
    buffer.count('refusals_total', { reason: 'x'.repeat(10_000) })
    buffer.count('refusals_total', { reason: 'x'.repeat(10_000) })
    expect(counted(buffer.take(), 'refusals_total')).toEqual([
      { labels: { reason: 'x'.repeat(120) }, value: 2 },
    ])
  })

  it('gives every observation away exactly once, however often it is taken', () => {
    const observation = fc.record({
      status: fc.constantFrom(200, 404, 500),
      seconds: fc.double({ min: 0, max: 100, noNaN: true }),
      taken: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 60 }), (observations) => {
        const buffer = new MetricsBuffer()
        const taken: Samples[] = []
        for (const { status, seconds, taken: now } of observations) {
          buffer.request('GET', '/health', status, seconds)
          if (now) taken.push(buffer.take())
        }
        taken.push(buffer.take())
        const requests = taken.map((samples) => sumOf(samples, 'http_requests_total'))
        const seen = taken.flatMap((samples) => histogram(samples, 'http_request_duration_seconds'))
        expect(requests.reduce((a, b) => a + b, 0)).toBe(observations.length)
        const inBuckets = seen.flatMap(({ buckets }) => Object.values(buckets))
        expect(inBuckets.reduce((a, b) => a + b, 0)).toBe(observations.length)
        for (const one of seen) {
          const sum = Object.values(one.buckets).reduce((a, b) => a + b, 0)
          expect(sum).toBe(one.count)
        }
      }),
    )
  })
})
