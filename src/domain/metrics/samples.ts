/** What tells apart the series of one metric; names as the registry lists them. */
export type Labels = Readonly<Record<string, string>>

export interface CounterSample {
  name: string
  labels: Labels
  value: number
}

/** Observations that fell at or below a bound and above the one before it, by the bound as text. */
export type Buckets = Readonly<Record<string, number>>

export interface HistogramSample {
  name: string
  labels: Labels
  count: number
  sum: number
  buckets: Buckets
}

export interface GaugeSample {
  name: string
  labels: Labels
  value: number
}

/** What an isolate has counted since its last flush. */
export interface Samples {
  counters: readonly CounterSample[]
  histograms: readonly HistogramSample[]
  gauges: readonly GaugeSample[]
}

/** A flush; who gets the same number of the same isolate twice counts it once. */
export interface Batch extends Samples {
  isolate: string
  number: number
  /** When it was put together, in ms. */
  at: number
}

/** All that was ever counted, and gauges as they were last told. */
export interface Snapshot {
  counters: readonly CounterSample[]
  histograms: readonly HistogramSample[]
  gauges: readonly (GaugeSample & { at: number })[]
}

/** What was counted in the last minutes. */
export interface WindowFigures {
  /** How far back it reaches: at least as far as was asked for, less than a minute further. */
  seconds: number
  counters: readonly CounterSample[]
  histograms: readonly HistogramSample[]
}

/** One text for the same labels, in whatever order they come. */
export const labelsText = (labels: Labels): string =>
  JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))))

export const labelsFrom = (text: string): Labels => JSON.parse(text) as Labels
