import type { OrderPaymentStatus, OrderState } from '../order/order.ts'
import { totalOf } from '../order/totals.ts'
import { isLive } from '../payment/machine.ts'
import type { PaymentState, RefundState } from '../payment/payment.ts'
import { countedPayments, isCovered, refundable } from '../payment/refunding.ts'
import type { OrderView } from '../queries.ts'
import {
  sumOf,
  unlessEqual,
  unlessNothing,
  unlessWithin,
  type MoneyDifference,
} from './difference.ts'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS

/** Looking up backs off to an hour: a payment whose time is over is over this much later. */
export const STUCK_AFTER_MS = 2 * HOUR_MS
/** A refund that a machine is to make and the provider has not even taken in. */
export const REFUND_STUCK_AFTER_MS = DAY_MS
/** One that the provider has under way: banks take days. */
export const REFUND_PENDING_MOST_MS = 14 * DAY_MS
/** A refund that people owe. */
export const REFUND_DUE_LONG_MS = 3 * DAY_MS

/**
 * Everything about one order's money that is not as it must be, or has waited for too long. What was
 * captured is at any time what pays the order, was paid back, is promised back, or is held for the rest.
 */
export function moneyDifferences(view: OrderView, now: number): readonly MoneyDifference[] {
  return [
    ...orderDifferences(view),
    ...paymentIds(view).flatMap((id) => paymentDifferences(view, id)),
    ...view.payments.flatMap((payment) => unfinished(payment, now)),
    ...view.refunds.flatMap((refund) => notPaidBack(refund, now)),
  ]
}

/** States from before `counted` was kept do not say which money pays the order. */
const saysWhatCounts = (payments: readonly Partial<PaymentState>[]): boolean =>
  payments.every(({ counted }) => counted !== undefined)

/** Those of the order, and any other that a refund names. */
const paymentIds = ({ payments, refunds }: OrderView): readonly string[] => [
  ...new Set([...payments.map(({ id }) => id), ...refunds.map(({ paymentId }) => paymentId)]),
]

function orderDifferences({ order, payments, refunds }: OrderView): readonly MoneyDifference[] {
  const due = refunds.filter(({ status }) => status === 'DUE')
  const always = [
    ...unlessEqual('TOTAL_AMOUNT', order.id, totalOf(order), order.totalAmount),
    ...unlessEqual(
      'REFUND_DUE_AMOUNT',
      order.id,
      sumOf(due, ({ amount }) => amount),
      order.refundDueAmount,
    ),
    ...statusDifference(order, payments),
  ]
  if (!saysWhatCounts(payments)) return always
  const counted = countedPayments(payments)
  const captured = sumOf(counted, ({ amount }) => amount)
  const back = sumOf(counted, ({ refundedAmount }) => refundedAmount)
  const paid = order.endedAt === null && isCovered(order)
  const kept = paid ? sumOf(counted, (payment) => Math.max(0, refundable(payment, refunds))) : 0
  return [
    ...always,
    ...unlessEqual('CAPTURED_AMOUNT', order.id, captured, order.capturedAmount),
    ...unlessEqual('REFUNDED_AMOUNT', order.id, back, order.refundedAmount),
    ...unlessWithin('KEPT_TOO_MUCH', order.id, order.totalAmount, kept),
  ]
}

/** Of the sums, the order's payment status must be one that they lead to. */
function statusDifference(
  order: OrderState,
  payments: readonly PaymentState[],
): readonly MoneyDifference[] {
  const fitting = statusesOf(order, payments.some(isLive))
  if (fitting.includes(order.paymentStatus)) return []
  const { id: subject, totalAmount: expected, capturedAmount: actual } = order
  const detail = `${order.paymentStatus} instead of ${fitting.join(' or ')}`
  return [{ kind: 'PAYMENT_STATUS', subject, expected, actual, detail }]
}

function statusesOf(order: OrderState, live: boolean): readonly OrderPaymentStatus[] {
  const { totalAmount, capturedAmount, refundedAmount, refundDueAmount } = order
  const short = capturedAmount < totalAmount
  if (short && order.endedAt === null) return live ? ['UNPAID', 'PENDING'] : ['UNPAID']
  if (refundDueAmount > 0) return ['REFUND_DUE']
  if (refundedAmount > 0)
    return [refundedAmount === capturedAmount ? 'REFUNDED' : 'PARTIALLY_REFUNDED']
  if (order.placedAmount === 0) return ['PAID']
  if (capturedAmount > 0 && !short) return ['PAID']
  // A refund that was due and is tried again leaves PAID behind, also on what was paid in part.
  return capturedAmount > 0 || totalAmount === 0 ? ['UNPAID', 'PAID'] : ['UNPAID']
}

function paymentDifferences(view: OrderView, id: string): readonly MoneyDifference[] {
  const { order, refunds } = view
  const payment = view.payments.find((candidate) => candidate.id === id)
  const own = refunds.filter(({ paymentId, status }) => paymentId === id && status !== 'DROPPED')
  const done = sumOf(
    own.filter(({ status }) => status === 'DONE'),
    ({ amount }) => amount,
  )
  const brought = payment?.status === 'CAPTURED' ? payment.amount : 0
  const tooMuch = unlessWithin(
    'PAID_BACK_TOO_MUCH',
    id,
    brought,
    sumOf(own, ({ amount }) => amount),
  )
  if (payment?.status !== 'CAPTURED') return tooMuch
  const useless = order.endedAt !== null || (payment as Partial<PaymentState>).counted === false
  return [
    ...tooMuch,
    ...bookedBack(payment, Math.min(done, brought)),
    ...(useless ? unlessNothing('KEPT_FOR_NOTHING', id, refundable(payment, refunds)) : []),
    ...(payment.disputed ? unlessNothing('DISPUTED', id, payment.amount) : []),
  ]
}

/** What went back of the payment, and what its refunds say of it. */
function bookedBack(
  { id, refundedAmount }: PaymentState,
  done: number,
): readonly MoneyDifference[] {
  const kind = refundedAmount < done ? 'REFUND_NOT_BOOKED' : 'REFUND_NOT_NAMED'
  return unlessEqual(kind, id, done, refundedAmount)
}

function unfinished(payment: PaymentState, now: number): readonly MoneyDifference[] {
  if (!isLive(payment)) return []
  const capturing = payment.status === 'CAPTURING'
  const over = capturing ? (payment.leaseUntil ?? payment.openedAt) : payment.expiresAt
  const kind = capturing ? 'CAPTURE_STUCK' : 'PAYMENT_STUCK'
  return now - over > STUCK_AFTER_MS ? unlessNothing(kind, payment.id, payment.amount) : []
}

function notPaidBack(refund: RefundState, now: number): readonly MoneyDifference[] {
  const { id, status, amount, requestedAt } = refund
  const waited = now - requestedAt
  if (status === 'DUE' && waited > REFUND_DUE_LONG_MS)
    return unlessNothing('REFUND_DUE_LONG', id, amount)
  const underWay = typeof refund.providerRef === 'string'
  const most = underWay ? REFUND_PENDING_MOST_MS : REFUND_STUCK_AFTER_MS
  return status === 'REQUESTED' && waited > most ? unlessNothing('REFUND_STUCK', id, amount) : []
}
