import { SYSTEM } from '../domain/actor.ts'
import { isOpen, POINTS_REFUSED } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import { afterMoneyEvent } from '../domain/order/payment-status.ts'
import type { Step } from '../domain/payment/capturing.ts'
import { afterPaymentEvent, isLive } from '../domain/payment/machine.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import {
  amountDue,
  countedPayments,
  isCovered,
  refundable,
  withMoney,
} from '../domain/payment/refunding.ts'
import { afterRefunds } from './after-refunds.ts'
import { useCoupons } from './coupon-moves.ts'
import { emitOrder, type Context } from './context.ts'
import { endLivePayments, enterRefund, enterVoid, refundRest } from './money-moves.ts'
import { moveOrder } from './move-order.ts'
import { expectSeen } from './unseen.ts'

export interface Settled {
  payment: PaymentState
  order: OrderState
}

/**
 * The one settlement: whoever reports (browser, webhook, agenda, staff), in whatever order and however
 * often, the payment takes the step once and the order follows.
 */
export function settle(cx: Context, payment: PaymentState, step: Step): Settled {
  const order = orderOf(cx, payment)
  // The entry of a look-up that brought no answer stands already, with its backoff.
  if (step === 'ask-again') return { payment, order }
  const moved = step === 'nothing' ? null : afterPaymentEvent(payment, step.event, step.changes)
  if (moved === null) {
    // What is asked about a payment that is over (a webhook's look-up) stands.
    if (isLive(payment)) watch(cx, payment)
    return { payment, order }
  }
  const next = afterOtherCaptures(cx, moved)
  cx.store.payments.save(next)
  watch(cx, next)
  if (next.status === 'ENDED') enterVoid(cx, next)
  return follow(cx, order, next)
}

function orderOf(cx: Context, payment: PaymentState): OrderState {
  const order = cx.store.orders.get(payment.orderId)
  if (order === null) throw new Error(`payment ${payment.id} has no order`)
  return order
}

/** The earliest capture is the one that paid the order: two never share their millisecond. */
export function afterOtherCaptures(cx: Context, payment: PaymentState): PaymentState {
  if (payment.status !== 'CAPTURED') return payment
  const others = cx.store.payments.ofOrder(payment.orderId).filter(({ id }) => id !== payment.id)
  const free = others.map(({ capturedAt }) => (capturedAt === null ? 0 : capturedAt + 1))
  return { ...payment, capturedAt: Math.max(payment.capturedAt ?? cx.now, ...free) }
}

/** The guest's time on the provider's page (docs.tosspayments.com/en/webhooks), and a little more. */
const PROVIDER_PAGE_MS = 30 * 60_000 + 30_000

/**
 * The agenda keeps an eye on a live payment: when its claim is over, when the provider's page is (a
 * dead one must not be offered again), and when its window is. Points are not looked up: they are
 * taken again, which changes nothing where they were.
 */
export function watch(cx: Context, payment: PaymentState): void {
  const kind = payment.provider === 'wallet' ? 'capture' : 'look-up'
  if (isLive(payment)) cx.agenda.set(kind, payment.id, nextLook(cx, payment))
  else cx.agenda.done(kind, payment.id)
}

function nextLook(cx: Context, payment: PaymentState): number {
  const { now } = cx
  if (payment.status === 'CAPTURING') return payment.leaseUntil ?? now
  if (payment.method === 'VIRTUAL_ACCOUNT' && payment.status === 'AWAITING')
    return nextLookAtAccount(cx, payment)
  if (payment.status === 'AWAITING') return payment.expiresAt
  const pageOver = payment.openedAt + PROVIDER_PAGE_MS
  return now < pageOver ? Math.min(pageOver, payment.expiresAt) : payment.expiresAt
}

const [SOONEST_LOOK_MS, LATEST_LOOK_MS, LAST_LOOK_MS] = [2 * 60_000, 3_600_000, 60_000]

/** Callbacks get lost: an account is looked at ever more seldom, and once more before its order ends. */
function nextLookAtAccount(cx: Context, payment: PaymentState): number {
  const age = cx.now - payment.openedAt
  const next = cx.now + Math.min(LATEST_LOOK_MS, Math.max(SOONEST_LOOK_MS, age / 4))
  const last = (orderOf(cx, payment).expiresAt ?? Infinity) - LAST_LOOK_MS
  return Math.floor(Math.min(next, payment.expiresAt, last > cx.now ? last : Infinity))
}

function follow(cx: Context, order: OrderState, payment: PaymentState): Settled {
  if (payment.status === 'CAPTURED') return captured(cx, order, payment)
  if (payment.provider === 'wallet' && payment.status === 'FAILED' && !isCovered(order)) {
    const ended = moveOrder(cx.as(SYSTEM), order.id, 'fail', { reason: POINTS_REFUSED })
    if (ended.ok) return { payment, order: ended.value }
    // The kitchen has it (payment comes after): more is due than another payment was opened for.
    endLivePayments(cx, order.id)
  }
  const waited = payment.status === 'AWAITING' ? waitsFor(cx, order, payment) : order
  const next = afterMoneyEvent(waited, hasLive(cx, order.id) ? 'payment-opened' : 'payment-over')
  cx.store.orders.update(next)
  emitOrder(cx, 'PAYMENT_CHANGED', next)
  return { payment, order: next }
}

const hasLive = (cx: Context, orderId: string): boolean =>
  cx.store.payments.ofOrder(orderId).some(isLive)

/** An issued account takes money for longer than a card's page does: the hold follows, within the setting. */
function waitsFor(cx: Context, order: OrderState, payment: PaymentState): OrderState {
  if (order.expiresAt === null || payment.method === 'DEPOSIT') return order
  const longest = cx.now + cx.restaurant().depositWindowSeconds * 1000
  const expiresAt = Math.max(order.expiresAt, Math.min(payment.expiresAt, longest))
  cx.agenda.set('expire-order', order.id, expiresAt)
  return { ...order, expiresAt }
}

/** Money came in: it pays the order, a part of it, or goes back by itself. The payment is stored as CAPTURED. */
export function captured(cx: Context, order: OrderState, payment: PaymentState): Settled {
  const { payments } = cx.store
  const alive = isOpen(order.status) || order.status === 'COMPLETED'
  const owed = alive
    ? amountDue(order, payments.ofOrder(order.id))
    : order.placedAmount - order.capturedAmount
  const counted = { ...payment, counted: owed > 0 }
  if (counted.counted) payments.save(counted)
  const all = payments.ofOrder(order.id)
  const money = withMoney(order, all, payments.refundsOfOrder(order.id))
  // The order was over, or paid already by another payment: this money goes back by itself.
  if (!alive || !counted.counted)
    refundRest(cx, counted, alive ? 'PAID_TWICE' : `ORDER_${order.status}`)
  const paidNow = alive && isCovered(money) && !isCovered(order)
  // No guest shall be asked for more than the rest by what was opened before.
  if (paidNow || (alive && asksForAnotherSum(money, all))) endLivePayments(cx, order.id, 'points')
  const next = paidNow ? mayNowBeMade(cx, money) : stillOwed(cx, money)
  cx.store.orders.update(next)
  if (paidNow) {
    refundExcess(cx, next, counted)
    useCoupons(cx, next)
    expectSeen(cx, next)
  }
  const settled = afterRefunds(cx, next)
  emitOrder(cx, paidNow ? 'PAYMENT_COMPLETED' : 'PAYMENT_CHANGED', settled)
  return { payment: counted, order: settled }
}

const asksForAnotherSum = (order: OrderState, payments: readonly PaymentState[]): boolean => {
  const due = amountDue(order, payments)
  return payments.some(
    (payment) => isLive(payment) && payment.provider !== 'wallet' && payment.amount !== due,
  )
}

/** A part is in: whether the guest is paying the rest just now. */
const stillOwed = (cx: Context, order: OrderState): OrderState =>
  afterMoneyEvent(order, hasLive(cx, order.id) ? 'payment-opened' : 'payment-over')

/** Less is owed than came in: the kitchen took lines out meanwhile, or a part was paid elsewhere. */
function refundExcess(cx: Context, order: OrderState, payment: PaymentState): void {
  const refunds = cx.store.payments.refundsOfOrder(order.id)
  const left = countedPayments(cx.store.payments.ofOrder(order.id)).reduce(
    (sum, paid) => sum + refundable(paid, refunds),
    0,
  )
  const amount = Math.min(left - order.totalAmount, refundable(payment, refunds))
  const reason = order.totalAmount < order.placedAmount ? 'UNAVAILABLE_LINES' : 'OVERPAID'
  if (amount > 0) enterRefund(cx, { payment, amount, reason })
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
