import { DurableObject } from 'cloudflare:workers'
import type { Crowd } from '../domain/metrics/crowd.ts'
import { firstMinute, MINUTE_MS, minutelyLabels, minuteOf } from '../domain/metrics/minutes.ts'
import {
  type Batch,
  type CounterSample,
  type Snapshot,
  type WindowFigures,
} from '../domain/metrics/samples.ts'
import { createMetricsStore, type MetricsStore } from './metrics-store.ts'

const DAY_MS = 24 * 3600_000

/**
 * What all isolates have counted, added up; one object for the platform. Nothing here is on the way of
 * a request.
 */
export class MetricsObject extends DurableObject<object> {
  readonly #store: MetricsStore
  #sweptAt: number | null = null

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env)
    this.#store = createMetricsStore(ctx.storage.sql)
  }

  /** Adds up what an isolate has counted; the same flush again changes nothing. */
  flush(batch: Batch): void {
    this.ctx.storage.transactionSync(() => {
      if (!this.#store.isNew(batch)) return
      const minute = minuteOf(batch.at)
      for (const sample of batch.counters) {
        this.#store.addCounter(sample)
        const labels = minutelyLabels(sample.name, sample.labels)
        if (labels !== null) this.#store.addMinuteCounter(minute, { ...sample, labels })
      }
      for (const sample of batch.histograms) {
        this.#store.addHistogram(sample)
        const labels = minutelyLabels(sample.name, sample.labels)
        if (labels !== null) this.#store.addMinuteHistogram(minute, { ...sample, labels })
      }
      for (const sample of batch.gauges) this.#store.setGauge(sample, batch.at)
      if (this.#sweptAt === minute) return
      this.#store.sweep(minute, batch.at - DAY_MS)
      this.#sweptAt = minute
    })
  }

  /** How many sockets a restaurant has open now. */
  crowd(told: Crowd): void {
    this.#store.setCrowd(told)
  }

  read(now: number): Snapshot {
    const { gauges, ...counted } = this.#store.read()
    const open = this.#store.crowdGauges(now).map((gauge) => ({ ...gauge, at: now }))
    return { ...counted, gauges: [...gauges, ...open] }
  }

  window(now: number, seconds: number): WindowFigures {
    const from = firstMinute(now, Math.min(seconds, DAY_MS / 1_000))
    return {
      seconds: (now - from * MINUTE_MS) / 1_000,
      ...this.#store.between(from, minuteOf(now) + 1),
    }
  }

  /** Keeps the highest value of each that was ever told, and answers it. */
  highest(counters: readonly CounterSample[]): CounterSample[] {
    return this.ctx.storage.transactionSync(() =>
      counters.map((sample) => ({ ...sample, value: this.#store.raise(sample) })),
    )
  }
}
