import { describe, expect, it } from 'vitest'
import { startOfBusinessDay } from '../../../src/domain/order/business-day.ts'
import { MOST_DAYS, windowOfDays } from '../../../src/domain/statistics/window.ts'

const SEOUL = 'Asia/Seoul'
/** 20 November 2026, noon in Seoul. */
const NOON = Date.UTC(2026, 10, 20, 3)

const daysOf = (from: string | null, to: string | null, now = NOON) => {
  const window = windowOfDays({ from, to }, SEOUL, now)
  return window.ok ? [window.value.days.at(0), window.value.days.at(-1)] : window.refusal
}

describe('the days that figures are asked for', () => {
  it.each([
    [null, null, ['2026-11-14', '2026-11-20']],
    ['2026-11-01', null, ['2026-11-01', '2026-11-07']],
    ['2026-11-18', null, ['2026-11-18', '2026-11-20']],
    [null, '2026-11-10', ['2026-11-04', '2026-11-10']],
    ['2026-11-20', '2026-11-20', ['2026-11-20', '2026-11-20']],
    ['2026-02-27', '2026-03-01', ['2026-02-27', '2026-03-01']],
  ])('from %s to %s are %j', (from, to, days) => {
    expect(daysOf(from, to)).toEqual(days)
  })

  it('are ninety-two at most', () => {
    expect(MOST_DAYS).toBe(92)
    expect(daysOf('2026-08-01', '2026-10-31')).toEqual(['2026-08-01', '2026-10-31'])
    expect(daysOf('2026-08-01', '2026-11-01')).toEqual([{ field: 'to', reason: 'too_many_days' }])
    expect(daysOf('1999-01-01', '2026-11-01')).toEqual([{ field: 'to', reason: 'too_many_days' }])
  })

  it('do not end before they begin', () => {
    expect(daysOf('2026-11-20', '2026-11-19')).toEqual([{ field: 'to', reason: 'before_from' }])
    expect(daysOf('2026-12-01', null)).toEqual([{ field: 'to', reason: 'before_from' }])
  })

  it("begin at five by the platform's clocks: the night belongs to the day before", () => {
    const fourInTheMorning = Date.UTC(2026, 10, 19, 19)
    expect(daysOf(null, null, fourInTheMorning)).toEqual(['2026-11-13', '2026-11-19'])
    const window = windowOfDays({ from: '2026-11-20', to: '2026-11-20' }, SEOUL, NOON)
    expect(window).toMatchObject({
      ok: true,
      value: { since: Date.UTC(2026, 10, 19, 20), before: Date.UTC(2026, 10, 20, 20) },
    })
  })

  it('are as long as the clocks make them', () => {
    const zone = 'America/New_York'
    const window = windowOfDays({ from: '2026-10-31', to: '2026-10-31' }, zone, NOON)
    if (!window.ok) throw new Error('refused')
    // The clocks go back within this business day: it has twenty-five hours.
    expect(window.value.before - window.value.since).toBe(25 * 3_600_000)
    expect(window.value.since).toBe(startOfBusinessDay('2026-10-31', zone, 5))
  })
})
