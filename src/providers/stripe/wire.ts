import { z } from 'zod'

/** Stripe's name of an intent; safe as one segment of a path. */
export const INTENT_ID = /^pi_[A-Za-z0-9_]{1,200}$/

const amount = z.int().min(0)
const metadata = z.record(z.string(), z.string()).nullish()
const id = z.string().min(1).max(255)

const charge = z.object({ id, disputed: z.boolean() })

/** The part of a PaymentIntent that decides anything here. */
export const paymentIntent = z.object({
  id: z.string().regex(INTENT_ID),
  object: z.literal('payment_intent'),
  status: z.string(),
  amount,
  amount_received: amount,
  currency: z.string(),
  client_secret: z.string().nullish(),
  metadata,
  latest_charge: z.union([charge, z.string()]).nullish(),
  last_payment_error: z
    .object({
      code: z.string().nullish(),
      decline_code: z.string().nullish(),
      message: z.string().nullish(),
    })
    .nullish(),
  cancellation_reason: z.string().nullish(),
})
export type Intent = z.infer<typeof paymentIntent>

export const intentList = z.object({ data: z.array(paymentIntent) })

export const stripeRefund = z.object({
  id,
  object: z.literal('refund'),
  amount,
  status: z.string().nullish(),
  metadata,
  failure_reason: z.string().nullish(),
})
export type StripeRefund = z.infer<typeof stripeRefund>

export const refundList = z.array(stripeRefund)

export const disputeList = z.object({ data: z.array(z.object({ status: z.string() })) })

/** The key under which an intent, and what hangs on it, names our payment. */
export const PAYMENT_MARK = 'payment_id'
export const REFUND_MARK = 'refund_id'
export const ATTEMPT_MARK = 'attempt'
