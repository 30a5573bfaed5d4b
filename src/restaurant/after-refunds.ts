import type { OrderState } from '../domain/order/order.ts'
import { withMoney } from '../domain/payment/refunding.ts'
import type { Context } from './context.ts'

/** The order with its money as its payments and refunds say now; stored where that changed something. */
export function afterRefunds(cx: Context, order: OrderState): OrderState {
  const { payments, orders } = cx.store
  const refunds = payments.refundsOfOrder(order.id)
  const all = payments.ofOrder(order.id)
  if (all.length === 0) return order
  const next = withMoney(order, all, refunds)
  const same =
    next.paymentStatus === order.paymentStatus &&
    next.capturedAmount === order.capturedAmount &&
    next.refundedAmount === order.refundedAmount &&
    next.refundDueAmount === order.refundDueAmount
  if (same) return order
  orders.update(next)
  return next
}
