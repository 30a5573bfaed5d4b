import { describe, expect, it } from 'vitest'
import { checkSettings } from '../../../src/domain/restaurant/check-settings.ts'
import {
  defaultSettings,
  type RestaurantSettings,
} from '../../../src/domain/restaurant/settings.ts'

const changed = (changes: Partial<RestaurantSettings>) =>
  checkSettings({ ...defaultSettings({ name: '맛있는 치킨집' }), ...changes })

const ACCOUNT = { bank: '신한은행', accountNo: '110-123-456789', holder: '맛있는 치킨집' }
const NO_NUMBER = { ...ACCOUNT, accountNo: '신한 110' }

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
    ['deposit_window_seconds', 'too_small', { depositWindowSeconds: 299 }],
    ['deposit_window_seconds', 'too_big', { depositWindowSeconds: 7 * 86_400 + 1 }],
    ['accept_deadline_seconds', 'too_small', { acceptDeadlineSeconds: 0 }],
    ['max_unpaid_per_guest', 'too_small', { maxUnpaidPerGuest: 0 }],
    ['max_unpaid_per_visit', 'too_big', { maxUnpaidPerVisit: 1_001 }],
    ['packaging_fee_amount', 'too_small', { packagingFeeAmount: -1 }],
    ['packaging_fee_amount', 'too_big', { packagingFeeAmount: 1_000_001 }],
    ['service_fee_basis_points', 'too_small', { serviceFeeBasisPoints: -1 }],
    ['service_fee_basis_points', 'too_big', { serviceFeeBasisPoints: 3_001 }],
    ['tax_basis_points', 'too_big', { taxBasisPoints: 10_001 }],
    ['tax_basis_points', 'invalid_type', { taxBasisPoints: 0.5 }],
    ['payment_methods', 'too_small', { paymentMethods: [] }],
    ['payment_methods', 'repeated', { paymentMethods: ['CARD', 'CARD'] }],
    ['payment_methods', 'counter_needs_postpaid', { paymentMethods: ['COUNTER'] }],
    ['payment_methods', 'counter_needs_postpaid', { paymentMethods: ['CARD', 'COUNTER'] }],
    ['payment_methods', 'prepaid_needs_payment_ahead', { paymentMethods: ['POINTS'] }],
    ['payment_methods', 'deposit_needs_account', { paymentMethods: ['CARD', 'DEPOSIT'] }],
    [
      'payment_methods',
      'needs_krw',
      { paymentMethods: ['CARD', 'DEPOSIT'], depositAccount: ACCOUNT, currency: 'USD' },
    ],
    ['payment_methods', 'needs_krw', { paymentMethods: ['CARD', 'POINTS'], currency: 'JPY' }],
    ['deposit_account.account_no', 'invalid_format', { depositAccount: NO_NUMBER }],
    ['deposit_account.holder', 'too_small', { depositAccount: { ...ACCOUNT, holder: ' ' } }],
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
    { paymentMethods: ['DEPOSIT'], depositAccount: ACCOUNT },
    { depositWindowSeconds: 300 },
    { depositWindowSeconds: 7 * 86_400 },
  ])('take %o', (changes) => {
    expect(changed(changes)).toEqual([])
  })

  it('name everything that is wrong at once', () => {
    const wrong = changed({ name: '', timezone: 'Mars', paymentMethods: [] })
    expect(wrong.map(({ field }) => field)).toEqual(['name', 'timezone', 'payment_methods'])
  })
})
