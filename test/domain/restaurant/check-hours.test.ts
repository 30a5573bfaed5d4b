import { describe, expect, it } from 'vitest'
import { checkHours } from '../../../src/domain/restaurant/check-hours.ts'
import {
  WEEKDAYS,
  type OpeningException,
  type OpeningHours,
} from '../../../src/domain/restaurant/hours.ts'

const week = (hours: Partial<OpeningHours>): OpeningHours =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, hours[day] ?? []])) as unknown as OpeningHours
const from = (open: string, close: string) => ({ open, close })
const check = (hours: Partial<OpeningHours> | null, ...openingExceptions: OpeningException[]) =>
  checkHours({ openingHours: hours === null ? null : week(hours), openingExceptions })

describe('opening hours', () => {
  it.each<[string, Partial<OpeningHours> | null, OpeningException[]]>([
    ['none at all', null, []],
    ['hours that touch', { mon: [from('11:00', '15:00'), from('15:00', '22:00')] }, []],
    [
      'a night that ends where the day begins',
      { mon: [from('18:00', '09:00')], tue: [from('09:00', '10:00')] },
      [],
    ],
    ['a whole day', { mon: [from('00:00', '00:00')], tue: [from('00:00', '00:00')] }, []],
    [
      'Sunday night up to Monday',
      { sun: [from('20:00', '04:00')], mon: [from('04:00', '05:00')] },
      [],
    ],
    ['nothing but exceptions', {}, [{ date: '2026-12-25', hours: [from('10:00', '12:00')] }]],
    [
      'a night out of a dated day of a restaurant that is always open',
      null,
      [{ date: '2026-12-25', hours: [from('20:00', '04:00')] }],
    ],
    [
      'a dated day instead of one that would run into the next',
      { thu: [from('18:00', '06:00')], fri: [from('06:00', '07:00')] },
      [{ date: '2026-12-25', hours: [from('06:00', '20:00')] }],
    ],
  ])('may be %s', (_, hours, exceptions) => {
    expect(check(hours, ...exceptions)).toEqual([])
  })

  it.each<[string, string, Partial<OpeningHours>]>([
    [
      'opening_hours.mon.1.open',
      'overlaps',
      { mon: [from('11:00', '15:00'), from('14:59', '22:00')] },
    ],
    [
      'opening_hours.mon.0.open',
      'overlaps',
      { mon: [from('14:00', '22:00'), from('11:00', '15:00')] },
    ],
    [
      'opening_hours.tue.0.open',
      'overlaps',
      { mon: [from('18:00', '02:00')], tue: [from('01:59', '10:00')] },
    ],
    [
      'opening_hours.mon.0.open',
      'overlaps',
      { sun: [from('18:00', '02:00')], mon: [from('01:59', '10:00')] },
    ],
    [
      'opening_hours.tue.0.open',
      'overlaps',
      { mon: [from('10:00', '10:00')], tue: [from('09:00', '11:00')] },
    ],
    ['opening_hours.fri.0.open', 'invalid_time', { fri: [from('24:00', '02:00')] }],
    ['opening_hours.fri.0.close', 'invalid_time', { fri: [from('18:00', '2:00')] }],
    [
      'opening_hours.fri',
      'too_big',
      { fri: Array.from({ length: 11 }, () => from('01:00', '02:00')) },
    ],
    ['opening_hours', 'never_open', {}],
  ])('are refused at %s as %s', (field, reason, hours) => {
    expect(check(hours)).toEqual([{ field, reason }])
  })

  it('name the day that another runs into, though a third lies between', () => {
    const hours = {
      mon: [from('10:00', '09:00'), from('11:00', '12:00')],
      tue: [from('08:00', '09:00')],
    }
    expect(check(hours).map(({ field }) => field)).toEqual([
      'opening_hours.mon.1.open',
      'opening_hours.tue.0.open',
    ])
  })
})

describe('exceptions from opening hours', () => {
  const usual = { thu: [from('18:00', '02:00')], sat: [from('09:00', '10:00')] }

  it.each<[string, string, OpeningException[]]>([
    ['opening_exceptions.0.date', 'invalid_date', [{ date: '2026-02-29', hours: [] }]],
    ['opening_exceptions.0.date', 'invalid_date', [{ date: '26-2-2', hours: [] }]],
    [
      'opening_exceptions.1.date',
      'repeated',
      [
        { date: '2026-12-25', hours: [] },
        { date: '2026-12-25', hours: [] },
      ],
    ],
    [
      'opening_exceptions.0.hours.0.close',
      'invalid_time',
      [{ date: '2026-12-25', hours: [from('10:00', '12:60')] }],
    ],
    [
      'opening_exceptions.0.hours.1.open',
      'overlaps',
      [{ date: '2026-12-25', hours: [from('10:00', '12:00'), from('11:00', '13:00')] }],
    ],
    [
      'opening_exceptions.0.hours.0.open',
      'overlaps',
      [{ date: '2026-12-25', hours: [from('01:00', '12:00')] }],
    ],
    [
      'opening_exceptions.0.hours.0.open',
      'overlaps',
      [{ date: '2026-12-25', hours: [from('20:00', '09:30')] }],
    ],
    [
      'opening_exceptions.1.hours.0.open',
      'overlaps',
      [
        { date: '2026-12-28', hours: [from('20:00', '04:00')] },
        { date: '2026-12-29', hours: [from('03:00', '05:00')] },
      ],
    ],
    [
      'opening_exceptions',
      'too_big',
      Array.from({ length: 367 }, () => ({ date: '2026-12-25', hours: [] })),
    ],
  ])('are refused at %s as %s', (field, reason, exceptions) => {
    expect(check(usual, ...exceptions)).toEqual([{ field, reason }])
  })
})
