import type { PaymentState } from '../payment/payment.ts'
import { isOwed } from './lifecycle.ts'
import type { OrderState } from './order.ts'
import { amountDue } from '../payment/refunding.ts'
import { isLive } from '../payment/machine.ts'

/** The order as its placing answers it once its points are taken, now and on every repeat. */
export function placedWithPoints(order: OrderState, points: number): OrderState {
  const placed = { ...order, capturedAmount: points }
  return points < order.totalAmount ? placed : { ...placed, paymentStatus: 'PAID', expiresAt: null }
}

/** What of the order points pay, taken or just being taken; what went back later counts as paid. */
export const pointsOf = (payments: readonly PaymentState[]): number =>
  payments
    .filter(({ provider }) => provider === 'wallet')
    .filter((payment) => isLive(payment) || payment.status === 'CAPTURED')
    .reduce((sum, { amount }) => sum + amount, 0)

/** What the guest has still to pay; nothing of an order that is over. */
export const stillDue = (order: OrderState, payments: readonly PaymentState[]): number =>
  isOwed(order) ? amountDue(order, payments) : 0
