import type { Buckets } from './samples.ts'

/** The place of a value among ascending bounds; `bounds.length` where it is beyond all of them. */
export function placeOf(value: number, bounds: readonly number[]): number {
  let place = 0
  while (place < bounds.length && value > (bounds[place] ?? Infinity)) place += 1
  return place
}

const BEYOND = '+Inf'

/** Counts by place as counts by bound; what was never seen is left out. */
export function bucketsOf(counts: readonly number[], bounds: readonly number[]): Buckets {
  const buckets: Record<string, number> = {}
  counts.forEach((count, place) => {
    if (count > 0) buckets[place < bounds.length ? String(bounds[place]) : BEYOND] = count
  })
  return buckets
}

/** Both together. Bounds that only one of them has are kept: two versions may count at once. */
export function addBuckets(one: Buckets, other: Buckets): Buckets {
  const sum: Record<string, number> = { ...one }
  for (const [bound, count] of Object.entries(other)) sum[bound] = (sum[bound] ?? 0) + count
  return sum
}

const numberOf = (bound: string): number => (bound === BEYOND ? Infinity : Number(bound))

/** Counts at or below each bound, ascending, over the given bounds and whatever others were counted by. */
export function cumulative(
  buckets: Buckets,
  bounds: readonly number[],
): { bound: number; count: number }[] {
  const all = new Set([...bounds, ...Object.keys(buckets).map(numberOf), Infinity])
  let count = 0
  return [...all]
    .sort((a, b) => a - b)
    .map((bound) => {
      count += buckets[bound === Infinity ? BEYOND : String(bound)] ?? 0
      return { bound, count }
    })
}

/**
 * The value that so large a part of the observations does not exceed, as Prometheus estimates it:
 * evenly spread within a bucket; beyond the last bound, that bound. Null without observations.
 */
export function quantile(part: number, buckets: Buckets, bounds: readonly number[]): number | null {
  const steps = cumulative(buckets, bounds)
  const total = steps.at(-1)?.count ?? 0
  if (total === 0) return null
  const rank = part * total
  let below = { bound: 0, count: 0 }
  for (const step of steps) {
    if (step.count >= rank && step.count > below.count) {
      if (step.bound === Infinity) return below.bound
      const within = (rank - below.count) / (step.count - below.count)
      return below.bound + (step.bound - below.bound) * within
    }
    below = step
  }
  return below.bound
}
