import { ok, refuse } from '../../domain/result.ts'
import type { Answer, CommandModule } from '../command-module.ts'
import { emitOrder, type Context } from '../context.ts'
import { enterRefunds, refundableOf } from '../money-moves.ts'
import { moveOrder } from '../move-order.ts'

/** Staff pay back part of an order or what is left of it; the agenda sees it through. */
export const requestRefund: CommandModule<'request-refund'> = {
  run(cx, { orderId, amount, reason }) {
    const order = cx.store.orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
    const left = refundableOf(cx, orderId)
    const wanted = amount ?? left
    if (wanted === 0 || wanted > left) return refuse({ kind: 'REFUND_TOO_LARGE', refundable: left })
    // All of it, before the kitchen has begun: nobody shall cook what nobody pays for.
    if (wanted === left && order.status === 'PENDING') return rejectInstead(cx, orderId, reason)
    const [entered] = enterRefunds(cx, order, wanted, reason) ?? []
    if (entered === undefined) throw new Error(`a refund of ${wanted} entered nothing`)
    emitOrder(cx, 'REFUND_CHANGED', order)
    return ok(entered)
  },
}

function rejectInstead(cx: Context, orderId: string, reason: string): Answer<'request-refund'> {
  const before = new Set(cx.store.payments.refundsOfOrder(orderId).map(({ id }) => id))
  const rejected = moveOrder(cx, orderId, 'reject', { reason })
  if (!rejected.ok) return rejected
  const entered = cx.store.payments.refundsOfOrder(orderId).find(({ id }) => !before.has(id))
  if (entered === undefined) throw new Error(`rejecting ${orderId} entered no refund`)
  return ok(entered)
}
