import type { Currency } from '../money.ts'

export const PAYMENT_METHODS = ['CARD', 'COUNTER'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]
export const PAYMENT_POLICIES = ['PREPAID', 'POSTPAID'] as const
export type PaymentPolicy = (typeof PAYMENT_POLICIES)[number]
export const TABLE_ACCESS = ['OPEN', 'SCAN', 'SEATED'] as const
/** OPEN: a table may simply be named. SCAN: a visit token from the code. SEATED: staff opens the visit first. */
export type TableAccess = (typeof TABLE_ACCESS)[number]
export const ACCEPT_OUTCOMES = ['AUTO_ACCEPT', 'AUTO_REJECT'] as const
export type AcceptOutcome = (typeof ACCEPT_OUTCOMES)[number]

export interface RestaurantSettings {
  name: string
  /** IANA zone; business days and numbers follow it. */
  timezone: string
  currency: Currency
  market: string
  paymentPolicy: PaymentPolicy
  paymentMethods: readonly PaymentMethod[]
  tableAccess: TableAccess
  tableOrderingEnabled: boolean
  /** While true no order is taken: 409 RESTAURANT_CLOSED. */
  paused: boolean
  /** Local hour at which a new business day starts. */
  businessDayCutoffHour: number
  /** How long a prepaid order may stay unpaid. */
  unpaidHoldSeconds: number
  /** What opening a payment extends that to, once: Toss gives 30 min to authenticate and 10 to confirm. */
  paymentWindowSeconds: number
  acceptDeadlineSeconds: number
  acceptDeadlineOutcome: AcceptOutcome
  maxUnpaidPerGuest: number
  maxUnpaidPerVisit: number
}

/** A restaurant as created: what the caller leaves out takes these values. */
export function defaultSettings(
  given: Partial<RestaurantSettings> & { name: string },
): RestaurantSettings {
  const paymentPolicy = given.paymentPolicy ?? 'PREPAID'
  return {
    timezone: 'Asia/Seoul',
    currency: 'KRW',
    market: 'KR',
    paymentMethods: paymentPolicy === 'PREPAID' ? ['CARD'] : ['COUNTER', 'CARD'],
    tableAccess: paymentPolicy === 'PREPAID' ? 'OPEN' : 'SCAN',
    tableOrderingEnabled: true,
    paused: false,
    businessDayCutoffHour: 5,
    unpaidHoldSeconds: 15 * 60,
    paymentWindowSeconds: 40 * 60,
    acceptDeadlineSeconds: 10 * 60,
    acceptDeadlineOutcome: 'AUTO_REJECT',
    maxUnpaidPerGuest: 2,
    maxUnpaidPerVisit: 6,
    ...given,
    paymentPolicy,
  }
}

export interface RestaurantState extends RestaurantSettings {
  id: string
  /** Raised when the object is restored from a backup: event numbers are ordered within an epoch. */
  epoch: number
  menuVersion: number
  createdAt: number
}
