import { describe, expect, it } from 'vitest'
import { createCounters } from '../../../src/domain/limits/counters.ts'

const NOON = Date.UTC(2026, 10, 20, 3)
const LIMIT = 60

/** A caller's calls let through at these times. */
const letThrough = (times: readonly number[]): number[] => {
  const counters = createCounters(10)
  return times.filter((at) => counters.take('one', LIMIT, at) === null)
}

describe('counting calls', () => {
  it('lets as many through as the limit, and refuses the next', () => {
    const counters = createCounters(10)
    for (let call = 0; call < LIMIT; call += 1)
      expect(counters.take('one', LIMIT, NOON + call)).toBeNull()
    expect(counters.take('one', LIMIT, NOON + LIMIT)).not.toBeNull()
    expect(counters.take('another', LIMIT, NOON + LIMIT)).toBeNull()
  })

  it.each([1, 7, 250, 333, 999, 1_000, 1_500])(
    'lets no span of a minute hold more, with a call every %s ms',
    (every) => {
      const times = Array.from({ length: 400_000 / every }, (_, n) => NOON + n * every)
      const passed = letThrough(times.slice(0, 5_000))
      passed.forEach((at, n) => {
        const later = passed[n + LIMIT]
        if (later !== undefined) expect(later - at).toBeGreaterThanOrEqual(60_000)
      })
      expect(passed.length).toBeGreaterThan(0)
    },
  )

  it.each([0, 1, 499, 999])(
    'tells exactly when the next is let through, begun %s ms in',
    (begun) => {
      const refused = (later: number): number | null => {
        const counters = createCounters(10)
        for (let call = 0; call < LIMIT; call += 1) counters.take('one', LIMIT, NOON + begun)
        const wait = counters.take('one', LIMIT, NOON + begun + 5_000)
        if (wait === null) throw new Error('was let through')
        return counters.take('one', LIMIT, NOON + begun + 5_000 + wait + later)
      }
      expect(refused(0)).toBeNull()
      expect(refused(-1)).toBe(1)
    },
  )

  it('does not count what it refused', () => {
    const counters = createCounters(10)
    for (let call = 0; call < LIMIT * 3; call += 1) counters.take('one', LIMIT, NOON)
    const again = NOON + 61_000
    for (let call = 0; call < LIMIT; call += 1)
      expect(counters.take('one', LIMIT, again)).toBeNull()
  })

  it('starts anew on a clock that was set back', () => {
    const counters = createCounters(10)
    for (let call = 0; call < LIMIT; call += 1) counters.take('one', LIMIT, NOON)
    expect(counters.take('one', LIMIT, NOON - 3_600_000)).toBeNull()
  })

  it('forgets who was quiet longest when there are too many', () => {
    const counters = createCounters(2)
    for (const caller of ['a', 'b', 'a', 'c']) counters.take(caller, 1, NOON)
    expect(counters.take('a', 1, NOON)).not.toBeNull()
    expect(counters.take('b', 1, NOON)).toBeNull()
  })
})
