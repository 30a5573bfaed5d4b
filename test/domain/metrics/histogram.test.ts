import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addBuckets,
  bucketsOf,
  cumulative,
  placeOf,
  quantile,
} from '../../../src/domain/metrics/histogram.ts'

const BOUNDS = [0.1, 0.5, 1, 2]

const of = (values: readonly number[], bounds: readonly number[] = BOUNDS) => {
  const counts = Array.from({ length: bounds.length + 1 }, () => 0)
  for (const value of values) counts[placeOf(value, bounds)]! += 1
  return bucketsOf(counts, bounds)
}

describe('a histogram', () => {
  it.each([
    [0, 0],
    [0.1, 0],
    [0.10001, 1],
    [2, 3],
    [2.1, 4],
    [Infinity, 4],
  ])('takes %s into place %s: a bound belongs to what is below it', (value, place) => {
    expect(placeOf(value, BOUNDS)).toBe(place)
  })

  it('is shown as counts at or below each bound, ending with all', () => {
    expect(cumulative(of([0.05, 0.2, 0.2, 9]), BOUNDS)).toEqual([
      { bound: 0.1, count: 1 },
      { bound: 0.5, count: 3 },
      { bound: 1, count: 3 },
      { bound: 2, count: 3 },
      { bound: Infinity, count: 4 },
    ])
  })

  it('keeps bounds that only another version counted by', () => {
    const both = addBuckets(of([0.05, 0.7]), of([0.2, 0.7], [0.3, 1]))
    expect(cumulative(both, BOUNDS)).toEqual([
      { bound: 0.1, count: 1 },
      { bound: 0.3, count: 2 },
      { bound: 0.5, count: 2 },
      { bound: 1, count: 4 },
      { bound: 2, count: 4 },
      { bound: Infinity, count: 4 },
    ])
  })
})

describe('a quantile', () => {
  it.each([
    ['nothing', [], 0.95, null],
    ['one value, somewhere in its bucket', [0.3], 0.5, 0.3],
    ['all in the first bucket', [0.01, 0.02], 0.5, 0.05],
    ['half below a bound', [0.05, 0.7], 0.5, 0.1],
    ['evenly spread within a bucket', [0.6, 0.7, 0.8, 0.9], 0.5, 0.75],
    ['beyond the last bound: that bound', [50, 60], 0.95, 2],
    ['the highest', [0.05, 1.5], 1, 2],
  ])('of %s', (_, values, part, expected) => {
    const found = quantile(part, of(values), BOUNDS)
    if (expected === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(expected)
  })

  it('lies in the bucket of the value that it estimates', () => {
    const values = fc.array(fc.double({ min: 0, max: 1.99, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9, 0.95, 0.99), (seen, part) => {
        const exact = seen.toSorted((a, b) => a - b)[Math.ceil(part * seen.length) - 1] ?? 0
        const estimated = quantile(part, of(seen), BOUNDS) ?? NaN
        const place = placeOf(exact, BOUNDS)
        expect(estimated).toBeGreaterThanOrEqual(place === 0 ? 0 : BOUNDS[place - 1]!)
        expect(estimated).toBeLessThanOrEqual(BOUNDS[place]!)
      }),
    )
  })
})
