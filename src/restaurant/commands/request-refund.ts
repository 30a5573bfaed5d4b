import { ok, refuse } from '../../domain/result.ts'
import { refundable } from '../../domain/payment/refunding.ts'
import type { CommandModule } from '../command-module.ts'
import { emitOrder } from '../context.ts'
import { enterRefunds } from '../money-moves.ts'

/** Staff pay back part of an order or what is left of it; the agenda sees it through. */
export const requestRefund: CommandModule<'request-refund'> = {
  run(cx, { orderId, amount, reason }) {
    const order = cx.store.orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
    const refunds = cx.store.payments.refundsOfOrder(orderId)
    const left = cx.store.payments
      .ofOrder(orderId)
      .reduce((sum, payment) => sum + refundable(payment, refunds), 0)
    const wanted = amount ?? left
    if (wanted === 0 || wanted > left) return refuse({ kind: 'REFUND_TOO_LARGE', refundable: left })
    const entered = enterRefunds(cx, order, wanted, reason)
    const first = entered?.[0]
    if (first === undefined) throw new Error(`a refund of ${wanted} entered nothing`)
    emitOrder(cx, 'REFUND_CHANGED', order)
    return ok(first)
  },
}
