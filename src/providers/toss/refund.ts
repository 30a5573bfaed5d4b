import type { RefundOutcome } from '../../domain/payment/outcomes.ts'
import type { RefundRequest as PortRequest } from '../payment-port.ts'
import type { TossAnswer, TossClient } from './client.ts'
import { clip } from './clip.ts'
import { VERDICTS } from './error-codes.ts'
import type { TossPayment } from './wire.ts'

type RefundRequest = PortRequest & { providerKey: string }

/** The provider takes at most 200 characters of reason. */
const MAX_REASON = 200
const SETTLED_CANCEL = 'DONE'

/**
 * The reason with our refund's id behind it: the only field of ours that comes back in `cancels`,
 * and so the only proof that a cancellation found there is this one.
 */
export function markedReason(reason: string, refundId: string): string {
  const mark = ` [${refundId}]`
  return clip(reason.trim() || 'refund', MAX_REASON - mark.length) + mark
}

/** True when this very refund, in this amount, stands among the payment's settled cancellations. */
function holdsRefund(payment: TossPayment, request: RefundRequest): boolean {
  if (payment.paymentKey !== request.providerKey) return false
  return (payment.cancels ?? []).some(
    (cancel) =>
      cancel.cancelReason.endsWith(`[${request.refundId}]`) &&
      cancel.cancelAmount === request.amount &&
      (cancel.cancelStatus ?? SETTLED_CANCEL) === SETTLED_CANCEL,
  )
}

/** Cancels, and where the provider answers with an error that leaves doubt, asks what really stands. */
export async function refundAtToss(
  send: TossClient,
  request: RefundRequest,
): Promise<RefundOutcome> {
  const path = `/v1/payments/${request.providerKey}`
  const answer = await send({
    method: 'POST',
    path: `${path}/cancel`,
    body: {
      cancelReason: markedReason(request.reason, request.refundId),
      cancelAmount: request.amount,
    },
    idempotencyKey: `refund-${request.refundId}-${request.attempt}`,
  })
  if (answer.kind === 'error') {
    const verdict = VERDICTS.refund[answer.meaning]
    if (verdict === 'refused') return { kind: 'refused', failure: answer.failure }
    const found = fromPayment(await send({ method: 'GET', path }), request)
    if (found !== 'absent') return found
    return verdict === 'unknown'
      ? { kind: 'unknown', detail: answer.failure.code }
      : { kind: 'refused', failure: answer.failure }
  }
  const outcome = fromPayment(answer, request)
  return outcome === 'absent'
    ? { kind: 'unknown', detail: 'the answer does not show the refund' }
    : outcome
}

function fromPayment(
  answer: TossAnswer,
  request: RefundRequest,
): 'absent' | Exclude<RefundOutcome, { kind: 'refused' }> {
  if (answer.kind === 'trouble') return { kind: 'unknown', detail: answer.detail }
  if (answer.kind === 'error') return { kind: 'unknown', detail: answer.failure.code }
  return holdsRefund(answer.payment, request) ? { kind: 'done', providerRef: null } : 'absent'
}
