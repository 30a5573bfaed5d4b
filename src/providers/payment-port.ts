import type {
  CaptureOutcome,
  LookupOutcome,
  OpenOutcome,
  RefundOutcome,
  VoidOutcome,
} from '../domain/payment/outcomes.ts'
import type { SecretName } from '../domain/restaurant/secrets.ts'
import type { PaymentMethod } from '../domain/restaurant/settings.ts'

/** What names a payment to its provider. */
export interface PaymentName {
  /** Ours; also the provider's "order id". */
  paymentId: string
  /** The provider's own, once it is known. */
  providerKey: string | null
}

export interface OpenRequest {
  paymentId: string
  orderId: string
  orderName: string
  amount: number
  currency: string
  method: PaymentMethod
  successUrl: string
  failUrl: string
  /** When the guest's time is over. */
  expiresAt: number
  /** The name that a deposit is matched by. */
  payerName: string | null
  /** Whose points pay. */
  userId: string | null
}

export interface CaptureRequest extends PaymentName {
  orderId: string
  amount: number
  attemptId: string
  /** Whose points pay. */
  userId: string | null
}

export interface RefundRequest extends PaymentName {
  refundId: string
  orderId: string
  /** Counts definite refusals: a repeat of the same attempt is the same refund to the provider. */
  attempt: number
  amount: number
  currency: string
  reason: string
  /** Where money from a virtual account goes back to; never kept in the clear. */
  account: { bank: string; accountNo: string; holder: string } | null
}

/**
 * What the product needs of whoever moves money, five verbs. Adapters never throw: trouble is
 * `unknown`, and each verb may be repeated with the same request without a second effect.
 */
export interface PaymentProvider {
  /** Makes the payment known to the provider; from here on the guest may pay. */
  open(request: OpenRequest): Promise<OpenOutcome>
  /** Takes the money that the guest has released. */
  capture(request: CaptureRequest): Promise<CaptureOutcome>
  lookUp(request: PaymentName): Promise<LookupOutcome>
  /** Pays back, wholly or in part. */
  refund(request: RefundRequest): Promise<RefundOutcome>
  /** No money shall come any more; tells when some has. */
  void(request: PaymentName): Promise<VoidOutcome>
}

/** Which payment a webhook is about. Nothing else in it is believed. */
export interface WebhookHint extends PaymentName {
  /** What the provider proves itself with, where the payment was given one. */
  secret: string | null
}

/** The keys of an account at a provider. */
export type AccountKeys = Readonly<Partial<Record<SecretName, string>>>

/** What whoever watches a bank account tells. */
export type DepositNews =
  /** `paymentId` null: the number is none of ours. */
  | { kind: 'matched'; orderNumber: string; paymentId: string | null; at: string | null }
  /** Money that names no order. */
  | { kind: 'deposited'; payerName: string; amount: number }
  | { kind: 'nothing'; reason: string }

export interface DepositReader {
  read(body: unknown): DepositNews
  /** Whether the caller shows what the account was given; null = the deployment's account. */
  isFrom(keys: AccountKeys | null, shown: { mallId: string; webhookKey: string }): boolean
}

/** How each provider's webhook is read. */
export interface WebhookReaders {
  /** Null when the body is about no payment of ours. */
  toss(body: unknown): WebhookHint | null
  deposits: DepositReader
}
