import type { Currency } from '../money.ts'
import type { PlatformSettings } from '../settings/platform-settings.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

/** How far back a customer's earlier requests count; those of one order always do. */
export const LOOK_BACK_MS = 30 * DAY_MS
/** So many requests for a customer's orders within that time, and a second person looks at the next. */
export const FREQUENT_REQUESTS = 3

/** By name, what decides how a request for a refund begins. */
export const REFUND_POLICIES = [
  /** Refused. */
  'ORDER_TOO_OLD',
  'CUSTOMER_ERASED',
  /** A second person decides. */
  'OWN_ORDER',
  'OTHER_CURRENCY',
  'ABOVE_LIMIT',
  'REPEATED_FOR_ORDER',
  'FREQUENT_FOR_CUSTOMER',
  /** Approved at once. */
  'WITHIN_LIMIT',
] as const
export type RefundPolicy = (typeof REFUND_POLICIES)[number]

export interface AskedRefund {
  /** What it comes to. */
  sum: number
  currency: Currency
  placedAt: number
  /** It was whoever asks that ordered. */
  own: boolean
  customerErased: boolean
  earlier: EarlierRequests
}

export interface EarlierRequests {
  /** Ever, that have not failed and were not refused by the policy: a person's refusal counts. */
  ofOrder: number
  /** Within `LOOK_BACK_MS`, that were not refused and have not failed. */
  ofCustomer: number
}

export interface Ruling {
  state: 'REFUSED' | 'REQUESTED' | 'APPROVED'
  policy: RefundPolicy
}

type Limits = Pick<PlatformSettings, 'refundWithoutApprovalUpTo' | 'refundMaxAgeDays'>

/**
 * How a request begins. Small sums go through by themselves; not several of one order, so that a large
 * sum cannot be taken in pieces, and not again and again for one customer.
 */
export function ruleOnRefund(asked: AskedRefund, limits: Limits, now: number): Ruling {
  if (now - asked.placedAt > limits.refundMaxAgeDays * DAY_MS) return refused('ORDER_TOO_OLD')
  if (asked.customerErased) return refused('CUSTOMER_ERASED')
  if (asked.own) return waits('OWN_ORDER')
  // The limit is a sum in won.
  if (asked.currency !== 'KRW') return waits('OTHER_CURRENCY')
  if (asked.sum > limits.refundWithoutApprovalUpTo) return waits('ABOVE_LIMIT')
  if (asked.earlier.ofOrder > 0) return waits('REPEATED_FOR_ORDER')
  if (asked.earlier.ofCustomer >= FREQUENT_REQUESTS) return waits('FREQUENT_FOR_CUSTOMER')
  return { state: 'APPROVED', policy: 'WITHIN_LIMIT' }
}

const refused = (policy: RefundPolicy): Ruling => ({ state: 'REFUSED', policy })
const waits = (policy: RefundPolicy): Ruling => ({ state: 'REQUESTED', policy })
