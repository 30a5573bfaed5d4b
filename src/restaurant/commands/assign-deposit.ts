import { isOwed } from '../../domain/order/lifecycle.ts'
import type { OrderState } from '../../domain/order/order.ts'
import { CAPTURE_RETRY_SECONDS } from '../../domain/order/transition.ts'
import { amountDue } from '../../domain/payment/refunding.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { Answer, CommandModule } from '../command-module.ts'
import { factsOf } from '../context.ts'
import { paidWithout } from '../deposit-moves.ts'
import { takeInHand } from '../take-in-hand.ts'

const isOver = ({ endedAt }: OrderState): boolean => endedAt !== null

/**
 * Staff say which order a deposit is for. More than is due is refused: it would have to go back again.
 * Where the order was paid by this very transfer already, the two are put together and no more. Money
 * for an order that is over is owed back to its guest, and shown so.
 */
export const assignDeposit: CommandModule<'assign-deposit'> = {
  run(cx, { depositId, orderId }) {
    const { payments, orders } = cx.store
    const deposit = payments.deposit(depositId)
    if (deposit === null) return refuse({ kind: 'NOT_FOUND', what: 'deposit' })
    if (deposit.status !== 'UNMATCHED')
      return refuse({ kind: 'DEPOSIT_STATE', status: deposit.status })
    const order = orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order', field: 'order_id' })
    const assign = (paymentId: string): Answer<'assign-deposit'> => {
      const assigned = { ...deposit, status: 'ASSIGNED' as const, paymentId }
      payments.saveDeposit(assigned)
      return ok(assigned)
    }
    const same = paidWithout(cx, orderId, deposit.amount)
    if (same !== null) return assign(same.id)
    if (!isOwed(order) && !isOver(order))
      return refuse({
        kind: 'ORDER_STATE',
        status: order.status,
        paymentStatus: order.paymentStatus,
        event: 'assign-deposit',
      })
    if (factsOf(cx, orderId).capturing)
      return refuse({ kind: 'CAPTURING', retryAfterSeconds: CAPTURE_RETRY_SECONDS })
    const due = amountDue(order, payments.ofOrder(orderId))
    // Of one without a sum nobody knows yet how much came.
    if ((isOwed(order) && deposit.amount > due) || deposit.amount === 0)
      return refuse({ kind: 'AMOUNT_MISMATCH', expected: due, given: deposit.amount })
    const { payment } = takeInHand(cx, order, {
      amount: deposit.amount,
      provider: 'deposit',
      method: 'DEPOSIT',
      providerKey: null,
      payerName: deposit.payerName,
    })
    return assign(payment.id)
  },
}
