import type { OrderState } from '../order/order.ts'
import { afterMoneyEvent } from '../order/payment-status.ts'
import type { PaymentState, RefundState } from './payment.ts'

/** What of the payment is neither paid back nor promised back. */
export function refundable(payment: PaymentState, refunds: readonly RefundState[]): number {
  if (payment.status !== 'CAPTURED') return 0
  return refunds
    .filter((refund) => refund.paymentId === payment.id && refund.status !== 'DONE')
    .reduce((left, refund) => left - refund.amount, payment.amount - payment.refundedAmount)
}

/** How an amount is taken from the payments, oldest first; null when there is not that much. */
export function spread(
  amount: number,
  payments: readonly PaymentState[],
  refunds: readonly RefundState[],
): readonly { paymentId: string; amount: number }[] | null {
  let left = amount
  const parts = payments.flatMap((payment) => {
    const part = Math.min(left, refundable(payment, refunds))
    left -= part
    return part > 0 ? [{ paymentId: payment.id, amount: part }] : []
  })
  return left > 0 ? null : parts
}

/**
 * The order's money as its payments and refunds say. The first captured payment is the one that paid
 * the order; another one that came through as well is paid back beside it and shows only while due.
 */
export function withMoney(
  order: OrderState,
  payments: readonly PaymentState[],
  refunds: readonly RefundState[],
): OrderState {
  const paying = payments
    .filter((payment) => payment.status === 'CAPTURED')
    .sort((a, b) => (a.capturedAt ?? 0) - (b.capturedAt ?? 0))[0]
  if (paying === undefined) return order
  const refundedAmount = paying.refundedAmount
  const refundDueAmount = refunds
    .filter((refund) => refund.status === 'DUE')
    .reduce((sum, refund) => sum + refund.amount, 0)
  const money = { ...order, capturedAmount: paying.amount, refundedAmount, refundDueAmount }
  const paid = afterMoneyEvent(money, 'captured')
  if (refundDueAmount > 0) return afterMoneyEvent(paid, 'refund-due')
  if (refundedAmount === 0) return afterMoneyEvent(paid, 'nothing-due')
  return afterMoneyEvent(
    paid,
    refundedAmount < paying.amount ? 'refunded-partly' : 'refunded-whole',
  )
}
