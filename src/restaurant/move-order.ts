import type { Effect, OrderVerb } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import { afterMoneyEvent } from '../domain/order/payment-status.ts'
import { move, type Move, type MoveDetails } from '../domain/order/transition.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import { emitOrder, factsOf, type Context } from './context.ts'
import { giveCouponsBack, useCoupons } from './coupon-moves.ts'
import { afterRefunds } from './after-refunds.ts'
import { endLivePayments, enterRefunds, refundableOf, refundEverything } from './money-moves.ts'
import { givePortionsBack, sellPortions } from './stock-moves.ts'
import { seenBy } from './unseen.ts'

/** Moves an order along its table with all effects, in the caller's transaction, and announces it. */
export function moveOrder(
  cx: Context,
  orderId: string,
  verb: OrderVerb,
  details: MoveDetails = {},
  /** Sealed: where money from a virtual account goes back to. */
  sealedAccount: string | null = null,
): Result<OrderState, Refusal> {
  const order = cx.store.orders.get(orderId)
  if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
  const moved = move(verb, order, factsOf(cx, orderId), cx.asker, cx.now, details)
  if (!moved.ok) return moved
  const { effects } = moved.value
  const next =
    effects.includes('end-payments') || costsLessUnpaid(order, moved.value.order)
      ? afterMoneyEvent(moved.value.order, 'payment-over')
      : moved.value.order
  cx.store.orders.update(next)
  cx.agenda.done('expire-order', orderId)
  cx.agenda.done('accept-deadline', orderId)
  seenBy(cx, next)
  const how = { reason: details.reason ?? verb, sealedAccount }
  for (const effect of effects) EFFECTS[effect](cx, order, moved.value, how)
  const settled = afterRefunds(cx, next)
  emitOrder(cx, 'STATUS_CHANGED', settled, details.message ?? details.reason ?? null)
  return ok(settled)
}

/** A payment that was opened for the former amount is of no use any more. */
const costsLessUnpaid = (before: OrderState, after: OrderState): boolean =>
  before.capturedAmount < before.totalAmount && after.totalAmount < before.totalAmount

const EFFECTS: Record<
  Effect,
  (
    cx: Context,
    before: OrderState,
    moved: Move,
    how: { reason: string; sealedAccount: string | null },
  ) => void
> = {
  'sell-stock': (cx, before, moved) => {
    sellPortions(cx, moved.made, before)
    givePortionsBack(cx, moved.takenOut)
  },
  'release-stock': (cx, before, moved) => {
    // Later than PENDING the kitchen has taken the portions: nothing is held any more.
    if (before.status === 'PENDING') givePortionsBack(cx, moved.held)
  },
  'settle-difference': (cx, before, moved) => {
    if (costsLessUnpaid(before, moved.order)) endLivePayments(cx, before.id, 'points')
    const paid = Math.min(before.capturedAmount, before.totalAmount)
    // Part of it may have been paid back before: no more goes back than is left.
    const surplus = paid - moved.order.totalAmount - moved.refundedBefore
    const tooMuch = Math.min(surplus, refundableOf(cx, before.id))
    if (tooMuch > 0) enterRefunds(cx, before, tooMuch, { reason: 'UNAVAILABLE_LINES' })
    useCoupons(cx, moved.order)
  },
  refund: (cx, before, _, { reason, sealedAccount }) =>
    refundEverything(cx, before.id, reason, sealedAccount),
  'end-payments': (cx, before) => endLivePayments(cx, before.id),
  'give-coupons-back': (cx, before) => giveCouponsBack(cx, before),
}
