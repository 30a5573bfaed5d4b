import { isPayable } from '../order/lifecycle.ts'
import type { OrderState } from '../order/order.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { PaymentMethod, RestaurantState } from '../restaurant/settings.ts'
import { isLive } from './machine.ts'
import { PROVIDER_OF_METHOD, type PaymentState } from './payment.ts'
import { amountDue } from './refunding.ts'

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
  wish: { amount: number; method: PaymentMethod; payerName?: string | null },
  supply: { id: string; now: number },
): Result<Opening, Refusal> {
  const { now } = supply
  const live = payments.find((payment) => payment.provider !== 'wallet' && isLive(payment))
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
  const due = amountDue(order, payments)
  // Points that are being taken pay all of it.
  if (due === 0) return refuse({ kind: 'CAPTURING', retryAfterSeconds: 3 })
  if (wish.amount !== due)
    return refuse({ kind: 'AMOUNT_MISMATCH', expected: due, given: wish.amount })
  if (live?.status === 'READY' || live?.status === 'AWAITING') return ok({ use: live })
  if (live !== undefined) {
    const left = (live.leaseUntil ?? 0) - now
    return left > 0
      ? refuse({ kind: 'IDEMPOTENCY_IN_PROGRESS', retryAfterSeconds: Math.ceil(left / 1000) })
      : ok({ retry: { ...live, leaseUntil: now + OPENING_LEASE_MS } })
  }
  const held = extendHold(restaurant, order, now)
  const create = newPayment(restaurant, held, { ...wish, amount: due }, supply)
  return create === null
    ? refuse({ kind: 'PAYMENT_METHOD_NOT_ACCEPTED', accepted: restaurant.paymentMethods })
    : ok({ order: held, create })
}

/**
 * A payment before anything happened to it. A deposit waits for its money from the start; null where
 * the restaurant has no account for it.
 */
export function newPayment(
  restaurant: RestaurantState,
  order: OrderState,
  {
    amount,
    method,
    payerName,
  }: { amount: number; method: PaymentMethod; payerName?: string | null },
  { id, now }: { id: string; now: number },
): PaymentState | null {
  const expiresAt = order.expiresAt ?? now + windowMs(restaurant, method)
  const deposit = restaurant.depositAccount
  if (method === 'DEPOSIT' && deposit === null) return null
  const transfer = method === 'DEPOSIT' && deposit !== null
  return {
    id,
    orderId: order.id,
    provider: PROVIDER_OF_METHOD[method],
    method,
    amount,
    currency: order.currency,
    status: transfer ? 'AWAITING' : 'OPENING',
    providerKey: null,
    checkoutUrl: null,
    attemptId: null,
    leaseUntil: transfer ? null : now + OPENING_LEASE_MS,
    openedAt: now,
    expiresAt,
    capturedAt: null,
    refundedAmount: 0,
    counted: false,
    // What a deposit is matched by: the order's number where the guest gave no name.
    payerName: transfer ? (payerName ?? order.number) : null,
    account: transfer ? { ...deposit, dueAt: expiresAt } : null,
    disputed: false,
    failure: null,
  }
}

const windowMs = (restaurant: RestaurantState, method: PaymentMethod): number =>
  1000 * (method === 'DEPOSIT' ? restaurant.depositWindowSeconds : restaurant.paymentWindowSeconds)

/** Opening a payment extends the hold to the provider's own window, once. */
function extendHold(restaurant: RestaurantState, order: OrderState, now: number): OrderState {
  if (order.expiresAt === null || order.holdExtended) return order
  const window = now + windowMs(restaurant, order.paymentMethod)
  return { ...order, holdExtended: true, expiresAt: Math.max(order.expiresAt, window) }
}
