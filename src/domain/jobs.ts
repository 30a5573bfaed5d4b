import type { DomainEvent } from './events.ts'
import type { AmountMinor } from './money.ts'
import type {
  CaptureOutcome,
  LookupOutcome,
  OpenOutcome,
  RefundOutcome,
  VoidOutcome,
} from './payment/outcomes.ts'
import type { PaymentMethod } from './restaurant/settings.ts'
import type { RefundState, RefundStatus, RemoteProvider } from './payment/payment.ts'
import type { Notice, NotifyOutcome } from './restaurant/notice.ts'
import type { Sink } from './restaurant/secrets.ts'

/**
 * Work outside the object that its agenda owes. A job is a lease: the agenda hands it out again until
 * its report has come.
 */
export type Job = Traced &
  (
    | { kind: 'publish'; restaurantId: string; events: readonly DomainEvent[] }
    /** Makes a deposit known to whoever watches the account. */
    | (PaymentJob & {
        kind: 'register'
        orderId: string
        orderNumber: string
        amount: AmountMinor
        currency: string
        method: PaymentMethod
        payerName: string | null
        expiresAt: number
      })
    /** Takes points: the one payment that needs no guest any more once its order stands. */
    | (PaymentJob & {
        kind: 'capture'
        orderId: string
        amount: AmountMinor
        attemptId: string
        userId: string | null
      })
    | (PaymentJob & { kind: 'look-up' })
    /** No money shall come any more. */
    | (PaymentJob & { kind: 'void' })
    | (PaymentJob & {
        kind: 'refund'
        refundId: string
        orderId: string
        amount: AmountMinor
        currency: string
        reason: string
        attempt: number
      })
    /** Tells a member by e-mail what became of a refund. */
    | { kind: 'tell-refund'; restaurantId: string; refundId: string; orderId?: string }
    | {
        kind: 'notify'
        restaurantId: string
        sink: Sink
        notice: Notice
      }
  )

interface Traced {
  /** Of what made it due; earlier versions noted none. */
  traceId?: string
}

/** Jobs need the outside world: they are leased to the Worker until their report has come. */
export const JOB_KINDS = [
  'publish',
  'register',
  'capture',
  'look-up',
  'void',
  'refund',
  'tell-refund',
  'notify',
] as const satisfies readonly Job['kind'][]
export type JobKind = (typeof JOB_KINDS)[number]

interface PaymentJob {
  restaurantId: string
  paymentId: string
  provider: RemoteProvider
  providerKey: string | null
  /** Earlier versions left it out of some. */
  orderId?: string
}

/** What became of a job (or of a provider call a request made itself). */
export type Report = Traced &
  (
    | { kind: 'published'; epoch: number; fromSeq: number; toSeq: number }
    | { kind: 'registered'; paymentId: string; outcome: OpenOutcome }
    | { kind: 'captured'; paymentId: string; attemptId: string; outcome: CaptureOutcome }
    | { kind: 'looked-up'; paymentId: string; outcome: LookupOutcome }
    | { kind: 'voided'; paymentId: string; outcome: VoidOutcome }
    | { kind: 'refunded'; refundId: string; attempt: number; outcome: RefundOutcome }
    /** `status`: what was told; what became of the refund since is told, too. */
    | { kind: 'refund-told'; refundId: string; status: RefundStatus }
    /** `itemId`: what it told of was that item's stock. */
    | {
        kind: 'notified'
        sink: Sink
        orderIds: readonly string[]
        itemId?: string | undefined
        outcome: NotifyOutcome
      }
  )

/** What a report changed, for the log. */
export interface ReportResult {
  watermark?: number
  refund?: RefundState
}
