import type { DomainEvent } from './events.ts'
import type { AmountMinor } from './money.ts'
import type { LookupOutcome, RefundOutcome } from './payment/outcomes.ts'
import type { RefundState } from './payment/payment.ts'
import type { NotifyOutcome, UnseenNotice } from './restaurant/notice.ts'
import type { Sink } from './restaurant/secrets.ts'

/**
 * Work outside the object that its agenda owes. A job is a lease: the agenda hands it out again until
 * its report has come.
 */
export type Job =
  | { kind: 'publish'; restaurantId: string; events: readonly DomainEvent[] }
  | { kind: 'look-up'; restaurantId: string; paymentId: string; providerKey: string | null }
  | {
      kind: 'refund'
      restaurantId: string
      refundId: string
      paymentId: string
      providerKey: string
      amount: AmountMinor
      reason: string
      attempt: number
    }
  | {
      kind: 'notify'
      restaurantId: string
      sink: Sink
      notice: UnseenNotice
    }

/** What became of a job (or of a provider call a request made itself). */
export type Report =
  | { kind: 'published'; epoch: number; fromSeq: number; toSeq: number }
  | { kind: 'looked-up'; paymentId: string; outcome: LookupOutcome }
  | { kind: 'refunded'; refundId: string; attempt: number; outcome: RefundOutcome }
  | { kind: 'notified'; sink: Sink; orderIds: readonly string[]; outcome: NotifyOutcome }

/** What a report changed, for the log. */
export interface ReportResult {
  watermark?: number
  refund?: RefundState
}
