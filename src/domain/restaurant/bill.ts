import { isStaff, type Asker } from '../actor.ts'
import { isOwn } from '../order/lifecycle.ts'
import type { OrderState } from '../order/order.ts'

/** What of an order is on the table's bill: nothing of what ended, less what was paid back. */
export function spent(order: OrderState): number {
  if (order.endedAt !== null) return 0
  const paid = Math.max(order.totalAmount, order.capturedAmount)
  return Math.min(order.totalAmount, paid - order.refundedAmount)
}

/** What of that is not yet in. */
export const owed = (order: OrderState): number =>
  order.endedAt === null ? Math.max(0, order.totalAmount - order.capturedAmount) : 0

/**
 * At a shared table others see lines and sums, never notes, what the kitchen answered to them, or codes:
 * whoever knows one may use it.
 */
export const asSeenAtTable = (order: OrderState, asker: Asker): OrderState =>
  isStaff(asker) || isOwn(order, asker)
    ? order
    : { ...order, specialRequests: null, message: null, endReason: null, coupons: null }
