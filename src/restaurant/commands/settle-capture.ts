import { stepAfterCapture } from '../../domain/payment/capturing.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { settle } from '../settle-payment.ts'

/** After an answer that told nothing, the provider is looked up this much later. */
const LOOK_UP_AFTER_MS = 2_000

/** What the provider answered to the claimant. */
export const settleCapture: CommandModule<'settle-capture'> = {
  run(cx, { paymentId, attemptId, outcome }) {
    const payment = cx.store.payments.get(paymentId)
    if (payment === null) return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    const step = stepAfterCapture(payment, attemptId, outcome, cx.now)
    if (step === 'ask-again') cx.agenda.set('look-up', paymentId, cx.now + LOOK_UP_AFTER_MS)
    return ok(settle(cx, payment, step))
  },
}
