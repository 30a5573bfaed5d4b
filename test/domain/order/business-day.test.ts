import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTimezone } from '../../../src/domain/local-time.ts'
import { businessDayOf, farthestSpanOf } from '../../../src/domain/order/business-day.ts'

const day = (at: string, zone: string, cutoff = 5) => businessDayOf(Date.parse(at), zone, cutoff)

describe('the business day', () => {
  it.each([
    ['an order at noon', '2026-11-20T12:00:00+09:00', '2026-11-20'],
    [
      'an order at half past midnight counts to the evening before',
      '2026-11-21T00:30:00+09:00',
      '2026-11-20',
    ],
    ['the last second before the cut-off', '2026-11-21T04:59:59.999+09:00', '2026-11-20'],
    ['the cut-off itself', '2026-11-21T05:00:00+09:00', '2026-11-21'],
    ['the first hours of a month', '2026-12-01T01:00:00+09:00', '2026-11-30'],
    ['the first hours of a year', '2027-01-01T01:00:00+09:00', '2026-12-31'],
    ['the first hours of March in a leap year', '2028-03-01T01:00:00+09:00', '2028-02-29'],
  ])('%s', (_, at, expected) => expect(day(at, 'Asia/Seoul')).toBe(expected))

  it('is the calendar day where the cut-off is midnight', () => {
    expect(day('2026-11-20T23:59:59.999+09:00', 'Asia/Seoul', 0)).toBe('2026-11-20')
    expect(day('2026-11-21T00:00:00+09:00', 'Asia/Seoul', 0)).toBe('2026-11-21')
  })

  it('follows the restaurant’s zone, not the server’s, also with quarters of an hour', () => {
    const at = '2026-11-20T23:14:59Z'
    expect(day(at, 'Asia/Kathmandu')).toBe('2026-11-20')
    expect(day('2026-11-20T23:15:00Z', 'Asia/Kathmandu')).toBe('2026-11-21')
    expect(day(at, 'Asia/Seoul')).toBe('2026-11-21')
    expect(day(at, 'America/New_York')).toBe('2026-11-20')
  })
})

describe('the business day on nights when clocks change', () => {
  const CHANGES: [zone: string, night: string, cutoff: number, before: string, after: string][] = [
    ['Europe/Berlin', 'to summer', 5, '2026-03-29T02:59:59Z', '2026-03-29T03:00:00Z'],
    ['Europe/Berlin', 'to winter', 5, '2026-10-25T03:59:59Z', '2026-10-25T04:00:00Z'],
    ['America/New_York', 'to summer', 5, '2026-03-08T08:59:59Z', '2026-03-08T09:00:00Z'],
    ['America/New_York', 'to winter', 5, '2026-11-01T09:59:59Z', '2026-11-01T10:00:00Z'],
    // Clocks go back by half an hour at two, and forward from two to half past.
    ['Australia/Lord_Howe', 'to winter', 5, '2026-04-04T18:29:59Z', '2026-04-04T18:30:00Z'],
    ['Australia/Lord_Howe', 'to summer', 5, '2026-10-03T17:59:59Z', '2026-10-03T18:00:00Z'],
    // The hour of the cut-off itself is left out, or comes twice.
    [
      'Europe/Berlin',
      'to summer, at the hour left out',
      2,
      '2026-03-29T00:59:59Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'Europe/Berlin',
      'to winter, at the hour that comes twice',
      2,
      '2026-10-24T23:59:59Z',
      '2026-10-25T00:00:00Z',
    ],
    [
      'America/New_York',
      'to summer, at the hour left out',
      2,
      '2026-03-08T06:59:59Z',
      '2026-03-08T07:00:00Z',
    ],
    [
      'America/New_York',
      'to winter, after the hour that comes twice',
      2,
      '2026-11-01T06:59:59Z',
      '2026-11-01T07:00:00Z',
    ],
    [
      'Australia/Lord_Howe',
      'to winter, when two comes late',
      2,
      '2026-04-04T15:29:59Z',
      '2026-04-04T15:30:00Z',
    ],
  ]

  it.each(CHANGES)('%s %s turns at %i o’clock local time', (zone, _, cutoff, before, after) => {
    const next = Date.parse(`${day(after, zone, cutoff)}T00:00:00Z`)
    const previous = new Date(next - 24 * 3600 * 1000).toISOString().slice(0, 10)
    expect(day(before, zone, cutoff)).toBe(previous)
  })

  it.each(CHANGES)('%s %s is one stretch of time (cut-off %i)', (zone, _, cutoff, before) => {
    const days = Array.from({ length: 40 * 4 }, (_, quarter) =>
      businessDayOf(Date.parse(before) + (quarter - 80) * 15 * 60_000, zone, cutoff),
    )
    expect(days).toEqual([...days].sort())
    expect(new Set(days).size).toBe(2)
  })
})

describe('business days', () => {
  const ZONES = [
    'Asia/Seoul',
    'Asia/Kathmandu',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'America/Havana',
    'Africa/Cairo',
    'UTC',
  ]
  const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })

  it('never go back while time goes on', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 1, max: 3 * 24 * 3600 * 1000 }),
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 23 }),
        (at, later, zone, cutoff) => {
          const [one, two] = [
            businessDayOf(at, zone, cutoff),
            businessDayOf(at + later, zone, cutoff),
          ]
          expect(one).toMatch(/^\d{4}-\d{2}-\d{2}$/)
          expect(one <= two).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('are at most one away from the calendar’s', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), fc.nat(23), (at, zone, cutoff) => {
        const calendar = Date.parse(businessDayOf(at, zone, 0))
        const behind = calendar - Date.parse(businessDayOf(at, zone, cutoff))
        expect([0, 24 * 3600 * 1000]).toContain(behind)
      }),
    )
  })
})

describe('the farthest span of a business day', () => {
  const ENDS = ['Pacific/Kiritimati', 'Pacific/Apia', 'Pacific/Niue', 'Etc/GMT+12', 'Asia/Seoul']
  const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })

  it('holds every instant of that day, in any zone and with any cut-off', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ENDS), fc.nat(23), (at, zone, cutoff) => {
        const { from, before } = farthestSpanOf(businessDayOf(at, zone, cutoff))
        expect(from).toBeLessThanOrEqual(at)
        expect(before).toBeGreaterThan(at)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is no longer than that takes', () => {
    const { from, before } = farthestSpanOf('2026-11-20')
    expect(businessDayOf(from, 'Pacific/Kiritimati', 0)).toBe('2026-11-20')
    expect(businessDayOf(before - 1, 'Etc/GMT+12', 23)).toBe('2026-11-20')
  })
})

describe('naming a time zone', () => {
  it.each(['Asia/Seoul', 'Australia/Lord_Howe', 'UTC'])('knows %s', (zone) =>
    expect(isTimezone(zone)).toBe(true),
  )
  it.each(['Asia/Pyeongchon', '', 'Seoul', 'Asia/Seoul\n'])('does not know %j', (zone) =>
    expect(isTimezone(zone)).toBe(false),
  )
})
