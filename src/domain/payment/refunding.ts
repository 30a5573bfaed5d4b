import type { OrderState } from '../order/order.ts'
import { afterMoneyEvent } from '../order/payment-status.ts'
import { keptOf } from '../order/totals.ts'
import { isLive } from './machine.ts'
import type { PaymentState, RefundedLine, RefundState } from './payment.ts'

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)

/** The money that pays the order: captured, and neither too late nor a second time. */
export const countedPayments = (payments: readonly PaymentState[]): readonly PaymentState[] =>
  payments.filter((payment) => payment.status === 'CAPTURED' && payment.counted)

/**
 * What is still to be paid by a payment to come. Points that are just being taken count as paid: when
 * they are refused, the order ends.
 */
export function amountDue(order: OrderState, payments: readonly PaymentState[]): number {
  const points = payments.filter((payment) => payment.provider === 'wallet' && isLive(payment))
  const paid = sum([...countedPayments(payments), ...points].map(({ amount }) => amount))
  return Math.max(0, order.totalAmount - paid)
}

/** Promised or due: money that is on its way back. */
const isOnItsWayBack = (refund: RefundState): boolean =>
  refund.status === 'REQUESTED' || refund.status === 'DUE'

/** What of the payment is neither paid back nor promised back. */
export function refundable(payment: PaymentState, refunds: readonly RefundState[]): number {
  if (payment.status !== 'CAPTURED') return 0
  return refunds
    .filter((refund) => refund.paymentId === payment.id && isOnItsWayBack(refund))
    .reduce((left, refund) => left - refund.amount, payment.amount - payment.refundedAmount)
}

/** What of an order's money is neither paid back nor promised back. */
export const refundableOfAll = (
  payments: readonly PaymentState[],
  refunds: readonly RefundState[],
): number => sum(payments.map((payment) => refundable(payment, refunds)))

/** More is promised back of the payment than is left of it: some of it went back another way. */
export function overPromised(payment: PaymentState, refunds: readonly RefundState[]): number {
  return Math.max(0, -refundable(payment, refunds))
}

/**
 * How an amount is taken from the payments, the one that was captured last first: points, which are
 * taken when the order is placed, go back last. Null when there is not that much.
 */
export function spread(
  amount: number,
  payments: readonly PaymentState[],
  refunds: readonly RefundState[],
): readonly { payment: PaymentState; amount: number }[] | null {
  let left = amount
  const newestFirst = payments.toSorted((a, b) => (b.capturedAt ?? 0) - (a.capturedAt ?? 0))
  const parts = newestFirst.flatMap((payment) => {
    const part = Math.min(left, Math.max(0, refundable(payment, refunds)))
    left -= part
    return part > 0 ? [{ payment, amount: part }] : []
  })
  return left > 0 ? null : parts
}

/** The order with the portions marked as paid back. */
export const withRefundedLines = (
  order: OrderState,
  portions: readonly RefundedLine[],
): OrderState => ({
  ...order,
  lines: order.lines.map((line) => {
    const quantity = sum(
      portions.filter(({ lineId }) => lineId === line.id).map((portion) => portion.quantity),
    )
    if (quantity === 0) return line
    return { ...line, refundedQuantity: (line.refundedQuantity ?? 0) + quantity }
  }),
})

/** What the guest pays less without the portions: their net price and their part of the fees. */
export const amountOfLines = (order: OrderState, portions: readonly RefundedLine[]): number =>
  keptOf(order) - keptOf(withRefundedLines(order, portions))

/** What the order costs is in. */
export const isCovered = (order: OrderState): boolean => order.capturedAmount >= order.totalAmount

/**
 * The order's money as its payments and refunds say. Captured money that does not pay the order (it
 * came twice, or too late) is paid back beside it and shows only while due.
 */
export function withMoney(
  order: OrderState,
  payments: readonly PaymentState[],
  refunds: readonly RefundState[],
): OrderState {
  const counted = countedPayments(payments)
  const capturedAmount = sum(counted.map(({ amount }) => amount))
  const refundedAmount = sum(counted.map((payment) => payment.refundedAmount))
  const due = refunds.filter((refund) => refund.status === 'DUE')
  const refundDueAmount = sum(due.map(({ amount }) => amount))
  const money = { ...order, capturedAmount, refundedAmount, refundDueAmount }
  // While it waits for the rest of its money, its status says that alone.
  if (capturedAmount < order.totalAmount && order.endedAt === null) return money
  const paid = capturedAmount > 0 && isCovered(money) ? afterMoneyEvent(money, 'captured') : money
  if (refundDueAmount > 0) return afterMoneyEvent(paid, 'refund-due')
  if (refundedAmount === 0) return afterMoneyEvent(paid, 'nothing-due')
  const whole = refundedAmount === capturedAmount
  return afterMoneyEvent(paid, whole ? 'refunded-whole' : 'refunded-partly')
}
