import { isOwed } from '../../domain/order/lifecycle.ts'
import { CAPTURE_RETRY_SECONDS } from '../../domain/order/transition.ts'
import { amountDue } from '../../domain/payment/refunding.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { factsOf } from '../context.ts'
import { takeInHand } from '../take-in-hand.ts'

/** Staff took money at the counter: what is due, or a part of it. Other ways that stood open end. */
export const settleOrder: CommandModule<'settle-order'> = {
  run(cx, { orderId, amount, by, note }) {
    const order = cx.store.orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
    if (!isOwed(order))
      return refuse({
        kind: 'ORDER_STATE',
        status: order.status,
        paymentStatus: order.paymentStatus,
        event: 'settle',
      })
    const due = amountDue(order, cx.store.payments.ofOrder(orderId))
    // Points that are being taken pay all of it, too.
    if (factsOf(cx, orderId).capturing || due === 0)
      return refuse({ kind: 'CAPTURING', retryAfterSeconds: CAPTURE_RETRY_SECONDS })
    const taken = amount ?? due
    if (taken > due || taken === 0)
      return refuse({ kind: 'AMOUNT_MISMATCH', expected: due, given: taken })
    return ok(
      takeInHand(cx, order, {
        amount: taken,
        provider: 'counter',
        method: 'COUNTER',
        providerKey: note === null ? by : `${by} ${note}`,
        payerName: null,
      }),
    )
  },
}
