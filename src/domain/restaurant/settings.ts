import type { AmountMinor, Currency } from '../money.ts'
import type { Schedule } from './hours.ts'
import type { Sink } from './secrets.ts'

export const PAYMENT_METHODS = [
  'CARD',
  'VIRTUAL_ACCOUNT',
  'STRIPE',
  'DEPOSIT',
  'POINTS',
  'COUNTER',
] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]
export const PAYMENT_POLICIES = ['PREPAID', 'POSTPAID'] as const
export type PaymentPolicy = (typeof PAYMENT_POLICIES)[number]
export const TABLE_ACCESS = ['OPEN', 'SCAN', 'SEATED'] as const
/** OPEN: a table may simply be named. SCAN: a visit token from the code. SEATED: staff opens the visit first. */
export type TableAccess = (typeof TABLE_ACCESS)[number]
export const ACCEPT_OUTCOMES = ['AUTO_ACCEPT', 'AUTO_REJECT'] as const
export type AcceptOutcome = (typeof ACCEPT_OUTCOMES)[number]

/** STAFF: somebody paused. UNSEEN: nobody was there for paid orders; the next board ends it. */
export type PauseReason = 'STAFF' | 'UNSEEN'

/** Where deposits are paid in; guests are shown it. */
export interface DepositAccount {
  bank: string
  accountNo: string
  holder: string
}

export interface RestaurantSettings extends Schedule {
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
  /** When the pause ends by itself; null = when somebody resumes. */
  pausedUntil: number | null
  pauseReason: PauseReason | null
  /** Orders are taken, and take so much longer than usual. */
  busy: { delayMinutes: number; until: number | null } | null
  /** Local hour at which a new business day starts. */
  businessDayCutoffHour: number
  /** How long a prepaid order may stay unpaid. */
  unpaidHoldSeconds: number
  /** What opening a payment extends that to, once: Toss gives 30 min to authenticate and 10 to confirm. */
  paymentWindowSeconds: number
  /** How long a prepaid order waits for a deposit or for money on a virtual account. */
  depositWindowSeconds: number
  acceptDeadlineSeconds: number
  acceptDeadlineOutcome: AcceptOutcome
  maxUnpaidPerGuest: number
  maxUnpaidPerVisit: number
  /** How long an order may ring before it counts as unseen. */
  unseenAlertSeconds: number
  /** An unseen order pauses a prepaid restaurant until a board is heard from. */
  stopWhenUnseen: boolean
  depositAccount: DepositAccount | null
  /** Added to every order that is not for a table. */
  packagingFeeAmount: AmountMinor
  /** Of what the lines come to after discount, at tables; 500 = 5 %. */
  serviceFeeBasisPoints: number
  /** Rate of the tax that prices contain; 0 = not stated. */
  taxBasisPoints: number
  /** Where an order's card goes once the kitchen may begin; null = the deployment's choice. */
  orderCards: readonly Sink[] | null
}

/** What settings hold that were stored before these were there. */
export const LATER_SETTINGS = {
  openingHours: null,
  openingExceptions: [],
  pausedUntil: null,
  pauseReason: null,
  busy: null,
  unseenAlertSeconds: 60,
  stopWhenUnseen: false,
  depositAccount: null,
  depositWindowSeconds: 120 * 60,
  packagingFeeAmount: 0,
  serviceFeeBasisPoints: 0,
  taxBasisPoints: 0,
  orderCards: null,
} as const satisfies Partial<RestaurantSettings>

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
    ...LATER_SETTINGS,
    ...given,
    paymentPolicy,
  }
}

export interface RestaurantState extends RestaurantSettings {
  id: string
  /** Raised when the object is restored from a backup: event numbers are ordered within an epoch. */
  epoch: number
  /** The number before the first of this epoch; left out, 0. */
  epochStart?: number
  menuVersion: number
  createdAt: number
}
