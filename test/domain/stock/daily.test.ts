import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StockLevel } from '../../../src/domain/menu/menu.ts'
import { businessDayOf, startOfBusinessDay } from '../../../src/domain/order/business-day.ts'
import { nextPortionsAt, portionsOfDay } from '../../../src/domain/stock/daily.ts'

const SEOUL = { timezone: 'Asia/Seoul', businessDayCutoffHour: 5 }
const daily = (portionsDay: string | null, more: Partial<StockLevel> = {}): StockLevel => ({
  itemId: 'chicken',
  level: 3,
  reserved: 0,
  dailyPortions: 20,
  portionsDay,
  ...more,
})

describe('the portions of a business day', () => {
  it.each([
    ['what was left is not added', daily('2026-11-19'), 20],
    ['what was more than a day is taken away', daily('2026-11-19', { level: 50 }), 20],
    ['what orders hold is of the new day', daily('2026-11-19', { level: 8, reserved: 8 }), 20],
    ['nothing that is held is lost', daily('2026-11-19', { level: 25, reserved: 25 }), 25],
    ['days that nobody saw bring nothing', daily('2026-10-01'), 20],
  ])('%s', (_, before, level) => {
    const after = portionsOfDay(before, '2026-11-20')
    expect(after).toEqual({ ...before, level, portionsDay: '2026-11-20' })
  })

  it.each([
    ['the day has had them', daily('2026-11-20')],
    ['a later day has had them', daily('2026-11-21')],
    ['there are none', daily(null, { dailyPortions: null })],
  ])('are not given when %s', (_, stock) => {
    expect(portionsOfDay(stock, '2026-11-20')).toBeNull()
  })
})

describe('when the next portions are due', () => {
  const noon = Date.UTC(2026, 10, 20, 3)

  it('is never where no item has any', () => {
    expect(nextPortionsAt([], noon, SEOUL)).toBeNull()
    expect(nextPortionsAt([daily(null, { dailyPortions: null })], noon, SEOUL)).toBeNull()
  })

  it('is the next cut-off, for the item that is furthest behind', () => {
    const levels = [daily('2026-11-21'), daily('2026-11-20')]
    expect(nextPortionsAt(levels, noon, SEOUL)).toBe(Date.UTC(2026, 10, 20, 20))
  })

  it('is now where the day that runs has not had its own', () => {
    expect(nextPortionsAt([daily('2026-11-19')], noon, SEOUL)).toBe(noon)
  })

  it.each([
    ['to an earlier zone', { timezone: 'America/New_York', businessDayCutoffHour: 5 }],
    ['to a later cut-off', { timezone: 'Asia/Seoul', businessDayCutoffHour: 23 }],
  ])('skips a day that has had them when the restaurant moves %s', (_, clock) => {
    const due = nextPortionsAt([daily('2026-11-20')], noon, clock)
    expect(due).not.toBeNull()
    expect(businessDayOf(due!, clock.timezone, clock.businessDayCutoffHour)).toBe('2026-11-21')
  })

  it('is a little later, not at once and again, where clocks go back over the cut-off', () => {
    // Troll station: at 3:00 it is 1:00 again.
    const clock = { timezone: 'Antarctica/Troll', businessDayCutoffHour: 2 }
    const again = Date.UTC(2026, 9, 25, 1, 30)
    expect(businessDayOf(again, clock.timezone, 2)).toBe('2026-10-24')
    expect(nextPortionsAt([daily('2026-10-24')], again, clock)).toBe(again + 60_000)
  })
})

describe('the start of a business day', () => {
  const ZONES = [
    'Asia/Seoul',
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Pacific/Apia',
    'Africa/Cairo',
  ]

  it.each([
    ['the clocks skip it', '2026-03-08', 'America/New_York', 2, '2026-03-08T07:00:00Z'],
    ['they show it twice', '2026-11-01', 'America/New_York', 1, '2026-11-01T05:00:00Z'],
    ['they go back to before it', '2026-11-01', 'America/New_York', 2, '2026-11-01T07:00:00Z'],
    ['midnight is skipped', '2026-09-06', 'America/Santiago', 0, '2026-09-06T04:00:00Z'],
  ])('where %s', (_, day, zone, cutoff, instant) => {
    const start = startOfBusinessDay(day, zone, cutoff)
    expect(new Date(start).toISOString()).toBe(instant.replace('Z', '.000Z'))
    expect(businessDayOf(start, zone, cutoff)).toBe(day)
    expect(businessDayOf(start - 1, zone, cutoff) < day).toBe(true)
  })

  it('is the first instant of the day, in any zone, at any cut-off', () => {
    const day = fc
      .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
      .map((at) => new Date(at).toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 23 }),
        day,
        (zone, hour, d) => {
          const start = startOfBusinessDay(d, zone, hour)
          expect(businessDayOf(start, zone, hour)).toBe(d)
          expect(businessDayOf(start - 1, zone, hour) < d).toBe(true)
        },
      ),
    )
  })

  it('comes up once a day however often somebody looks, and once after days asleep', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
        fc.array(fc.integer({ min: 0, max: 60 * 3_600_000 }), { minLength: 5, maxLength: 30 }),
        (timezone, businessDayCutoffHour, from, waits) => {
          const clock = { timezone, businessDayCutoffHour }
          let now = from
          let stock = daily(businessDayOf(now, timezone, businessDayCutoffHour))
          const given: string[] = []
          let due = nextPortionsAt([stock], now, clock)!
          for (const wait of waits) {
            now += wait
            const today = businessDayOf(now, timezone, businessDayCutoffHour)
            if (due <= now) {
              const after = portionsOfDay(stock, today)
              if (after !== null) given.push(today)
              stock = after ?? stock
              due = nextPortionsAt([stock], now, clock)!
            }
            expect(stock.portionsDay, 'the day that runs has had its portions').toBe(today)
            expect(due).toBeGreaterThan(now)
          }
          expect(new Set(given).size).toBe(given.length)
        },
      ),
    )
  })
})
