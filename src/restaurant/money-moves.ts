import type { OrderState } from '../domain/order/order.ts'
import { afterPaymentEvent, isLive } from '../domain/payment/machine.ts'
import type { PaymentState, RefundState } from '../domain/payment/payment.ts'
import { refundable, spread } from '../domain/payment/refunding.ts'
import type { Context } from './context.ts'

/**
 * Enters refunds for the amount, oldest payment first: rows and agenda. Null when that much was never
 * captured or is already promised back.
 */
export function enterRefunds(
  cx: Context,
  order: OrderState,
  amount: number,
  reason: string,
): readonly RefundState[] | null {
  const payments = cx.store.payments.ofOrder(order.id)
  const parts = spread(amount, payments, cx.store.payments.refundsOfOrder(order.id))
  return parts?.map((part) => enterRefund(cx, order.id, part, reason)) ?? null
}

/** What of the order's money is neither paid back nor promised back. */
export function refundableOf(cx: Context, orderId: string): number {
  const refunds = cx.store.payments.refundsOfOrder(orderId)
  return cx.store.payments
    .ofOrder(orderId)
    .reduce((sum, payment) => sum + refundable(payment, refunds), 0)
}

/** Whatever of the payment is not yet promised back goes back. */
export function refundRest(cx: Context, payment: PaymentState, reason: string): void {
  const amount = refundable(payment, cx.store.payments.refundsOfOrder(payment.orderId))
  if (amount > 0) enterRefund(cx, payment.orderId, { paymentId: payment.id, amount }, reason)
}

/** Whatever was captured for the order and is not yet promised back goes back. */
export function refundEverything(cx: Context, orderId: string, reason: string): void {
  for (const payment of cx.store.payments.ofOrder(orderId)) refundRest(cx, payment, reason)
}

/**
 * The order is over: payments that brought nothing can be claimed no more. Of one that stood open at
 * the provider a last question is asked: the answer that called it unpaid may be older than its money.
 */
export function endLivePayments(cx: Context, orderId: string): void {
  for (const payment of cx.store.payments.ofOrder(orderId)) {
    if (!isLive(payment)) continue
    const ended = afterPaymentEvent(payment, 'over')
    if (ended !== null) cx.store.payments.save(ended)
    if (payment.providerKey === null) cx.agenda.done('look-up', payment.id)
    else cx.agenda.set('look-up', payment.id, cx.now)
  }
}

function enterRefund(
  cx: Context,
  orderId: string,
  part: { paymentId: string; amount: number },
  reason: string,
): RefundState {
  const refund: RefundState = {
    ...part,
    id: cx.mintTimedId(),
    orderId,
    reason,
    status: 'REQUESTED',
    attempt: 0,
    requestedAt: cx.now,
    requestedBy: cx.asker.userId ?? cx.asker.sessionId,
    doneAt: null,
    failure: null,
  }
  cx.store.payments.saveRefund(refund)
  cx.agenda.set('refund', refund.id, cx.now)
  return refund
}
