import type { CounterSample, GaugeSample } from '../../domain/metrics/samples.ts'

/** What the platform's own tables say of it, as metrics. */
export interface FiguresReader {
  /** Reads no table of orders, claims or movements: sums that are kept with their rows, and backlogs. */
  read(now: number): Promise<{ counters: CounterSample[]; gauges: GaugeSample[] }>
}
