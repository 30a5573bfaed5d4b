import type { Placement } from '../domain/order/place.ts'
import type { OrderState } from '../domain/order/order.ts'
import { CAPTURE_LEASE_MS } from '../domain/payment/capturing.ts'
import { newPayment } from '../domain/payment/opening.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import type { Context } from './context.ts'
import { watch } from './settle-payment.ts'

export interface FirstPayments {
  points?: PaymentState
  deposit?: PaymentState
}

/**
 * What begins with the order itself: points are claimed at once (the caller takes them, else the
 * agenda), a deposit is waited for and made known to whoever watches the account.
 */
export function enterFirstPayments(
  cx: Context,
  { order, points }: Pick<Placement, 'order' | 'points'>,
  payerName: string | null,
): FirstPayments {
  const entered: FirstPayments = {}
  if (points > 0) entered.points = enterPoints(cx, order, points)
  const rest = order.totalAmount - points
  if (order.paymentMethod === 'DEPOSIT' && rest > 0)
    entered.deposit = enterDeposit(cx, order, rest, payerName)
  return entered
}

function enterPoints(cx: Context, order: OrderState, amount: number): PaymentState {
  const supply = { id: cx.mintTimedId(), now: cx.now }
  const opened = newPayment(cx.restaurant(), order, { amount, method: 'POINTS' }, supply)
  if (opened === null) throw new Error('points need no account')
  const payment: PaymentState = {
    ...opened,
    status: 'CAPTURING',
    attemptId: cx.mintTimedId(),
    leaseUntil: cx.now + CAPTURE_LEASE_MS,
  }
  cx.store.payments.save(payment)
  watch(cx, payment)
  return payment
}

/** A deposit that is waited for from now on, and made known to whoever watches the account. */
export function enterDeposit(
  cx: Context,
  order: OrderState,
  amount: number,
  payerName: string | null,
): PaymentState {
  const supply = { id: cx.mintTimedId(), now: cx.now }
  const payment = newPayment(
    cx.restaurant(),
    order,
    { amount, method: 'DEPOSIT', payerName },
    supply,
  )
  if (payment === null) throw new Error('the order was placed without a deposit account')
  cx.store.payments.save(payment)
  watch(cx, payment)
  cx.agenda.set('register', payment.id, cx.now)
  return payment
}
