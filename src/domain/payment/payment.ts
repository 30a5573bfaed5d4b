import type { AmountMinor, Currency } from '../money.ts'
import type { PaymentMethod } from '../restaurant/settings.ts'

/**
 * Who moves the money. `deposit`: the guest's own bank transfer, told by PayAction, by the account's
 * feed or by staff. `wallet`: points. `counter`: cash or a card terminal, taken by staff.
 */
export const PROVIDERS = ['toss', 'stripe', 'deposit', 'wallet', 'counter'] as const
export type Provider = (typeof PROVIDERS)[number]
/** Those that a Worker has to ask. */
export type RemoteProvider = Exclude<Provider, 'counter'>

export const PROVIDER_OF_METHOD = {
  CARD: 'toss',
  VIRTUAL_ACCOUNT: 'toss',
  STRIPE: 'stripe',
  DEPOSIT: 'deposit',
  POINTS: 'wallet',
  COUNTER: 'counter',
} as const satisfies Record<PaymentMethod, Provider>

export const PAYMENT_STATUSES = [
  'OPENING',
  'READY',
  'CAPTURING',
  'AWAITING',
  'CAPTURED',
  'FAILED',
  'ENDED',
] as const
/**
 * OPENING: written before the provider is asked. READY: the guest can pay. CAPTURING: claimed, the
 * provider is being asked. AWAITING: nobody has to be asked any more, the money comes by itself or
 * not at all (a deposit, a virtual account). CAPTURED: money moved. FAILED: the provider refused for good.
 * ENDED: over without money (expired, or its order ended first).
 */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** Where a guest transfers money to by hand. */
export interface PayInAccount {
  bank: string
  accountNo: string
  holder: string
  /** Until when the money may come. */
  dueAt: number
}

export interface PaymentState {
  /** Also the provider's order id: one order may have several payments. */
  id: string
  orderId: string
  provider: Provider
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
  /** Of it, what went back: by our refunds or at the provider's own desk. */
  refundedAmount: AmountMinor
  /** Captured, and it pays the order; money that came a second time or too late does not. */
  counted: boolean
  /** The name that a deposit is matched by. */
  payerName: string | null
  /** For a deposit or a virtual account, once it is known. */
  account: PayInAccount | null
  /** The provider contests it: a dispute, or a deposit that the bank took back. People must look. */
  disputed: boolean
  failure: { code: string; message: string } | null
}

export const REFUND_STATUSES = ['REQUESTED', 'DONE', 'DUE', 'DROPPED'] as const
/**
 * REQUESTED: the agenda will see it done. DONE: paid back. DUE: no machine could; people must.
 * DROPPED: the money had gone back at the provider's own desk before.
 */
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
  /** The provider's name for it, where it gave one. */
  providerRef: string | null
  /** The portions that it pays back; null = a sum. */
  lines: readonly RefundedLine[] | null
  /** How people paid back what no machine could. */
  proof: RefundProof | null
  failure: { code: string; message: string } | null
}

export interface RefundedLine {
  lineId: string
  quantity: number
}

export const PROOF_METHODS = ['CASH', 'TRANSFER', 'PROVIDER', 'OTHER'] as const
export interface RefundProof {
  method: (typeof PROOF_METHODS)[number]
  /** Receipt or transfer number, or whatever proves it. */
  note: string
  by: string
  at: number
}
