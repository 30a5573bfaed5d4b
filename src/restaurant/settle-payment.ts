import { isOpen } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import { afterMoneyEvent } from '../domain/order/payment-status.ts'
import type { Step } from '../domain/payment/capturing.ts'
import { afterPaymentEvent, isLive } from '../domain/payment/machine.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { withMoney } from '../domain/payment/refunding.ts'
import { emitOrder, type Context } from './context.ts'
import { enterRefunds, refundRest } from './money-moves.ts'
import { expectSeen } from './unseen.ts'

/**
 * The one settlement: whoever reports (browser, webhook, agenda), in whatever order and however
 * often, the payment takes the step once and the order follows.
 */
export function settle(
  cx: Context,
  payment: PaymentState,
  step: Step,
): { payment: PaymentState; order: OrderState } {
  const order = cx.store.orders.get(payment.orderId)
  if (order === null) throw new Error(`payment ${payment.id} has no order`)
  // The entry of a look-up that brought no answer stands already, with its backoff.
  if (step === 'ask-again') return { payment, order }
  const moved = step === 'nothing' ? null : afterPaymentEvent(payment, step.event, step.changes)
  const next = moved === null ? null : afterOtherCaptures(cx, moved)
  if (next !== null) cx.store.payments.save(next)
  watch(cx, next ?? payment)
  return next === null ? { payment, order } : { payment: next, order: follow(cx, order, next) }
}

/** The earliest capture is the one that paid the order: two never share their millisecond. */
function afterOtherCaptures(cx: Context, payment: PaymentState): PaymentState {
  if (payment.status !== 'CAPTURED') return payment
  const others = cx.store.payments.ofOrder(payment.orderId).filter(({ id }) => id !== payment.id)
  const free = others.map(({ capturedAt }) => (capturedAt === null ? 0 : capturedAt + 1))
  return { ...payment, capturedAt: Math.max(payment.capturedAt ?? cx.now, ...free) }
}

/** The guest's time on the provider's page (docs.tosspayments.com/en/webhooks), and a little more. */
const PROVIDER_PAGE_MS = 30 * 60_000 + 30_000

/**
 * The agenda keeps an eye on a live payment: when its claim is over, when the provider's page is (a
 * dead one must not be offered again), and when its window is.
 */
export function watch(cx: Context, payment: PaymentState): void {
  if (isLive(payment)) cx.agenda.set('look-up', payment.id, nextLook(payment, cx.now))
  else cx.agenda.done('look-up', payment.id)
}

function nextLook(payment: PaymentState, now: number): number {
  if (payment.status === 'CAPTURING') return payment.leaseUntil ?? now
  const pageOver = payment.openedAt + PROVIDER_PAGE_MS
  return now < pageOver ? Math.min(pageOver, payment.expiresAt) : payment.expiresAt
}

function follow(cx: Context, order: OrderState, payment: PaymentState): OrderState {
  if (payment.status === 'CAPTURED') return paid(cx, order, payment)
  const event = isLive(payment) ? 'payment-opened' : 'payment-over'
  const next = afterMoneyEvent(order, event)
  cx.store.orders.update(next)
  emitOrder(cx, 'PAYMENT_CHANGED', next)
  return next
}

function paid(cx: Context, order: OrderState, payment: PaymentState): OrderState {
  const { payments } = cx.store
  const first = order.capturedAmount === 0
  const money = withMoney(order, payments.ofOrder(order.id), payments.refundsOfOrder(order.id))
  const wanted = first && (isOpen(order.status) || order.status === 'COMPLETED')
  const next = wanted ? mayNowBeMade(cx, money) : money
  cx.store.orders.update(next)
  // The order was over, or paid already by another payment: this money goes back by itself.
  if (!wanted) refundRest(cx, payment, first ? `ORDER_${order.status}` : 'PAID_TWICE')
  else refundWhatWasTakenOut(cx, next, payment)
  if (wanted) expectSeen(cx, next)
  emitOrder(cx, wanted ? 'PAYMENT_COMPLETED' : 'PAYMENT_CHANGED', next)
  return next
}

/** The kitchen took lines out while this money, thought lost, was on its way. */
function refundWhatWasTakenOut(cx: Context, order: OrderState, payment: PaymentState): void {
  const tooMuch = payment.amount - payment.refundedAmount - order.totalAmount
  if (tooMuch > 0) enterRefunds(cx, order, tooMuch, 'UNAVAILABLE_LINES')
}

/** A prepaid order is the kitchen's from the moment the money is in; its deadline starts here. */
function mayNowBeMade(cx: Context, order: OrderState): OrderState {
  cx.agenda.done('expire-order', order.id)
  if (order.status !== 'PENDING' || order.paymentPolicy !== 'PREPAID')
    return { ...order, expiresAt: null }
  const acceptBy = cx.now + cx.restaurant().acceptDeadlineSeconds * 1000
  cx.agenda.set('accept-deadline', order.id, acceptBy)
  return { ...order, expiresAt: null, acceptBy }
}
