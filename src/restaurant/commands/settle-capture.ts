import { stepAfterCapture } from '../../domain/payment/capturing.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { settle } from '../settle-payment.ts'

/** After an answer that told nothing, the provider is looked up this much later. */
const LOOK_UP_AFTER_MS = 2_000

const ASKED_ONCE_MORE_MS = 5_000

/** What the provider answered to the claimant. */
export const settleCapture: CommandModule<'settle-capture'> = {
  run(cx, { paymentId, attemptId, outcome }) {
    const payment = cx.store.payments.get(paymentId)
    if (payment === null) return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    const step = stepAfterCapture(payment, attemptId, outcome, cx.now)
    if (step === 'ask-again') cx.agenda.set('look-up', paymentId, cx.now + LOOK_UP_AFTER_MS)
    const settled = settle(cx, payment, step)
    // A "no" is asked about once more: the list of the provider's codes is open, and money counts.
    if (payment.status === 'CAPTURING' && settled.payment.status === 'FAILED')
      cx.agenda.set('look-up', paymentId, cx.now + ASKED_ONCE_MORE_MS)
    return ok(settled)
  },
}
