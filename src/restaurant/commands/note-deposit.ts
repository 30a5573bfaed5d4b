import type { DepositState } from '../../domain/payment/deposit.ts'
import { bearsName } from '../../domain/payment/payer-name.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import type { Context } from '../context.ts'
import { settle } from '../settle-payment.ts'

/**
 * Money on the account that names no order: it pays the one that waits for this sum from this name.
 * Where none or several do, nobody guesses: it waits for staff. The same delivery twice is one.
 */
export const noteDeposit: CommandModule<'note-deposit'> = {
  run(cx, { traceId, payerName, amount, receivedAt }) {
    const known = cx.store.payments.byTrace(traceId)
    if (known !== null) return ok(known)
    const fitting = cx.store.payments
      .awaitingDeposit(amount)
      .filter((payment) => bearsName(payerName, payment.payerName ?? ''))
    const [only] = fitting
    const matched = fitting.length === 1 && only !== undefined ? only : null
    const deposit: DepositState = {
      id: cx.mintTimedId(),
      traceId,
      payerName,
      amount,
      receivedAt,
      status: matched === null ? 'UNMATCHED' : 'MATCHED',
      paymentId: matched?.id ?? null,
      candidates: matched === null ? fitting.map(({ orderId }) => orderId) : [],
      proof: null,
    }
    cx.store.payments.saveDeposit(deposit)
    if (matched !== null)
      settle(cx, matched, { event: 'captured', changes: { capturedAt: cx.now, failure: null } })
    else announceUnmatched(cx, deposit)
    return ok(deposit)
  },
}

/** The board hears that somebody's money waits for a decision. */
function announceUnmatched(cx: Context, deposit: DepositState): void {
  cx.emit({ type: 'DEPOSIT_UNMATCHED', subject: { kind: 'deposit', deposit }, message: null })
}
