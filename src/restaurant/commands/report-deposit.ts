import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { placeDepositOf } from '../deposit-moves.ts'
import { settle } from '../settle-payment.ts'

/**
 * Whoever watches the account says that the deposit is in. It proved who it is to the Worker, and
 * there is nobody to ask again: this is the money's only word.
 */
export const reportDeposit: CommandModule<'report-deposit'> = {
  run(cx, { paymentId, amount }) {
    const payment = cx.store.payments.get(paymentId)
    if (payment?.provider !== 'deposit') return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    if (amount !== null && amount !== payment.amount)
      return refuse({ kind: 'AMOUNT_MISMATCH', expected: payment.amount, given: amount })
    const changes = { capturedAt: cx.now, failure: null }
    const settled = settle(cx, payment, { event: 'captured', changes })
    if (payment.status !== 'CAPTURED') placeDepositOf(cx, settled.payment)
    return ok(settled)
  },
}
