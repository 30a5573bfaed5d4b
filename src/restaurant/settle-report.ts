import { stepAfterCapture } from '../domain/payment/capturing.ts'
import { isLive } from '../domain/payment/machine.ts'
import type { CaptureOutcome } from '../domain/payment/outcomes.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import type { Context } from './context.ts'
import { enterVoid } from './money-moves.ts'
import { settle, type Settled } from './settle-payment.ts'

/** After an answer that told nothing, the provider is looked up this much later. */
const LOOK_UP_AFTER_MS = 2_000

const ASKED_ONCE_MORE_MS = 5_000

/** What the provider answered to the claimant, whether a request or the agenda asked. */
export function settleReport(
  cx: Context,
  payment: PaymentState,
  attemptId: string,
  outcome: CaptureOutcome,
): Settled {
  const step = stepAfterCapture(payment, attemptId, outcome, cx.now)
  const wallet = payment.provider === 'wallet'
  if (step === 'ask-again' && !wallet)
    cx.agenda.set('look-up', payment.id, cx.now + LOOK_UP_AFTER_MS)
  if (outcome.kind === 'awaiting' && outcome.secret !== null)
    cx.store.payments.saveSecret(payment.id, outcome.secret)
  const settled = settle(cx, payment, step)
  // An account for an order that ended meanwhile: the bank must take no money for it.
  if (outcome.kind === 'awaiting' && settled.payment.status === 'ENDED')
    enterVoid(cx, settled.payment)
  // A claimant who was given up for lost, of a payment that is over by now: what came of it, only the
  // provider can tell.
  if (step === 'nothing' && !isLive(payment) && payment.status !== 'CAPTURED' && !wallet)
    cx.agenda.set('look-up', payment.id, cx.now + ASKED_ONCE_MORE_MS)
  // A "no" is asked about once more: the list of the provider's codes is open, and money counts.
  if (payment.status === 'CAPTURING' && settled.payment.status === 'FAILED' && !wallet)
    cx.agenda.set('look-up', payment.id, cx.now + ASKED_ONCE_MORE_MS)
  return settled
}
