import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Batch, CounterSample, Samples } from '../../src/domain/metrics/samples.ts'
import { MOST_SERIES } from '../../src/metrics/metrics-store.ts'
import { NOON } from '../support/story.ts'

const MINUTE = 60_000
let objects = 0
const anObject = () => env.METRICS.getByName(`object ${(objects += 1)}`)
type Stub = ReturnType<typeof anObject>

const NOTHING: Samples = { counters: [], histograms: [], gauges: [] }
const batch = (isolate: string, number: number, samples: Partial<Samples>, at = NOON): Batch => ({
  ...{ ...NOTHING, ...samples, isolate, number, at },
})
const refusals = (value: number, reason = 'FORBIDDEN'): Partial<Samples> => ({
  counters: [{ name: 'refusals_total', labels: { reason }, value }],
})
const requests = (status: number, value: number, route = '/health'): CounterSample => ({
  name: 'http_requests_total',
  labels: { method: 'GET', route, status: String(status) },
  value,
})
const placed = (buckets: Record<string, number>): Partial<Samples> => ({
  histograms: [
    {
      name: 'order_place_seconds',
      labels: { outcome: 'placed' },
      count: Object.values(buckets).reduce((sum, n) => sum + n, 0),
      sum: 1,
      buckets,
    },
  ],
})
const refused = async (stub: Stub): Promise<number> =>
  (await stub.read(NOON)).counters.find(({ name }) => name === 'refusals_total')?.value ?? 0

describe('what isolates have counted', () => {
  it('adds up over isolates and flushes', async () => {
    const stub = anObject()
    await stub.flush(batch('one', 1, refusals(2)))
    await stub.flush(batch('two', 1, refusals(3)))
    await stub.flush(batch('one', 2, refusals(4)))
    expect(await refused(stub)).toBe(9)
  })

  it('counts a flush once that comes again, whatever came in between', async () => {
    const stub = anObject()
    const first = batch('one', 1, { ...refusals(2), ...placed({ 0.1: 1 }) })
    await stub.flush(first)
    await stub.flush(first)
    await stub.flush(batch('two', 1, refusals(1)))
    await stub.flush(first)
    await stub.flush(batch('one', 2, refusals(1)))
    await stub.flush(first)
    const { histograms } = await stub.read(NOON)
    expect(await refused(stub)).toBe(4)
    expect(histograms).toMatchObject([{ count: 1, sum: 1, buckets: { 0.1: 1 } }])
    expect((await stub.window(NOON, 60)).histograms).toMatchObject([{ count: 1 }])
  })

  it('never goes back when the object starts anew', async () => {
    const stub = anObject()
    await stub.flush(batch('one', 1, { ...refusals(2), ...placed({ 0.1: 3 }) }))
    await evictDurableObject(stub)
    expect(await refused(stub)).toBe(2)
    await stub.flush(batch('one', 1, refusals(2)))
    await stub.flush(batch('one', 2, { ...refusals(1), ...placed({ 0.1: 1, '+Inf': 2 }) }))
    expect(await refused(stub)).toBe(3)
    expect((await stub.read(NOON)).histograms).toEqual([
      {
        name: 'order_place_seconds',
        labels: { outcome: 'placed' },
        ...{ count: 6, sum: 2, buckets: { 0.1: 4, '+Inf': 2 } },
      },
    ])
  })

  it('is all there or not at all when a flush breaks off', async () => {
    const stub = anObject()
    const broken = batch('one', 1, {
      counters: [
        { name: 'refusals_total', labels: { reason: 'FORBIDDEN' }, value: 1 },
        { name: 'refusals_total', labels: { reason: 'OTHER' }, value: null as unknown as number },
      ],
    })
    await runInDurableObject(stub, (object) => expect(() => object.flush(broken)).toThrow())
    expect(await refused(stub)).toBe(0)
    await stub.flush(batch('one', 1, refusals(5)))
    expect(await refused(stub)).toBe(5)
  })

  it('keeps the newest of a gauge, whichever comes last', async () => {
    const stub = anObject()
    const gauge = (value: number): Partial<Samples> => ({
      gauges: [{ name: 'cron_last_success_timestamp_seconds', labels: { job: 'x' }, value }],
    })
    await stub.flush(batch('one', 1, gauge(2), NOON + 1))
    await stub.flush(batch('two', 1, gauge(1), NOON))
    const { gauges } = await stub.read(NOON)
    expect(gauges[0]).toMatchObject({ value: 2, at: NOON + 1 })
  })

  it('keeps so many series of a metric and counts the rest together, from a restart on too', async () => {
    const stub = anObject()
    const many = (from: number, to: number): Partial<Samples> => ({
      counters: Array.from({ length: to - from }, (_, n) => ({
        ...{ name: 'refusals_total', labels: { reason: `reason ${from + n}` }, value: 1 },
      })),
    })
    await stub.flush(batch('one', 1, many(0, MOST_SERIES - 1)))
    await evictDurableObject(stub)
    await stub.flush(batch('one', 2, many(MOST_SERIES - 1, MOST_SERIES + 10)))
    await stub.flush(batch('one', 3, many(0, 2)))
    const { counters } = await stub.read(NOON)
    const valueOf = (reason: string) =>
      counters.find(({ labels }) => labels['reason'] === reason)?.value
    expect(counters).toHaveLength(MOST_SERIES + 1)
    expect(valueOf('other')).toBe(10)
    expect(valueOf('reason 0')).toBe(2)
    expect(valueOf(`reason ${MOST_SERIES}`)).toBeUndefined()
    expect(counters.reduce((sum, { value }) => sum + value, 0)).toBe(MOST_SERIES + 12)
  })
})

describe('the last minutes', () => {
  it('are kept by class of status, without routes', async () => {
    const stub = anObject()
    const counters = [requests(200, 5), requests(201, 1, '/b'), requests(500, 2), requests(503, 1)]
    await stub.flush(batch('one', 1, { counters }))
    const { counters: seen } = await stub.window(NOON, 300)
    expect(Object.fromEntries(seen.map(({ labels, value }) => [labels['class'], value]))).toEqual({
      '2xx': 6,
      '5xx': 3,
    })
  })

  it('reach back at least as far as was asked for, and less than a minute further', async () => {
    const stub = anObject()
    const at = (minutesAgo: number) => NOON - minutesAgo * MINUTE
    for (const minutesAgo of [0, 1, 4, 5, 6, 30])
      await stub.flush(
        batch(`isolate ${minutesAgo}`, 1, { counters: [requests(500, 1)] }, at(minutesAgo)),
      )
    const count = async (now: number, seconds: number) =>
      (await stub.window(now, seconds)).counters.reduce((sum, { value }) => sum + value, 0)
    expect(await count(NOON, 300)).toBe(4)
    expect(await count(NOON + 59_999, 300)).toBe(4)
    expect(await count(NOON + MINUTE, 300)).toBe(3)
    expect(await count(NOON, 3_600)).toBe(6)
    const { seconds } = await stub.window(NOON + 30_000, 300)
    expect(seconds).toBe(330)
  })

  it('are forgotten after a day; what was counted in all stays', async () => {
    const stub = anObject()
    await stub.flush(batch('one', 1, { counters: [requests(500, 7)], ...placed({ 0.1: 1 }) }))
    const later = NOON + 26 * 60 * MINUTE
    await stub.flush(batch('two', 1, { counters: [requests(200, 1)] }, later))
    // Back where the minutes were: they are gone, not only out of the window.
    const { counters, histograms } = await stub.window(NOON, 3_600)
    expect([counters, histograms]).toEqual([[], []])
    const all = (await stub.read(NOON)).counters
    expect(all.map(({ value }) => value).sort()).toEqual([1, 7])
  })

  it('hold no series that the registry does not keep by minute', async () => {
    const stub = anObject()
    await stub.flush(batch('one', 1, refusals(1)))
    expect((await stub.window(NOON, 60)).counters).toEqual([])
  })
})

describe('open sockets', () => {
  const told = (key: string, staff: number, guests: number, at = NOON) => ({
    ...{ key, staff, guests, at },
  })
  const openAt = async (stub: Stub, now = NOON) =>
    Object.fromEntries(
      (await stub.read(now)).gauges.map(({ name, labels, value }) => [
        `${name} ${labels['of'] ?? ''}`.trim(),
        value,
      ]),
    )

  it('are summed over restaurants, each as it told last', async () => {
    const stub = anObject()
    await stub.crowd(told('one', 2, 40))
    await stub.crowd(told('two', 0, 3))
    await stub.crowd(told('one', 1, 50, NOON + 2))
    await stub.crowd(told('one', 9, 9, NOON + 1))
    expect(await openAt(stub)).toEqual({
      'sockets_open staff': 1,
      'sockets_open guests': 53,
      restaurants_listening: 1,
    })
  })

  it('have ended where nothing was told for longer than a token lasts', async () => {
    const stub = anObject()
    await stub.crowd(told('one', 2, 40))
    await stub.crowd(told('two', 1, 1, NOON + 60 * MINUTE))
    expect(await openAt(stub, NOON + 13.5 * 60 * MINUTE)).toMatchObject({
      'sockets_open staff': 1,
      restaurants_listening: 1,
    })
  })
})

describe('figures that are told as wholes', () => {
  const captured = (value: number): CounterSample[] => [
    { name: 'revenue_total', labels: { currency: 'KRW' }, value },
  ]

  it('never go back, by a restart either', async () => {
    const stub = anObject()
    expect(await stub.highest(captured(10))).toEqual(captured(10))
    expect(await stub.highest(captured(7))).toEqual(captured(10))
    await evictDurableObject(stub)
    expect(await stub.highest(captured(9))).toEqual(captured(10))
    expect(await stub.highest(captured(11))).toEqual(captured(11))
  })
})
