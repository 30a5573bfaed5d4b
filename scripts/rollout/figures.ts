/** What all requests since the deployment's beginning came to, as `/metrics` shows it. */
export interface Figures {
  requests: number
  /** Answered 5xx. */
  errors: number
  /** Upper bound in seconds → requests that took no longer. */
  within: ReadonlyMap<number, number>
}

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g
/** Who asks whether it is well says nothing about what guests see. */
const APART = /^\/(?:health|metrics)/

/** Reads Prometheus' text format. */
export function readFigures(text: string): Figures {
  let [requests, errors] = [0, 0]
  const within = new Map<number, number>()
  for (const line of text.split('\n')) {
    const [, name, labelText = '', shown] = LINE.exec(line) ?? []
    if (name === undefined) continue
    const labels = new Map(
      Array.from(labelText.matchAll(LABEL), ([, label = '', value = '']) => [label, value]),
    )
    if (APART.test(labels.get('route') ?? '')) continue
    const value = Number(shown)
    if (name === 'http_requests_total') {
      requests += value
      if (labels.get('status')?.startsWith('5')) errors += value
    }
    if (name === 'http_request_duration_seconds_bucket') {
      const bound = labels.get('le') === '+Inf' ? Infinity : Number(labels.get('le'))
      within.set(bound, (within.get(bound) ?? 0) + value)
    }
  }
  return { requests, errors, within }
}

/** One stretch of time. */
export interface Stretch {
  requests: number
  errors: number
  /** Null without requests. */
  p95Seconds: number | null
}

/** What came between two readings; null where the count began anew meanwhile. */
export function between(from: Figures, to: Figures): Stretch | null {
  const [requests, errors] = [to.requests - from.requests, to.errors - from.errors]
  const within = [...to.within].map(([bound, count]) => ({
    bound,
    count: count - (from.within.get(bound) ?? 0),
  }))
  if (requests < 0 || errors < 0 || within.some(({ count }) => count < 0)) return null
  return { requests, errors, p95Seconds: percentile(within, 0.95) }
}

/** As Prometheus does it: evenly within a bucket; beyond the last bound it is that bound. */
function percentile(
  counts: readonly { bound: number; count: number }[],
  share: number,
): number | null {
  const steps = counts.toSorted((a, b) => a.bound - b.bound)
  const all = steps.at(-1)?.count ?? 0
  if (all === 0) return null
  let [lower, below] = [0, 0]
  for (const { bound, count } of steps) {
    if (count >= share * all) {
      if (bound === Infinity) return lower
      return lower + ((bound - lower) * (share * all - below)) / (count - below)
    }
    lower = bound
    below = count
  }
  return lower
}
