import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Batch } from '../../src/domain/metrics/samples.ts'
import type { MetricsObject } from '../../src/metrics/metrics-object.ts'
import { createRecorder } from '../../src/metrics/recorder.ts'
import type { LogLine } from '../../src/runtime.ts'
import { random } from '../support/identity.ts'
import { NOON, SECOND } from '../support/story.ts'

type Namespace = DurableObjectNamespace<MetricsObject>

/** An isolate whose object answers as the test says. */
function isolate() {
  const world = {
    now: NOON,
    batches: [] as Batch[],
    logged: [] as LogLine[],
    answer: () => Promise.resolve(),
  }
  const stub = {
    flush: (batch: Batch) => {
      world.batches.push(structuredClone(batch))
      return world.answer()
    },
  }
  const namespace = { getByName: () => stub } as unknown as Namespace
  const metrics = createRecorder(namespace, {
    now: () => world.now,
    random,
    log: (line) => world.logged.push(line),
  })
  const refuse = (times = 1) => metrics.count('refusals_total', { reason: 'FORBIDDEN' }, times)
  return { world, metrics, refuse }
}

const valuesOf = (batches: readonly Batch[]) =>
  batches.map(({ number, counters }) => [number, counters.map(({ value }) => value)])
const down = () => Promise.reject(new Error('away'))

describe('handing on what an isolate counts', () => {
  it('begins at once, and goes on every five seconds of its work', async () => {
    const { world, metrics, refuse } = isolate()
    await metrics.flushWhenDue()
    expect(world.batches).toEqual([])
    refuse()
    await metrics.flushWhenDue()
    refuse(2)
    await metrics.flushWhenDue()
    world.now += 4_999
    await metrics.flushWhenDue()
    expect(valuesOf(world.batches)).toEqual([[1, [1]]])
    world.now += 1
    await metrics.flushWhenDue()
    world.now += 5 * SECOND
    await metrics.flushWhenDue()
    expect(valuesOf(world.batches)).toEqual([
      [1, [1]],
      [2, [2]],
    ])
  })

  it('goes on when the clock was moved back', async () => {
    const { world, metrics, refuse } = isolate()
    refuse()
    await metrics.flushWhenDue()
    world.now -= 24 * 3_600 * SECOND
    refuse()
    await metrics.flushWhenDue()
    expect(world.batches).toHaveLength(2)
  })

  it('keeps what did not arrive, and sends the very same again before anything newer', async () => {
    const { world, metrics, refuse } = isolate()
    world.answer = down
    refuse()
    await metrics.flush()
    refuse(5)
    await metrics.flush()
    world.answer = () => Promise.resolve()
    await metrics.flush()
    expect(valuesOf(world.batches)).toEqual([
      [1, [1]],
      [1, [1]],
      [1, [1]],
      [2, [5]],
    ])
    expect(world.batches[2]).toEqual(world.batches[0])
    expect(world.logged.map(({ kind, failures }) => [kind, failures])).toEqual([
      ['metrics-not-flushed', 1],
      ['metrics-not-flushed', 2],
    ])
  })

  it('asks an object that is away less and less often, once a minute in the end', async () => {
    const { world, metrics, refuse } = isolate()
    world.answer = down
    refuse()
    const asked: number[] = []
    for (let second = 0; second <= 300; second += 1) {
      const before = world.batches.length
      await metrics.flushWhenDue()
      if (world.batches.length > before) asked.push(second)
      world.now += SECOND
    }
    expect(asked).toEqual([0, 10, 30, 70, 130, 190, 250])
  })

  it('never runs twice at once, and is not stuck for ever behind one that died', async () => {
    const { world, metrics, refuse } = isolate()
    let arrive = (): void => undefined
    world.answer = () => new Promise((resolve) => (arrive = resolve))
    refuse()
    void metrics.flush()
    refuse()
    await metrics.flush()
    world.now += 10 * SECOND
    await metrics.flushWhenDue()
    expect(world.batches).toHaveLength(1)
    const late = arrive
    world.now += 30 * SECOND
    world.answer = () => Promise.resolve()
    await metrics.flushWhenDue()
    late()
    refuse(7)
    await metrics.flush()
    expect(valuesOf(world.batches)).toEqual([
      [1, [1]],
      [1, [1]],
      [2, [1]],
      [3, [7]],
    ])
  })

  it('adds up over isolates, which all read the same', async () => {
    const isolates = [3, 4].map((times) => {
      const runtime = { now: () => NOON, random, log: () => undefined }
      const metrics = createRecorder(env.METRICS, runtime)
      metrics.count('refusals_total', { reason: 'FORBIDDEN' }, times)
      for (let n = 0; n < times; n += 1) metrics.request('GET', '/health', 503, 0.2)
      return metrics
    })
    await Promise.all(isolates.map((metrics) => metrics.flush()))
    for (const metrics of isolates) {
      const { counters, histograms } = await metrics.read()
      const valueOf = (wanted: string) => counters.find(({ name }) => name === wanted)?.value
      expect([valueOf('refusals_total'), valueOf('http_requests_total')]).toEqual([7, 7])
      expect(histograms).toMatchObject([{ count: 7, buckets: { 0.25: 7 } }])
      const window = await metrics.window(300)
      expect(window.counters).toEqual([
        { name: 'http_requests_total', labels: { class: '5xx' }, value: 7 },
      ])
    }
  })

  it('tells its isolate from every other', async () => {
    const [one, two] = [isolate(), isolate()]
    for (const { refuse, metrics } of [one, two]) {
      refuse()
      await metrics.flush()
    }
    const names = [one, two].map(({ world }) => world.batches[0]?.isolate)
    expect(new Set(names).size).toBe(2)
    expect(names[0]).toMatch(/^[0-9a-f]{16}$/)
  })
})
