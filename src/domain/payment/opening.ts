import { isPayable } from '../order/lifecycle.ts'
import type { OrderState } from '../order/order.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { PaymentMethod, RestaurantState } from '../restaurant/settings.ts'
import { isLive } from './machine.ts'
import type { PaymentState } from './payment.ts'

/** While this lasts, whoever wrote the intent is asking the provider; then another may ask again. */
export const OPENING_LEASE_MS = 15_000

export type Opening =
  /** A payment of the order already waits for the guest: it is the one to use. */
  | { use: PaymentState }
  /** The intent stands but nobody brought the provider's answer home: ask again under the same id. */
  | { retry: PaymentState }
  | { create: PaymentState; order: OrderState }

/** Whether a payment may be opened for the order. At most one is live at a time. */
export function decideOpening(
  restaurant: RestaurantState,
  order: OrderState,
  payments: readonly PaymentState[],
  wish: { amount: number; method: PaymentMethod },
  supply: { id: string; now: number },
): Result<Opening, Refusal> {
  const { now } = supply
  const live = payments.find(isLive)
  if (live?.status === 'CAPTURING') return refuse({ kind: 'CAPTURING', retryAfterSeconds: 3 })
  if (wish.method !== order.paymentMethod)
    return refuse({ kind: 'PAYMENT_METHOD_NOT_ACCEPTED', accepted: [order.paymentMethod] })
  if (!isPayable(order))
    return refuse({
      kind: 'ORDER_STATE',
      status: order.status,
      paymentStatus: order.paymentStatus,
      event: 'pay',
    })
  if (wish.amount !== order.totalAmount)
    return refuse({ kind: 'AMOUNT_MISMATCH', expected: order.totalAmount, given: wish.amount })
  if (live?.status === 'READY') return ok({ use: live })
  if (live !== undefined) {
    const left = (live.leaseUntil ?? 0) - now
    return left > 0
      ? refuse({ kind: 'IDEMPOTENCY_IN_PROGRESS', retryAfterSeconds: Math.ceil(left / 1000) })
      : ok({ retry: { ...live, leaseUntil: now + OPENING_LEASE_MS } })
  }
  const held = extendHold(restaurant, order, now)
  return ok({
    order: held,
    create: {
      id: supply.id,
      orderId: order.id,
      provider: 'toss',
      method: wish.method,
      amount: order.totalAmount,
      currency: order.currency,
      status: 'OPENING',
      providerKey: null,
      checkoutUrl: null,
      attemptId: null,
      leaseUntil: now + OPENING_LEASE_MS,
      openedAt: now,
      expiresAt: held.expiresAt ?? now + restaurant.paymentWindowSeconds * 1000,
      capturedAt: null,
      refundedAmount: 0,
      failure: null,
    },
  })
}

/** Opening a payment extends the hold to the provider's own window, once. */
function extendHold(restaurant: RestaurantState, order: OrderState, now: number): OrderState {
  if (order.expiresAt === null || order.holdExtended) return order
  const window = now + restaurant.paymentWindowSeconds * 1000
  return { ...order, holdExtended: true, expiresAt: Math.max(order.expiresAt, window) }
}
