import type {
  CaptureOutcome,
  LookupOutcome,
  OpenOutcome,
  RefundOutcome,
} from '../domain/payment/outcomes.ts'

/** What the product needs of a payment provider. Adapters never throw: trouble is `unknown`. */
export interface PaymentProvider {
  open(request: {
    /** Ours; the provider's "order id". */
    paymentId: string
    orderName: string
    amount: number
    currency: string
    method: 'CARD'
    successUrl: string
    failUrl: string
  }): Promise<OpenOutcome>
  capture(request: {
    paymentId: string
    providerKey: string
    amount: number
    attemptId: string
  }): Promise<CaptureOutcome>
  lookUp(request: { paymentId: string; providerKey: string | null }): Promise<LookupOutcome>
  refund(request: {
    refundId: string
    attempt: number
    providerKey: string
    amount: number
    reason: string
  }): Promise<RefundOutcome>
  /** Which payment a webhook's body is about; null when it is none of ours. Nothing else is believed. */
  readWebhook(body: unknown): { paymentId: string; providerKey: string | null } | null
}
