import { quantile } from './histogram.ts'
import { definitionOf, type HistogramName } from './registry.ts'
import type { CounterSample, GaugeSample, Labels, WindowFigures } from './samples.ts'

/** What the tables say (db/repositories/figures.ts). */
export interface TableFigures {
  counters: readonly CounterSample[]
  gauges: readonly GaugeSample[]
}

interface Durations {
  count: number
  p50Seconds: number | null
  p95Seconds: number | null
}

/** The figures by which people see whether the platform does its job. */
export interface CoreMetrics {
  /** How far back everything reaches that is not a state. */
  seconds: number
  requests: Durations & { byClass: Readonly<Record<string, number>> }
  /** The part answered with 5xx; null without requests. */
  failureRate: number | null
  availability: number | null
  placing: Durations & { refused: number; failed: number }
  payments: { completed: number; refused: number; successRate: number | null }
  scanToPaid: Durations
  orders: { placed: number; open: Labelled; ended: Labelled }
  stock: { low: number; soldOut: number }
  coupons: { live: number; exhausted: number; over: number; claims: Labelled }
}

type Labelled = Readonly<Record<string, number>>
interface Sample {
  name: string
  labels: Labels
  value: number
}

/** Sums of a metric by one label. */
export function valuesBy(samples: readonly Sample[], name: string, label: string): Labelled {
  const values: Record<string, number> = {}
  for (const sample of samples) {
    if (sample.name !== name) continue
    const key = sample.labels[label] ?? ''
    values[key] = (values[key] ?? 0) + sample.value
  }
  return values
}

/** The sum of all series of a metric that have these labels. */
export const sumOf = (samples: readonly Sample[], name: string, of: Labels = {}): number =>
  samples
    .filter((sample) => sample.name === name)
    .filter(({ labels }) => Object.entries(of).every(([label, value]) => labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0)

/** How long things took within a window; null where nothing did. */
export function durationsOf(
  { histograms }: Pick<WindowFigures, 'histograms'>,
  name: HistogramName,
  of: Labels = {},
): Durations {
  const sample = histograms.find(
    (one) =>
      one.name === name &&
      Object.entries(of).every(([label, value]) => one.labels[label] === value),
  )
  const definition = definitionOf(name)
  const bounds = definition?.type === 'histogram' ? definition.bounds : []
  const at = (part: number) => quantile(part, sample?.buckets ?? {}, bounds)
  return { count: sample?.count ?? 0, p50Seconds: at(0.5), p95Seconds: at(0.95) }
}

const part = (of: number, all: number): number | null => (all === 0 ? null : of / all)

/** Puts a window and what the tables say together. */
export function coreOf(window: WindowFigures, tables: TableFigures): CoreMetrics {
  const { counters } = window
  const byClass = valuesBy(counters, 'http_requests_total', 'class')
  const answered = Object.values(byClass).reduce((sum, count) => sum + count, 0)
  const failureRate = part(byClass['5xx'] ?? 0, answered)
  const completed = sumOf(counters, 'payments_completed_total')
  const refused = sumOf(counters, 'provider_calls_total', { call: 'capture', outcome: 'refused' })
  const placedWith = (outcome: string) => durationsOf(window, 'order_place_seconds', { outcome })
  const gauge = (name: string, of: Labels) => sumOf(tables.gauges, name, of)
  return {
    seconds: window.seconds,
    requests: { ...durationsOf(window, 'http_request_duration_seconds'), byClass },
    failureRate,
    availability: failureRate === null ? null : 1 - failureRate,
    placing: {
      ...placedWith('placed'),
      refused: placedWith('refused').count,
      failed: placedWith('failed').count,
    },
    payments: { completed, refused, successRate: part(completed, completed + refused) },
    scanToPaid: durationsOf(window, 'scan_to_paid_seconds'),
    orders: {
      placed: sumOf(tables.counters, 'orders_placed_total'),
      open: valuesBy(tables.gauges, 'orders_open', 'status'),
      ended: valuesBy(tables.counters, 'orders_total', 'status'),
    },
    stock: {
      low: gauge('stock_items', { state: 'LOW' }),
      soldOut: gauge('stock_items', { state: 'SOLD_OUT' }),
    },
    coupons: {
      live: gauge('coupons', { state: 'live' }),
      exhausted: gauge('coupons', { state: 'exhausted' }),
      over: gauge('coupons', { state: 'over' }),
      claims: valuesBy(tables.gauges, 'coupon_claims', 'status'),
    },
  }
}
