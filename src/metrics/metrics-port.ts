import type { CounterName, GaugeName, HistogramName, LabelsOf } from '../domain/metrics/registry.ts'
import type { CounterSample, Snapshot, WindowFigures } from '../domain/metrics/samples.ts'

/** Counting, which costs next to nothing and never fails, and what all isolates have counted. */
export interface Metrics {
  count<N extends CounterName>(name: N, labels: LabelsOf<N>, by?: number): void
  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, seconds: number): void
  gauge<N extends GaugeName>(name: N, labels: LabelsOf<N>, value: number): void
  /** A request that was answered. */
  request(method: string, route: string, status: number, seconds: number): void
  /** Hands on what this isolate has counted, where it has and the last time is long enough ago. */
  flushWhenDue(): Promise<void>
  /** Hands it on now. Never rejects: what did not arrive is kept and comes again. */
  flush(): Promise<void>
  /** What all isolates have handed on. */
  read(): Promise<Snapshot>
  /** The same for the last so many seconds, a day at most: sums by the registry's `minutely` labels. */
  window(seconds: number): Promise<WindowFigures>
  /** Counters that are told as wholes: answers the highest that was ever told of each. */
  highest(counters: readonly CounterSample[]): Promise<CounterSample[]>
}
