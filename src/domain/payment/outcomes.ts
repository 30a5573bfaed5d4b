import type { AmountMinor } from '../money.ts'

/** A provider's definite "no", in its own words (shown to staff and logged, never parsed further). */
export interface ProviderRefusal {
  code: string
  message: string
}

/** `unknown` means: it may or may not have happened (time-out, 5xx, nonsense). Only a look-up tells. */
export type OpenOutcome =
  | { kind: 'opened'; providerKey: string; checkoutUrl: string }
  | { kind: 'refused'; failure: ProviderRefusal }
  | { kind: 'unknown'; detail: string }

export type CaptureOutcome =
  | { kind: 'captured'; amount: AmountMinor; currency: string }
  | { kind: 'refused'; failure: ProviderRefusal }
  /** The guest has not (yet) authenticated; nothing moved and the payment can still be completed. */
  | { kind: 'not-authenticated' }
  | { kind: 'unknown'; detail: string }

/** What the provider says of a payment when asked. */
export type LookupOutcome =
  | {
      kind: 'found'
      state: 'OPEN' | 'CAPTURED' | 'ENDED' | 'FAILED'
      providerKey: string
      amount: AmountMinor
      currency: string
      refundedAmount: AmountMinor
      failure: ProviderRefusal | null
    }
  | { kind: 'missing' }
  | { kind: 'unknown'; detail: string }

export type RefundOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; failure: ProviderRefusal }
  | { kind: 'unknown'; detail: string }
