import { describe, expect, it } from 'vitest'
import { endOfBusinessDay, fieldText, instantOfField } from '../../web/lib/zoned.ts'

const SEOUL = 'Asia/Seoul'
const NEW_YORK = 'America/New_York'
const KATHMANDU = 'Asia/Kathmandu'

describe('a moment in a form', () => {
  it.each([
    [SEOUL, '2026-12-31T15:30:00.000Z', '2027-01-01T00:30'],
    [KATHMANDU, '2026-12-31T18:15:00.000Z', '2027-01-01T00:00'],
    // Clocks go forward on 8 March 2026 at 02:00, and back on 1 November at 02:00.
    [NEW_YORK, '2026-03-08T06:59:00.000Z', '2026-03-08T01:59'],
    [NEW_YORK, '2026-03-08T07:00:00.000Z', '2026-03-08T03:00'],
    [NEW_YORK, '2026-03-08T16:00:00.000Z', '2026-03-08T12:00'],
    [NEW_YORK, '2026-11-01T05:30:00.000Z', '2026-11-01T01:30'],
    [NEW_YORK, '2026-11-01T07:00:00.000Z', '2026-11-01T02:00'],
    [NEW_YORK, '2026-11-02T05:00:00.000Z', '2026-11-02T00:00'],
  ])('is by the clocks of %s: %s is %s', (zone, iso, text) => {
    expect(fieldText(iso, zone)).toBe(text)
    expect(instantOfField(text, zone)).toBe(iso)
  })

  it('is the jump where the clocks jump over it', () => {
    expect(instantOfField('2026-03-08T02:30', NEW_YORK)).toBe('2026-03-08T07:00:00.000Z')
  })

  it('stays as it was where nobody has touched it: to the second, and in an hour shown twice', () => {
    const seconds = '2026-12-31T15:30:45.000Z'
    const again = '2026-11-01T06:30:00.000Z'
    for (const [was, zone] of [
      [seconds, SEOUL],
      [again, NEW_YORK],
    ] as const)
      expect(instantOfField(fieldText(was, zone), zone, was)).toBe(was)
    expect(instantOfField('2026-11-01T01:30', NEW_YORK)).not.toBe(again)
  })

  it('is none where nothing is typed', () => {
    expect(fieldText(null, SEOUL)).toBe('')
    expect(instantOfField('', SEOUL, '2026-12-31T15:30:00.000Z')).toBeNull()
  })
})

describe('the end of a business day', () => {
  it.each([
    // Until five in the morning it is still the day before.
    [SEOUL, 5, '2026-11-20T10:00:00Z', '2026-11-20T20:00:00.000Z'],
    [SEOUL, 5, '2026-11-20T19:59:00Z', '2026-11-20T20:00:00.000Z'],
    [SEOUL, 5, '2026-11-20T20:00:00Z', '2026-11-21T20:00:00.000Z'],
    [SEOUL, 0, '2026-11-20T14:59:59Z', '2026-11-20T15:00:00.000Z'],
    [KATHMANDU, 0, '2026-11-20T12:00:00Z', '2026-11-20T18:15:00.000Z'],
    // A day of 23 hours, one of 25, and one whose last hour is jumped over.
    [NEW_YORK, 0, '2026-03-08T05:00:00Z', '2026-03-09T04:00:00.000Z'],
    [NEW_YORK, 0, '2026-11-01T04:00:00Z', '2026-11-02T05:00:00.000Z'],
    [NEW_YORK, 2, '2026-03-08T01:00:00Z', '2026-03-08T07:00:00.000Z'],
  ])('in %s with its cut-off at %d: from %s it is %s', (zone, cutoff, now, end) => {
    expect(endOfBusinessDay(Date.parse(now), zone, cutoff)).toBe(end)
  })
})
