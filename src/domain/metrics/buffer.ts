import { bucketsOf, placeOf } from './histogram.ts'
import {
  definitionOf,
  REQUEST_BOUNDS,
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
} from './registry.ts'
import { labelsText, type CounterSample, type Labels, type Samples } from './samples.ts'

/** Far more than one isolate sees between two flushes; beyond it series are counted together. */
const MOST_SERIES = 2_000
const LONGEST_VALUE = 120

interface Tally {
  name: string
  labels: Labels
}
interface Counted extends Tally {
  value: number
}
interface Observed extends Tally {
  bounds: readonly number[]
  sum: number
  counts: number[]
}
interface Requests {
  method: string
  route: string
  status: number
  sum: number
  counts: number[]
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** What placing an order is to HTTP: by itself, or from a table. */
const PLACING = new Set(['/api/v1/orders', '/api/v1/tables/:table_id/orders'])

/** Called for every statement and refusal: quicker than the text that is kept. */
function keyOf(name: string, labels: Labels): string {
  let key = name
  for (const label in labels) key += `\n${labels[label] ?? ''}`
  return key
}

const noCounts = (bounds: readonly number[]): number[] =>
  Array.from({ length: bounds.length + 1 }, () => 0)

/**
 * What one isolate has counted and not handed on yet. Series are bounded: what is beyond is counted
 * under the label values `other`, so that sums stay true.
 */
export class MetricsBuffer {
  #requests = new Map<string, Requests>()
  #counters = new Map<string, Counted>()
  #histograms = new Map<string, Observed>()
  #gauges = new Map<string, Counted>()

  /** A request that was answered: one entry, from which all its metrics are made when it is handed on. */
  request(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${status}`
    let entry = this.#requests.get(key)
    if (entry === undefined) {
      entry = this.#newRequests(key, method, route, status)
    }
    entry.sum += seconds
    const place = placeOf(seconds, REQUEST_BOUNDS)
    entry.counts[place] = (entry.counts[place] ?? 0) + 1
  }

  count<N extends CounterName>(name: N, labels: LabelsOf<N>, by = 1): void {
    this.#entry(this.#counters, name, labels, (tally) => ({ ...tally, value: 0 })).value += by
  }

  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, seconds: number): void {
    const definition = definitionOf(name)
    const bounds = definition?.type === 'histogram' ? definition.bounds : []
    const entry = this.#entry(this.#histograms, name, labels, (tally) => ({
      ...tally,
      bounds,
      sum: 0,
      counts: noCounts(bounds),
    }))
    entry.sum += seconds
    const place = placeOf(seconds, bounds)
    entry.counts[place] = (entry.counts[place] ?? 0) + 1
  }

  gauge<N extends GaugeName>(name: N, labels: LabelsOf<N>, value: number): void {
    this.#entry(this.#gauges, name, labels, (tally) => ({ ...tally, value: 0 })).value = value
  }

  get isEmpty(): boolean {
    const { size } = this.#requests
    return size + this.#counters.size + this.#histograms.size + this.#gauges.size === 0
  }

  /** Everything since the last time, and starts over. */
  take(): Samples {
    const requests = [...this.#requests.values()]
    const samples: Samples = {
      counters: [...requests.map(requestCount), ...this.#counters.values()],
      histograms: [
        ...byRoute(requests),
        ...placings(requests),
        ...[...this.#histograms.values()].map(histogramOf),
      ],
      gauges: [...this.#gauges.values()],
    }
    this.#requests = new Map()
    this.#counters = new Map()
    this.#histograms = new Map()
    this.#gauges = new Map()
    return samples
  }

  #newRequests(key: string, sent: string, route: string, status: number): Requests {
    const method = METHODS.has(sent) ? sent : 'OTHER'
    const full = this.#requests.size >= MOST_SERIES || method === 'OTHER'
    const at = full ? `${method} other ${status}` : key
    const entry = this.#requests.get(at) ?? {
      ...{ method, route: full ? 'other' : route.slice(0, LONGEST_VALUE), status, sum: 0 },
      counts: noCounts(REQUEST_BOUNDS),
    }
    this.#requests.set(at, entry)
    return entry
  }

  #entry<E extends Tally>(
    of: Map<string, E>,
    name: string,
    sent: Labels,
    make: (t: Tally) => E,
  ): E {
    const key = keyOf(name, sent)
    const present = of.get(key)
    if (present !== undefined) return present
    const full = of.size >= MOST_SERIES
    const labels = Object.fromEntries(
      Object.entries(sent).map(([label, value]) => [
        label,
        full ? 'other' : value.slice(0, LONGEST_VALUE),
      ]),
    )
    const at = keyOf(name, labels)
    const entry = of.get(at) ?? make({ name, labels })
    of.set(at, entry)
    return entry
  }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

const requestCount = ({ method, route, status, counts }: Requests): CounterSample => ({
  name: 'http_requests_total',
  labels: { method, route, status: String(status) },
  value: total(counts),
})

const histogramOf = ({ name, labels, bounds, sum, counts }: Observed) => ({
  ...{ name, labels, sum },
  count: total(counts),
  buckets: bucketsOf(counts, bounds),
})

/** One sample per group, summed over its requests. */
function grouped(
  name: string,
  requests: readonly Requests[],
  labelsOf: (request: Requests) => Labels,
) {
  const groups = new Map<string, Observed>()
  for (const request of requests) {
    const labels = labelsOf(request)
    const key = labelsText(labels)
    const group = groups.get(key) ?? {
      ...{ name, labels, bounds: REQUEST_BOUNDS, sum: 0 },
      counts: noCounts(REQUEST_BOUNDS),
    }
    group.sum += request.sum
    request.counts.forEach((count, place) => {
      group.counts[place] = (group.counts[place] ?? 0) + count
    })
    groups.set(key, group)
  }
  return [...groups.values()].map(histogramOf)
}

const byRoute = (requests: readonly Requests[]) =>
  grouped('http_request_duration_seconds', requests, ({ method, route }) => ({ method, route }))

const placings = (requests: readonly Requests[]) =>
  grouped(
    'order_place_seconds',
    requests.filter(({ method, route }) => method === 'POST' && PLACING.has(route)),
    ({ status }) => ({ outcome: outcomeOf(status) }),
  )

function outcomeOf(status: number): string {
  if (status >= 500) return 'failed'
  return status >= 400 ? 'refused' : 'placed'
}
