import { afterRefundEvent } from '../../domain/payment/refund-step.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { NOT_NEEDED } from '../money-moves.ts'
import { saveStep } from '../refund-moves.ts'

/** What was given up is tried by the machine once more, for a virtual account with where to. */
export const retryRefund: CommandModule<'retry-refund'> = {
  run(cx, { orderId, refundId, sealedAccount }) {
    const refund = cx.store.payments.refund(refundId)
    const payment = refund === null ? null : cx.store.payments.get(refund.paymentId)
    if (refund?.orderId !== orderId || payment === null)
      return refuse({ kind: 'NOT_FOUND', what: 'refund' })
    const next = afterRefundEvent(refund, 'tried-again', { failure: null })
    // No machine pays back a transfer or cash.
    const byHand = payment.provider === 'deposit' || payment.provider === 'counter'
    if (next === null || byHand) return refuse({ kind: 'REFUND_STATE', status: refund.status })
    if (sealedAccount !== null && payment.method !== 'VIRTUAL_ACCOUNT') return refuse(NOT_NEEDED)
    const account = sealedAccount ?? cx.store.payments.refundAccount(refundId)
    if (payment.method === 'VIRTUAL_ACCOUNT' && account === null)
      return refuse({
        kind: 'INVALID',
        errors: [{ field: 'refund_account', reason: 'required' }],
      })
    if (sealedAccount !== null) cx.store.payments.saveRefundAccount(refundId, sealedAccount)
    saveStep(cx, refund, next)
    return ok(next)
  },
}
