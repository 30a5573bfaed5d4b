import { mayBeMade } from '../../domain/order/lifecycle.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { emitOrder } from '../context.ts'
import { seenBy } from '../unseen.ts'

/** A tablet has seen the order: the board stops ringing for it. Saying so again changes nothing. */
export const acknowledgeOrder: CommandModule<'acknowledge-order'> = {
  run(cx, { orderId }) {
    const order = cx.store.orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
    if (order.acknowledgedAt !== null) return ok(order)
    // Seen while it still waits for payment is not seen: it must ring when the money comes.
    if (!mayBeMade(order)) {
      const { status, paymentStatus } = order
      return refuse({ kind: 'ORDER_STATE', status, paymentStatus, event: 'acknowledge' })
    }
    const seen = { ...order, acknowledgedAt: cx.now }
    cx.store.orders.update(seen)
    seenBy(cx, seen)
    emitOrder(cx, 'ORDER_ACKNOWLEDGED', seen)
    return ok(seen)
  },
}
