import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isWithinHours,
  nextChange,
  nextOpening,
  WEEKDAYS,
  type OpeningHours,
  type OpenInterval,
  type Schedule,
} from '../../../src/domain/restaurant/hours.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const week = (hours: Partial<OpeningHours>): OpeningHours =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, hours[day] ?? []])) as unknown as OpeningHours
const daily = (...hours: OpenInterval[]): OpeningHours =>
  week(Object.fromEntries(WEEKDAYS.map((day) => [day, hours])))
const from = (open: string, close: string): OpenInterval => ({ open, close })
const schedule = (more: Partial<Schedule>): Schedule => ({
  timezone: 'Asia/Seoul',
  openingHours: null,
  openingExceptions: [],
  ...more,
})
const at = (text: string): number => Date.parse(text)
const iso = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString()

describe('opening hours', () => {
  it('that are not set are always', () => {
    expect(isWithinHours(schedule({}), at('2026-11-20T18:00:00Z'))).toBe(true)
    expect(nextChange(schedule({}), at('2026-11-20T18:00:00Z'))).toBeNull()
  })

  const evening = schedule({ openingHours: week({ fri: [from('17:00', '02:00')] }) })

  it.each([
    ['2026-11-20T16:59:59+09:00', false],
    ['2026-11-20T17:00:00+09:00', true],
    ['2026-11-20T23:59:59+09:00', true],
    ['2026-11-21T01:59:59+09:00', true],
    ['2026-11-21T02:00:00+09:00', false],
    ['2026-11-21T17:00:00+09:00', false],
  ])('of a Friday night run into Saturday: %s → %s', (time, open) => {
    expect(isWithinHours(evening, at(time))).toBe(open)
  })

  it('say when they begin and end next', () => {
    expect(iso(nextOpening(evening, at('2026-11-21T02:00:00+09:00')))).toBe(
      '2026-11-27T08:00:00.000Z',
    )
    expect(iso(nextChange(evening, at('2026-11-20T18:00:00+09:00')))).toBe(
      '2026-11-20T17:00:00.000Z',
    )
    expect(iso(nextChange(evening, at('2026-11-20T12:00:00+09:00')))).toBe(
      '2026-11-20T08:00:00.000Z',
    )
    const open = at('2026-11-20T18:00:00+09:00')
    expect(nextOpening(evening, open)).toBe(open)
  })

  it('that touch at midnight are one stretch, and those round the clock never end', () => {
    const weekend = schedule({
      openingHours: week({ sat: [from('10:00', '00:00')], sun: [from('00:00', '20:00')] }),
    })
    expect(iso(nextChange(weekend, at('2026-11-21T12:00:00+09:00')))).toBe(
      '2026-11-22T11:00:00.000Z',
    )
    const always = schedule({ openingHours: daily(from('06:00', '06:00')) })
    expect(isWithinHours(always, at('2026-11-21T05:59:59+09:00'))).toBe(true)
    expect(nextChange(always, at('2026-11-21T12:00:00+09:00'))).toBeNull()
  })

  it('with a break close in between', () => {
    const lunch = schedule({ openingHours: daily(from('11:00', '15:00'), from('17:00', '22:00')) })
    expect(isWithinHours(lunch, at('2026-11-20T16:00:00+09:00'))).toBe(false)
    expect(iso(nextOpening(lunch, at('2026-11-20T16:00:00+09:00')))).toBe(
      '2026-11-20T08:00:00.000Z',
    )
  })
})

describe('a date with hours of its own', () => {
  const holiday = schedule({
    openingHours: daily(from('18:00', '02:00')),
    openingExceptions: [
      { date: '2026-12-24', hours: [from('12:00', '15:00')] },
      { date: '2026-12-25', hours: [] },
    ],
  })

  it('has those instead, and the night before runs out as always', () => {
    expect(isWithinHours(holiday, at('2026-12-24T01:00:00+09:00'))).toBe(true)
    expect(isWithinHours(holiday, at('2026-12-24T12:00:00+09:00'))).toBe(true)
    expect(isWithinHours(holiday, at('2026-12-24T19:00:00+09:00'))).toBe(false)
    expect(isWithinHours(holiday, at('2026-12-25T19:00:00+09:00'))).toBe(false)
  })

  it('is passed over when the next opening is looked for', () => {
    expect(iso(nextOpening(holiday, at('2026-12-24T15:00:00+09:00')))).toBe(
      '2026-12-26T09:00:00.000Z',
    )
  })

  it('closes a restaurant that is otherwise always open', () => {
    const closed = schedule({ openingExceptions: [{ date: '2026-12-25', hours: [] }] })
    expect(isWithinHours(closed, at('2026-12-25T12:00:00+09:00'))).toBe(false)
    expect(iso(nextChange(closed, at('2026-12-20T12:00:00+09:00')))).toBe(
      '2026-12-24T15:00:00.000Z',
    )
    expect(iso(nextChange(closed, at('2026-12-25T12:00:00+09:00')))).toBe(
      '2026-12-25T15:00:00.000Z',
    )
  })

  it('may be the only one there is; after it nobody knows', () => {
    const popUp = schedule({
      openingHours: week({}),
      openingExceptions: [{ date: '2026-12-25', hours: [from('12:00', '15:00')] }],
    })
    expect(iso(nextOpening(popUp, at('2026-11-20T00:00:00Z')))).toBe('2026-12-25T03:00:00.000Z')
    expect(nextOpening(popUp, at('2026-12-26T00:00:00Z'))).toBeNull()
    expect(nextChange(popUp, at('2026-12-26T00:00:00Z'))).toBeNull()
  })
})

/** Clocks go forward over one hour and back through one twice. */
describe.each([
  {
    timezone: 'America/New_York',
    jump: { date: '2026-03-08', at: '2026-03-08T07:00:00Z', gap: from('02:30', '05:00') },
    twice: { date: '2026-11-01', first: '2026-11-01T05:30:00Z', hour: from('01:30', '04:00') },
  },
  {
    timezone: 'Europe/Berlin',
    jump: { date: '2026-03-29', at: '2026-03-29T01:00:00Z', gap: from('02:30', '05:00') },
    twice: { date: '2026-10-25', first: '2026-10-25T00:30:00Z', hour: from('02:30', '04:00') },
  },
  {
    timezone: 'Australia/Lord_Howe',
    jump: { date: '2026-10-04', at: '2026-10-03T15:30:00Z', gap: from('02:15', '05:00') },
    twice: { date: '2026-04-05', first: '2026-04-04T14:45:00Z', hour: from('01:45', '04:00') },
  },
])('on a night when clocks change in $timezone', ({ timezone, jump, twice }) => {
  const on = (date: string, hours: OpenInterval) =>
    schedule({ timezone, openingHours: week({}), openingExceptions: [{ date, hours: [hours] }] })

  it('opens at the jump what was to open in the hour that is skipped', () => {
    const skipped = on(jump.date, jump.gap)
    expect(isWithinHours(skipped, at(jump.at) - 1)).toBe(false)
    expect(isWithinHours(skipped, at(jump.at))).toBe(true)
    expect(iso(nextOpening(skipped, at(jump.at) - 5 * HOUR))).toBe(iso(at(jump.at)))
  })

  it('does not open at all for hours that are skipped altogether', () => {
    const inside = on(jump.date, from(jump.gap.open, jump.gap.open.replace(/.$/, '9')))
    expect(nextOpening(inside, at(jump.at) - DAY)).toBeNull()
  })

  it('opens once, the first time the clocks show the hour', () => {
    const doubled = on(twice.date, twice.hour)
    const opening = at(twice.first)
    expect(isWithinHours(doubled, opening - MINUTE)).toBe(false)
    expect(isWithinHours(doubled, opening)).toBe(true)
    expect(iso(nextOpening(doubled, opening - HOUR))).toBe(iso(opening))
    expect(nextChange(doubled, opening)).toBeGreaterThan(opening + 2 * HOUR)
  })

  it('closes once, the first time the clocks show the hour', () => {
    const doubled = on(twice.date, from('00:15', twice.hour.open))
    expect(iso(nextChange(doubled, at(twice.first) - MINUTE))).toBe(iso(at(twice.first)))
    for (let minute = 0; minute < 180; minute += 1)
      expect(isWithinHours(doubled, at(twice.first) + minute * MINUTE)).toBe(false)
  })
})

/** What the clocks of a zone show, minute by minute: `YYYY-MM-DDTHH:MM`. */
function wall(timezone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return (time) => format.format(time).replace(' ', 'T')
}

const nextDay = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10)

/**
 * Walks through every minute and opens and closes by what the clocks have come to, knowing nothing of
 * offsets: hours hold from the first minute that shows their opening or later, to the first that
 * shows their closing or later.
 */
function walk(plan: Schedule, start: number, minutes: number): boolean[] {
  const show = wall(plan.timezone)
  const shown = Array.from({ length: minutes }, (_, minute) => show(start + minute * MINUTE))
  const open = shown.map(() => false)
  for (const date of new Set(shown.map((text) => text.slice(0, 10)))) {
    const day = WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!
    const exception = plan.openingExceptions.find((other) => other.date === date)
    for (const hours of exception?.hours ?? plan.openingHours![day]) {
      const closes = hours.close > hours.open ? date : nextDay(date)
      const first = shown.findIndex((text) => text >= `${date}T${hours.open}`)
      const past = shown.findIndex((text) => text >= `${closes}T${hours.close}`)
      if (first >= 0) open.fill(true, first, past < 0 ? minutes : past)
    }
  }
  return open
}

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 37, 45))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const someHours = fc.array(fc.record({ open: time, close: time }), { maxLength: 2 })

describe('whether it is open', () => {
  const NIGHTS = [
    ['Asia/Seoul', '2026-11-18'],
    ['America/New_York', '2026-03-06'],
    ['America/New_York', '2026-10-30'],
    ['Europe/Berlin', '2026-03-27'],
    ['Europe/Berlin', '2026-10-23'],
    ['Australia/Lord_Howe', '2026-04-03'],
    ['Australia/Lord_Howe', '2026-10-02'],
    ['America/Havana', '2026-10-30'],
    ['Africa/Cairo', '2026-04-22'],
  ] as const

  it.each(NIGHTS)('is what a walk through every minute finds, in %s from %s', (timezone, date) => {
    const start = at(`${date}T00:00:00Z`)
    fc.assert(
      fc.property(
        fc.tuple(...WEEKDAYS.map(() => someHours)),
        fc.option(someHours, { nil: null }),
        (days, special) => {
          const plan = schedule({
            timezone,
            openingHours: week(
              Object.fromEntries(WEEKDAYS.map((day, index) => [day, days[index] ?? []])),
            ),
            openingExceptions:
              special === null ? [] : [{ date: nextDay(nextDay(date)), hours: special }],
          })
          const walked = walk(plan, start, 5 * 24 * 60)
          // The first days' hours may have begun before the walk did.
          for (let minute = 48 * 60; minute < walked.length; minute += 1)
            if (isWithinHours(plan, start + minute * MINUTE) !== walked[minute]) return false
          return true
        },
      ),
      { numRuns: 12 },
    )
  })

  it.each(NIGHTS)('changes exactly when it says it will, in %s from %s', (timezone, date) => {
    const start = at(`${date}T12:00:00Z`)
    fc.assert(
      fc.property(
        fc.tuple(...WEEKDAYS.map(() => someHours)),
        fc.nat(4 * 24 * 60),
        (days, minute) => {
          const plan = schedule({
            timezone,
            openingHours: week(
              Object.fromEntries(WEEKDAYS.map((day, index) => [day, days[index] ?? []])),
            ),
          })
          const now = start + minute * MINUTE
          const open = isWithinHours(plan, now)
          const change = nextChange(plan, now)
          if (!open) expect(nextOpening(plan, now)).toBe(change)
          if (change === null) return
          expect(isWithinHours(plan, change)).toBe(!open)
          for (let then = now; then < change; then += 7 * MINUTE)
            expect(isWithinHours(plan, then)).toBe(open)
          expect(isWithinHours(plan, change - 1)).toBe(open)
        },
      ),
      { numRuns: 25 },
    )
  })
})
