import { MetricsBuffer } from '../../src/domain/metrics/buffer.ts'
import { labelsText, type Labels, type Snapshot } from '../../src/domain/metrics/samples.ts'
import type { Metrics } from '../../src/metrics/metrics-port.ts'

const NOTHING: Snapshot = { counters: [], histograms: [], gauges: [] }

/** Counts nothing, for tests that are about something else. */
export const silentMetrics: Metrics = {
  count: () => undefined,
  observe: () => undefined,
  gauge: () => undefined,
  request: () => undefined,
  flushWhenDue: () => Promise.resolve(),
  flush: () => Promise.resolve(),
  read: () => Promise.resolve(NOTHING),
  window: (seconds) => Promise.resolve({ ...NOTHING, seconds }),
  highest: (counters) => Promise.resolve([...counters]),
}

/** Counts for one test; `valueOf` says how much of a counter there is now. */
export function countingMetrics() {
  const buffer = new MetricsBuffer()
  const values = new Map<string, number>()
  const metrics: Metrics = {
    ...silentMetrics,
    count: (name, labels, by) => buffer.count(name, labels, by),
    request: (method, route, status, seconds) => buffer.request(method, route, status, seconds),
  }
  const valueOf = (name: string, labels: Labels): number => {
    for (const sample of buffer.take().counters) {
      const key = sample.name + labelsText(sample.labels)
      values.set(key, (values.get(key) ?? 0) + sample.value)
    }
    return values.get(name + labelsText(labels)) ?? 0
  }
  return { metrics, valueOf }
}
