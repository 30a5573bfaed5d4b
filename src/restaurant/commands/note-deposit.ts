import type { DepositState } from '../../domain/payment/deposit.ts'
import { matchDeposit, type Match } from '../../domain/payment/match-deposit.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import type { Context } from '../context.ts'
import { expectedOf } from '../deposit-moves.ts'
import { settle } from '../settle-payment.ts'

/**
 * Money on the account that names no order: it pays the one that waits for this sum from this name.
 * Where none or several do, nobody guesses: it waits for staff. The same delivery twice is one, and a
 * transfer that was told of by other means pays nothing a second time.
 */
export const noteDeposit: CommandModule<'note-deposit'> = {
  run(cx, { traceId, payerName, amount, receivedAt }) {
    const known = cx.store.payments.byTrace(traceId)
    if (known !== null) return ok(known)
    const match = matchDeposit(payerName, expectedOf(cx, amount), cx.now)
    const deposit: DepositState = {
      id: cx.mintTimedId(),
      traceId,
      payerName,
      amount,
      receivedAt,
      ...resultOf(match),
      proof: null,
    }
    cx.store.payments.saveDeposit(deposit)
    if (match.kind === 'pays')
      settle(cx, match.payment, {
        event: 'captured',
        changes: { capturedAt: cx.now, failure: null },
      })
    if (match.kind === 'open') announceUnmatched(cx, deposit)
    return ok(deposit)
  },
}

const resultOf = (match: Match): Pick<DepositState, 'status' | 'paymentId' | 'candidates'> =>
  match.kind === 'open'
    ? { status: 'UNMATCHED', paymentId: null, candidates: match.candidates }
    : { status: 'MATCHED', paymentId: match.payment.id, candidates: [] }

/** The board hears that somebody's money waits for a decision. */
function announceUnmatched(cx: Context, deposit: DepositState): void {
  cx.emit({ type: 'DEPOSIT_UNMATCHED', subject: { kind: 'deposit', deposit }, message: null })
}
