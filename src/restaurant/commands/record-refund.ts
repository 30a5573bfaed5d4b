import { afterRefundEvent } from '../../domain/payment/refund-step.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveStep } from '../refund-moves.ts'

/** Staff paid back by hand what no machine could, and say how. */
export const recordRefund: CommandModule<'record-refund'> = {
  run(cx, { orderId, refundId, method, note }) {
    const refund = cx.store.payments.refund(refundId)
    if (refund?.orderId !== orderId) return refuse({ kind: 'NOT_FOUND', what: 'refund' })
    const by = cx.asker.userId ?? cx.asker.sessionId
    const next = afterRefundEvent(refund, 'recorded', {
      doneAt: cx.now,
      failure: null,
      proof: { method, note, by, at: cx.now },
    })
    if (next === null) return refuse({ kind: 'REFUND_STATE', status: refund.status })
    saveStep(cx, refund, next)
    return ok(next)
  },
}
