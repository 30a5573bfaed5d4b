import type Stripe from 'stripe'
import type { RefundOutcome } from '../../domain/payment/outcomes.ts'
import { unreachable } from '../../domain/result.ts'
import type { RefundRequest as PortRequest } from '../payment-port.ts'
import { ask, type StripeAnswer } from './client.ts'
import { VERDICTS } from './errors.ts'
import { refundState, unknown, unknownFrom } from './outcomes.ts'
import {
  ATTEMPT_MARK,
  PAYMENT_MARK,
  REFUND_MARK,
  refundList,
  stripeRefund,
  type StripeRefund,
} from './wire.ts'

type RefundRequest = PortRequest & { providerKey: string }

/** More than a payment can have: every refund of ours is at least a portion of a line. */
const MOST_REFUNDS = 1_000
const PAGE = 100

/** All refunds of an intent, newest first. */
export const refundsOf = (
  stripe: Stripe,
  intentId: string,
): Promise<StripeAnswer<StripeRefund[]>> =>
  ask(refundList, () =>
    stripe.refunds
      .list({ payment_intent: intentId, limit: PAGE })
      .autoPagingToArray({ limit: MOST_REFUNDS }),
  )

/**
 * Refunds once: Stripe forgets idempotency keys after a day, so that what stands is asked first. A
 * refund that failed is tried as a new one under the next attempt.
 */
export async function refundAtStripe(
  stripe: Stripe,
  request: RefundRequest,
): Promise<RefundOutcome> {
  const { refundId, attempt, providerKey, paymentId, amount } = request
  const standing = await refundsOf(stripe, providerKey)
  if (standing.kind !== 'answer') {
    const refused = standing.kind === 'error' && VERDICTS.refund[standing.meaning] === 'refused'
    return refused ? { kind: 'refused', failure: standing.failure } : unknownFrom(standing)
  }
  const known = furthest(standing.value, request)
  if (known !== null) return toRefundOutcome(known, request)
  const made = await ask(stripeRefund, () =>
    stripe.refunds.create(
      {
        payment_intent: providerKey,
        amount,
        reason: 'requested_by_customer',
        metadata: {
          [REFUND_MARK]: refundId,
          [PAYMENT_MARK]: paymentId,
          [ATTEMPT_MARK]: String(attempt),
        },
      },
      { idempotencyKey: `refund-${refundId}-${attempt}` },
    ),
  )
  if (made.kind === 'answer') return toRefundOutcome(made.value, request)
  return made.kind === 'error' && VERDICTS.refund[made.meaning] === 'refused'
    ? { kind: 'refused', failure: made.failure }
    : unknownFrom(made)
}

/** The try that stands for this refund; earlier attempts that failed do not count any more. */
function furthest(
  refunds: readonly StripeRefund[],
  { refundId, attempt }: RefundRequest,
): StripeRefund | null {
  const ours = refunds.filter(({ metadata }) => metadata?.[REFUND_MARK] === refundId)
  const going = ours.filter((refund) => refundState(refund) !== 'FAILED')
  return (
    going.find((refund) => refundState(refund) === 'DONE') ??
    going[0] ??
    ours.find(({ metadata }) => metadata?.[ATTEMPT_MARK] === String(attempt)) ??
    null
  )
}

function toRefundOutcome(refund: StripeRefund, { amount }: RefundRequest): RefundOutcome {
  const { id: providerRef } = refund
  if (refund.amount !== amount) return unknown('another amount')
  const state = refundState(refund)
  switch (state) {
    case 'DONE':
      return { kind: 'done', providerRef }
    case 'PENDING':
      return { kind: 'pending', providerRef }
    case 'FAILED': {
      const code = refund.failure_reason ?? 'refund_failed'
      return { kind: 'refused', failure: { code, message: '' } }
    }
    default:
      return unreachable(state)
  }
}
