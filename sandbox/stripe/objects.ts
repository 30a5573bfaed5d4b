/** Stripe's objects as its API shows them, as far as a shop of cards needs them. Times in seconds. */
export type Metadata = Record<string, string>

export interface PaymentError {
  type: string
  code: string
  decline_code?: string
  message: string
}

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'canceled'

export interface Intent {
  id: string
  object: 'payment_intent'
  amount: number
  amount_received: number
  automatic_payment_methods: { enabled: boolean }
  canceled_at: number | null
  cancellation_reason: string | null
  capture_method: 'automatic'
  client_secret: string
  created: number
  currency: string
  description: string | null
  last_payment_error: PaymentError | null
  latest_charge: string | null
  livemode: false
  metadata: Metadata
  next_action: {
    type: 'redirect_to_url'
    redirect_to_url: { url: string; return_url: string }
  } | null
  payment_method: string | null
  payment_method_types: string[]
  status: IntentStatus
}

export interface Charge {
  id: string
  object: 'charge'
  amount: number
  amount_captured: number
  amount_refunded: number
  captured: true
  created: number
  currency: string
  disputed: boolean
  livemode: false
  metadata: Metadata
  paid: true
  payment_intent: string
  payment_method: string
  refunded: boolean
  status: 'succeeded'
}

export type RefundStatus = 'pending' | 'succeeded' | 'failed' | 'canceled'

export interface Refund {
  id: string
  object: 'refund'
  amount: number
  charge: string
  created: number
  currency: string
  failure_reason?: string
  metadata: Metadata
  payment_intent: string
  reason: string | null
  status: RefundStatus
}

export type DisputeStatus = 'needs_response' | 'under_review' | 'won' | 'lost'

export interface Dispute {
  id: string
  object: 'dispute'
  amount: number
  charge: string
  created: number
  currency: string
  livemode: false
  metadata: Metadata
  payment_intent: string
  reason: string
  status: DisputeStatus
}

export interface Objects {
  payment_intent: Intent
  charge: Charge
  refund: Refund
  dispute: Dispute
}
export type Kind = keyof Objects
export type StripeObject = Objects[Kind]

/** Stripe's test payment methods that the sandbox knows, and what comes of them (docs.stripe.com/testing). */
export const CARDS = {
  pm_card_visa: 'succeeds',
  pm_card_visa_chargeDeclined: 'is declined',
  pm_card_authenticationRequired: 'asks for 3-D Secure',
  pm_usBankAccount: 'is processed for a while',
  pm_card_createDispute: 'succeeds and is disputed',
  pm_card_pendingRefund: 'succeeds; its refunds are pending at first',
  pm_card_refundFail: 'succeeds; its refunds may fail later',
} as const
export type Card = keyof typeof CARDS

export const isCard = (text: string): text is Card => Object.hasOwn(CARDS, text)
