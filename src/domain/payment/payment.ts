import type { AmountMinor, Currency } from '../money.ts'
import type { PaymentMethod } from '../restaurant/settings.ts'

export const PAYMENT_STATUSES = [
  'OPENING',
  'READY',
  'CAPTURING',
  'CAPTURED',
  'FAILED',
  'ENDED',
] as const
/**
 * OPENING: written before the provider is asked. READY: the guest can pay. CAPTURING: claimed, the
 * provider is being asked. CAPTURED: money moved. FAILED: the provider refused for good.
 * ENDED: over without money (expired, or its order ended first).
 */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

export interface PaymentState {
  /** Also the provider's order id: one order may have several payments. */
  id: string
  orderId: string
  provider: 'toss'
  method: PaymentMethod
  amount: AmountMinor
  currency: Currency
  status: PaymentStatus
  /** The provider's name for it, known once opened. */
  providerKey: string | null
  checkoutUrl: string | null
  /** Identifies the claim that is asking the provider; a stale claimant's report is recognised by it. */
  attemptId: string | null
  leaseUntil: number | null
  openedAt: number
  expiresAt: number
  capturedAt: number | null
  refundedAmount: AmountMinor
  failure: { code: string; message: string } | null
}

export const REFUND_STATUSES = ['REQUESTED', 'DONE', 'DUE'] as const
/** REQUESTED: the agenda will see it done. DONE: paid back. DUE: no machine could; people must. */
export type RefundStatus = (typeof REFUND_STATUSES)[number]

export interface RefundState {
  id: string
  paymentId: string
  orderId: string
  amount: AmountMinor
  reason: string
  status: RefundStatus
  /** Counts definite failures; part of the provider's idempotency key. */
  attempt: number
  requestedAt: number
  requestedBy: string
  doneAt: number | null
  failure: { code: string; message: string } | null
}
