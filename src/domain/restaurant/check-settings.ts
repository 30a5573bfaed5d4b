import { isTimezone } from '../local-time.ts'
import type { FieldError } from '../refusal.ts'
import { checkHours } from './check-hours.ts'
import type { PaymentMethod, RestaurantSettings } from './settings.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const MAX_NAME_CHARS = 200

/** Inclusive bounds of the numbers; below those of times orders would end before anyone could act. */
const BOUNDS = [
  ['businessDayCutoffHour', 'business_day_cutoff_hour', 0, 23],
  ['unpaidHoldSeconds', 'unpaid_hold_seconds', MINUTE, 24 * HOUR],
  ['paymentWindowSeconds', 'payment_window_seconds', MINUTE, 24 * HOUR],
  ['depositWindowSeconds', 'deposit_window_seconds', 5 * MINUTE, 7 * 24 * HOUR],
  ['acceptDeadlineSeconds', 'accept_deadline_seconds', 30, 24 * HOUR],
  ['maxUnpaidPerGuest', 'max_unpaid_per_guest', 1, 100],
  ['maxUnpaidPerVisit', 'max_unpaid_per_visit', 1, 1_000],
  ['unseenAlertSeconds', 'unseen_alert_seconds', 10, HOUR],
  ['packagingFeeAmount', 'packaging_fee_amount', 0, 1_000_000],
  ['serviceFeeBasisPoints', 'service_fee_basis_points', 0, 3_000],
  ['taxBasisPoints', 'tax_basis_points', 0, 10_000],
] as const satisfies readonly (readonly [keyof RestaurantSettings, string, number, number])[]

/** What is wrong with the settings, by the API's field names. */
export function checkSettings(settings: RestaurantSettings): FieldError[] {
  return [
    ...nameErrors(settings),
    ...boundErrors(settings),
    ...paymentErrors(settings),
    ...depositErrors(settings),
    ...cardErrors(settings),
    ...checkHours(settings),
  ]
}

function nameErrors({ name, timezone }: RestaurantSettings): FieldError[] {
  const errors: FieldError[] = []
  const length = Array.from(name.trim()).length
  if (length === 0) errors.push({ field: 'name', reason: 'too_small' })
  if (length > MAX_NAME_CHARS) errors.push({ field: 'name', reason: 'too_big' })
  // Engines also take bare offsets such as +09:00, which know no daylight saving.
  if (!/^[A-Za-z]/.test(timezone) || !isTimezone(timezone))
    errors.push({ field: 'timezone', reason: 'unknown_timezone' })
  return errors
}

const boundErrors = (settings: RestaurantSettings): FieldError[] =>
  BOUNDS.flatMap(([key, field, least, most]) => {
    const value = settings[key]
    if (!Number.isInteger(value)) return [{ field, reason: 'invalid_type' }]
    if (value < least) return [{ field, reason: 'too_small' }]
    return value > most ? [{ field, reason: 'too_big' }] : []
  })

/** Banks' accounts here, and points that are worth a won each. */
const IN_WON: readonly PaymentMethod[] = ['DEPOSIT', 'VIRTUAL_ACCOUNT', 'POINTS']
/** By these alone a guest pays away from the counter; points may be fewer than the order costs. */
const PAYS_AHEAD: readonly PaymentMethod[] = ['CARD', 'VIRTUAL_ACCOUNT', 'STRIPE', 'DEPOSIT']

function paymentErrors(settings: RestaurantSettings): FieldError[] {
  const { paymentPolicy, paymentMethods, currency, depositAccount } = settings
  const error = (reason: string): FieldError[] => [{ field: 'payment_methods', reason }]
  if (paymentMethods.length === 0) return error('too_small')
  if (new Set(paymentMethods).size < paymentMethods.length) return error('repeated')
  if (currency !== 'KRW' && IN_WON.some((method) => paymentMethods.includes(method)))
    return error('needs_krw')
  if (depositAccount === null && paymentMethods.includes('DEPOSIT'))
    return error('deposit_needs_account')
  if (paymentPolicy === 'POSTPAID') return []
  // Nobody stands at a counter to take the money before the kitchen starts.
  if (paymentMethods.includes('COUNTER')) return error('counter_needs_postpaid')
  return PAYS_AHEAD.some((method) => paymentMethods.includes(method))
    ? []
    : error('prepaid_needs_payment_ahead')
}

const cardErrors = ({ orderCards }: RestaurantSettings): FieldError[] =>
  new Set(orderCards).size < (orderCards ?? []).length
    ? [{ field: 'order_cards', reason: 'repeated' }]
    : []

function depositErrors({ depositAccount }: RestaurantSettings): FieldError[] {
  if (depositAccount === null) return []
  const { bank, accountNo, holder } = depositAccount
  const missing = Object.entries({ bank, account_no: accountNo, holder })
    .filter(([, text]) => text.trim() === '')
    .map(([field]) => ({ field: `deposit_account.${field}`, reason: 'too_small' }))
  if (missing.length > 0) return missing
  return /^[\d-]{6,30}$/.test(accountNo)
    ? []
    : [{ field: 'deposit_account.account_no', reason: 'invalid_format' }]
}
