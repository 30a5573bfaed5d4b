import { describe, expect, it } from 'vitest'
import { HOUR_MS, windowOf } from '../../../src/domain/popularity/window.ts'

const TEN = 10 * HOUR_MS

describe('the window of a board', () => {
  it.each([
    // now, hours → whole hours from … to (not included)
    ['on the hour', TEN, 3, 8, 10],
    ['a millisecond before it', TEN - 1, 3, 7, 10],
    ['a millisecond after it', TEN + 1, 3, 8, 10],
    ['in the middle of one', TEN + HOUR_MS / 2, 3, 8, 10],
    ['of one hour, in the middle', TEN + HOUR_MS / 2, 1, 10, 10],
  ])('ending %s', (_, now, hours, fromHour, toHour) => {
    expect(windowOf(now, hours)).toEqual({
      since: now - hours * HOUR_MS,
      until: now,
      fromHour,
      toHour,
    })
  })

  it('counts every moment once: by whole hours, or by one of its ends', () => {
    for (const now of [TEN - 1, TEN, TEN + 1, TEN + 1_234_567]) {
      const { since, until, fromHour, toHour } = windowOf(now, 2)
      for (const at of [since, since + 1, fromHour * HOUR_MS - 1, fromHour * HOUR_MS, until]) {
        const hour = Math.floor(at / HOUR_MS)
        const parts = [
          hour >= fromHour && hour < toHour,
          at > since && at < fromHour * HOUR_MS,
          at >= toHour * HOUR_MS && at <= until,
        ]
        expect(parts.filter(Boolean).length, `${at} of ${now}`).toBe(at > since ? 1 : 0)
      }
    }
  })
})
