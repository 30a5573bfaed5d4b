import { describe, expect, it } from 'vitest'
import { WEEKDAYS, type OpeningHours } from '../../../src/domain/restaurant/hours.ts'
import {
  nextOpeningChange,
  openingOf,
  withoutWhatIsOver,
} from '../../../src/domain/restaurant/opening.ts'
import { markBusy, pause, resume } from '../../../src/domain/restaurant/pause.ts'
import type { RestaurantState } from '../../../src/domain/restaurant/settings.ts'
import { aRestaurant, MINUTE, NOW } from '../../support/orders.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Open from 11 to 22 every day, in Seoul; NOW is noon there. */
const daily = Object.fromEntries(
  WEEKDAYS.map((day) => [day, [{ open: '11:00', close: '22:00' }]]),
) as unknown as OpeningHours
const lunch = (more: Partial<RestaurantState> = {}) => aRestaurant({ openingHours: daily, ...more })
const paused = (pausedUntil: number | null) =>
  lunch({ paused: true, pausedUntil, pauseReason: 'STAFF' })

describe('whether orders are taken', () => {
  it.each<[string, RestaurantState, number, { open: boolean; opensAt: number | null }]>([
    ['within the hours', lunch(), NOW, { open: true, opensAt: null }],
    ['after them', lunch(), NOW + 10 * HOUR, { open: false, opensAt: NOW + 23 * HOUR }],
    ['in a pause without an end', paused(null), NOW, { open: false, opensAt: null }],
    ['in a pause with one', paused(NOW + HOUR), NOW, { open: false, opensAt: NOW + HOUR }],
    [
      'in a pause that ends when it is closed',
      paused(NOW + 11 * HOUR),
      NOW,
      { open: false, opensAt: NOW + 23 * HOUR },
    ],
    ['once the pause is over', paused(NOW), NOW, { open: true, opensAt: null }],
  ])('%s', (_, restaurant, now, expected) => {
    expect(openingOf(restaurant, now)).toMatchObject(expected)
  })

  it.each<[string, RestaurantState['busy'], number]>([
    ['as usual', null, 0],
    ['until somebody says otherwise', { delayMinutes: 20, until: null }, 20],
    ['for a while', { delayMinutes: 20, until: NOW + 1 }, 20],
    ['no longer', { delayMinutes: 20, until: NOW }, 0],
  ])('and how much longer they take: %s', (_, busy, busyDelayMinutes) => {
    expect(openingOf(lunch({ busy }), NOW)).toMatchObject({ open: true, busyDelayMinutes })
  })
})

describe('when that changes next', () => {
  it.each<[string, RestaurantState, number | null]>([
    ['never without hours', aRestaurant(), null],
    ['never in a pause without hours and end', aRestaurant({ paused: true }), null],
    ['at closing', lunch(), NOW + 10 * HOUR],
    ['at the end of a pause', paused(NOW + HOUR), NOW + HOUR],
    ['at the end of a busy time', lunch({ busy: { delayMinutes: 9, until: NOW + 1 } }), NOW + 1],
    [
      'not at an end that has been',
      lunch({ busy: { delayMinutes: 9, until: NOW } }),
      NOW + 10 * HOUR,
    ],
  ])('is %s', (_, restaurant, expected) => {
    expect(nextOpeningChange(restaurant, NOW)).toBe(expected)
  })

  it('takes what is over out of the settings, and nothing else', () => {
    const busy = { delayMinutes: 9, until: NOW }
    const over = { ...paused(NOW), busy }
    expect(withoutWhatIsOver(over, NOW)).toEqual(lunch())
    expect(withoutWhatIsOver(over, NOW - 1)).toEqual(over)
  })
})

describe('a pause', () => {
  it('lasts until its end, or until somebody resumes', () => {
    const result = pause(lunch(), NOW + HOUR, 'STAFF', NOW)
    expect(result).toEqual({ ok: true, value: paused(NOW + HOUR) })
    expect(resume(paused(null))).toEqual(lunch())
  })

  it.each([
    [NOW, 'in_the_past'],
    [NOW + 32 * DAY, 'too_big'],
  ])('cannot end at %s: %s', (until, reason) => {
    const refused = {
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'until', reason }] },
    }
    expect(pause(lunch(), until, 'STAFF', NOW)).toEqual(refused)
    expect(markBusy(lunch(), { delayMinutes: 5, until }, NOW)).toEqual(refused)
  })
})

describe('a busy time', () => {
  it('is set, and ended with no delay at all', () => {
    const busy = { delayMinutes: 30, until: null }
    expect(markBusy(lunch(), busy, NOW)).toEqual({ ok: true, value: lunch({ busy }) })
    expect(markBusy(lunch({ busy }), { delayMinutes: 0, until: null }, NOW)).toEqual({
      ok: true,
      value: lunch(),
    })
  })

  it.each([
    [-1, 'too_small'],
    [241, 'too_big'],
  ])('of %d minutes is %s', (delayMinutes, reason) => {
    expect(markBusy(lunch(), { delayMinutes, until: null }, NOW)).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'delay_minutes', reason }] },
    })
  })
})
