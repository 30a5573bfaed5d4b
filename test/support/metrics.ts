import type { Snapshot } from '../../src/domain/metrics/samples.ts'
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
