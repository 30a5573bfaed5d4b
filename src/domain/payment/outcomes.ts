import type { AmountMinor } from '../money.ts'
import type { PayInAccount } from './payment.ts'

/** A provider's definite "no", in its own words (shown to staff and logged, never parsed further). */
export interface ProviderRefusal {
  code: string
  message: string
}

/** `unknown` means: it may or may not have happened (time-out, 5xx, nonsense). Only a look-up tells. */
export type OpenOutcome =
  | {
      kind: 'opened'
      providerKey: string | null
      checkoutUrl: string | null
      /** For the guest's browser alone: handed on, never stored. */
      clientSecret?: string
    }
  | { kind: 'refused'; failure: ProviderRefusal }
  | { kind: 'unknown'; detail: string }

export type CaptureOutcome =
  | { kind: 'captured'; amount: AmountMinor; currency: string }
  | { kind: 'refused'; failure: ProviderRefusal }
  /** An account was issued: the guest transfers the money later. `secret` proves the provider's calls. */
  | { kind: 'awaiting'; account: PayInAccount; secret: string | null }
  /** The guest has not (yet) authenticated; nothing moved and the payment can still be completed. */
  | { kind: 'not-authenticated' }
  | { kind: 'unknown'; detail: string }

/** A refund as the provider has it; `refundId` is ours where it was marked, null for one of its own desk. */
export interface FoundRefund {
  refundId: string | null
  providerRef: string
  amount: AmountMinor
  status: 'DONE' | 'PENDING' | 'FAILED'
}

/** What the provider says of a payment when asked. */
export type LookupOutcome =
  | {
      kind: 'found'
      state: 'OPEN' | 'AWAITING' | 'CAPTURED' | 'ENDED' | 'FAILED'
      providerKey: string
      amount: AmountMinor
      currency: string
      /** Settled refunds, ours and others'. */
      refundedAmount: AmountMinor
      refunds: readonly FoundRefund[]
      /** Where money is to be transferred to: with AWAITING. */
      account: PayInAccount | null
      disputed: boolean
      failure: ProviderRefusal | null
    }
  | { kind: 'missing' }
  | { kind: 'unknown'; detail: string }

/** `captured`: too late, the money had come: it counts as a look-up that found it. */
export type VoidOutcome =
  | { kind: 'voided' }
  | { kind: 'captured'; found: Extract<LookupOutcome, { kind: 'found' }> }
  | { kind: 'unknown'; detail: string }

export type RefundOutcome =
  | { kind: 'done'; providerRef: string | null }
  /** Under way at the provider; it is asked again later. */
  | { kind: 'pending'; providerRef: string | null }
  | { kind: 'refused'; failure: ProviderRefusal }
  | { kind: 'unknown'; detail: string }
