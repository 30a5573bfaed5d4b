import { isOpen } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import { newPayment } from '../domain/payment/opening.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { amountDue } from '../domain/payment/refunding.ts'
import type { Context } from './context.ts'
import { enterDeposit } from './first-payments.ts'
import { endLivePayments } from './money-moves.ts'
import { afterOtherCaptures, captured, type Settled } from './settle-payment.ts'

/**
 * Money that staff have in hand: no machine was asked, other ways that stood open end. Where the guest
 * pays by deposit, the rest is waited for in its place, under the guest's own name.
 */
export function takeInHand(
  cx: Context,
  order: OrderState,
  money: Pick<PaymentState, 'amount' | 'provider' | 'method' | 'providerKey' | 'payerName'>,
): Settled {
  const { payments } = cx.store
  const payerName = payerOf(payments.ofOrder(order.id))
  endLivePayments(cx, order.id, 'points')
  const supply = { id: cx.mintTimedId(), now: cx.now }
  const { amount } = money
  const opened = newPayment(cx.restaurant(), order, { amount, method: 'COUNTER' }, supply)
  if (opened === null) throw new Error('money in hand needs no account')
  const status = 'CAPTURED' as const
  const payment = { ...opened, ...money, status, leaseUntil: null, capturedAt: cx.now }
  const taken = afterOtherCaptures(cx, payment)
  payments.save(taken)
  const rest = amountDue(order, payments.ofOrder(order.id)) - amount
  const waits = order.paymentMethod === 'DEPOSIT' && isOpen(order.status) && rest > 0
  if (waits && cx.restaurant().depositAccount !== null) enterDeposit(cx, order, rest, payerName)
  return captured(cx, order, taken)
}

/** The name that the guest gave with the order; that of a deposit which staff assigned is another's. */
export const payerOf = (payments: readonly PaymentState[]): string | null =>
  payments.find(({ provider, account }) => provider === 'deposit' && account !== null)?.payerName ??
  null
