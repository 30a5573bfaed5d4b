import { isOwed } from '../../domain/order/lifecycle.ts'
import { newPayment } from '../../domain/payment/opening.ts'
import { amountDue } from '../../domain/payment/refunding.ts'
import { ok, refuse } from '../../domain/result.ts'
import { CAPTURE_RETRY_SECONDS } from '../../domain/order/transition.ts'
import type { CommandModule } from '../command-module.ts'
import { factsOf } from '../context.ts'
import { endLivePayments } from '../money-moves.ts'
import { captured } from '../settle-payment.ts'

/** Staff took money at the counter: what is due, or a part of it. Other ways that stood open end. */
export const settleOrder: CommandModule<'settle-order'> = {
  run(cx, { orderId, amount, by, note }) {
    const order = cx.store.orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
    if (factsOf(cx, orderId).capturing)
      return refuse({ kind: 'CAPTURING', retryAfterSeconds: CAPTURE_RETRY_SECONDS })
    if (!isOwed(order))
      return refuse({
        kind: 'ORDER_STATE',
        status: order.status,
        paymentStatus: order.paymentStatus,
        event: 'settle',
      })
    const { payments } = cx.store
    const due = amountDue(order, payments.ofOrder(orderId))
    const taken = amount ?? due
    if (taken > due || taken === 0)
      return refuse({ kind: 'AMOUNT_MISMATCH', expected: due, given: taken })
    endLivePayments(cx, orderId, 'points')
    const opened = newPayment(
      cx.restaurant(),
      order,
      { amount: taken, method: 'COUNTER' },
      { id: cx.mintTimedId(), now: cx.now },
    )
    if (opened === null) throw new Error('money at the counter needs no account')
    const payment = {
      ...opened,
      status: 'CAPTURED' as const,
      providerKey: note === null ? by : `${by} ${note}`,
      leaseUntil: null,
      capturedAt: cx.now,
    }
    payments.save(payment)
    return ok(captured(cx, order, payment))
  },
}
