import { describe, expect, it } from 'vitest'
import { checkSettings } from '../../../src/domain/restaurant/check-settings.ts'
import {
  defaultSettings,
  type RestaurantSettings,
} from '../../../src/domain/restaurant/settings.ts'

const changed = (changes: Partial<RestaurantSettings>) =>
  checkSettings({ ...defaultSettings({ name: '맛있는 치킨집' }), ...changes })

describe('settings of a restaurant', () => {
  it.each(['PREPAID', 'POSTPAID'] as const)('are right as they come (%s)', (paymentPolicy) => {
    expect(checkSettings(defaultSettings({ name: 'x', paymentPolicy }))).toEqual([])
  })

  it.each<[string, string, Partial<RestaurantSettings>]>([
    ['name', 'too_small', { name: '  ' }],
    ['name', 'too_big', { name: '가'.repeat(201) }],
    ['timezone', 'unknown_timezone', { timezone: 'Asia/Pyeongchang' }],
    ['timezone', 'unknown_timezone', { timezone: '' }],
    ['timezone', 'unknown_timezone', { timezone: '+09:00' }],
    ['business_day_cutoff_hour', 'too_small', { businessDayCutoffHour: -1 }],
    ['business_day_cutoff_hour', 'too_big', { businessDayCutoffHour: 24 }],
    ['business_day_cutoff_hour', 'invalid_type', { businessDayCutoffHour: 4.5 }],
    ['unpaid_hold_seconds', 'too_small', { unpaidHoldSeconds: 59 }],
    ['payment_window_seconds', 'too_big', { paymentWindowSeconds: 86_401 }],
    ['accept_deadline_seconds', 'too_small', { acceptDeadlineSeconds: 0 }],
    ['max_unpaid_per_guest', 'too_small', { maxUnpaidPerGuest: 0 }],
    ['max_unpaid_per_visit', 'too_big', { maxUnpaidPerVisit: 1_001 }],
    ['payment_methods', 'too_small', { paymentMethods: [] }],
    ['payment_methods', 'repeated', { paymentMethods: ['CARD', 'CARD'] }],
    ['payment_methods', 'counter_needs_postpaid', { paymentMethods: ['COUNTER'] }],
    ['payment_methods', 'counter_needs_postpaid', { paymentMethods: ['CARD', 'COUNTER'] }],
  ])('refuse %s as %s', (field, reason, changes) => {
    expect(changed(changes)).toEqual([{ field, reason }])
  })

  it.each<Partial<RestaurantSettings>>([
    { timezone: 'America/New_York' },
    { name: '🍗'.repeat(200) },
    { businessDayCutoffHour: 0 },
    { businessDayCutoffHour: 23 },
    { paymentPolicy: 'POSTPAID', paymentMethods: ['COUNTER'] },
    { paymentPolicy: 'POSTPAID', paymentMethods: ['CARD'] },
  ])('take %o', (changes) => {
    expect(changed(changes)).toEqual([])
  })

  it('name everything that is wrong at once', () => {
    const wrong = changed({ name: '', timezone: 'Mars', paymentMethods: [] })
    expect(wrong.map(({ field }) => field)).toEqual(['name', 'timezone', 'payment_methods'])
  })
})
