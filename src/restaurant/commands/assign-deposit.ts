import { isOwed } from '../../domain/order/lifecycle.ts'
import { newPayment } from '../../domain/payment/opening.ts'
import { amountDue } from '../../domain/payment/refunding.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { endLivePayments } from '../money-moves.ts'
import { captured } from '../settle-payment.ts'

/** Staff say which order a deposit is for. More than is due is refused: it would have to go back again. */
export const assignDeposit: CommandModule<'assign-deposit'> = {
  run(cx, { depositId, orderId }) {
    const { payments, orders } = cx.store
    const deposit = payments.deposit(depositId)
    if (deposit === null) return refuse({ kind: 'NOT_FOUND', what: 'deposit' })
    if (deposit.status !== 'UNMATCHED')
      return refuse({ kind: 'DEPOSIT_STATE', status: deposit.status })
    const order = orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order', field: 'order_id' })
    if (!isOwed(order))
      return refuse({
        kind: 'ORDER_STATE',
        status: order.status,
        paymentStatus: order.paymentStatus,
        event: 'assign-deposit',
      })
    const due = amountDue(order, payments.ofOrder(orderId))
    if (deposit.amount > due)
      return refuse({ kind: 'AMOUNT_MISMATCH', expected: due, given: deposit.amount })
    endLivePayments(cx, orderId, 'points')
    const opened = newPayment(
      cx.restaurant(),
      order,
      { amount: deposit.amount, method: 'COUNTER' },
      { id: cx.mintTimedId(), now: cx.now },
    )
    if (opened === null) throw new Error('a deposit that is in needs no account')
    const payment = {
      ...opened,
      provider: 'deposit' as const,
      method: 'DEPOSIT' as const,
      payerName: deposit.payerName,
      status: 'CAPTURED' as const,
      leaseUntil: null,
      capturedAt: cx.now,
    }
    payments.save(payment)
    captured(cx, order, payment)
    const assigned = { ...deposit, status: 'ASSIGNED' as const, paymentId: payment.id }
    payments.saveDeposit(assigned)
    return ok(assigned)
  },
}
