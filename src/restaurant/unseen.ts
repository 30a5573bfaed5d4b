import { isStaff } from '../domain/actor.ts'
import type { Report } from '../domain/jobs.ts'
import { rings } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import { countedPayments } from '../domain/payment/refunding.ts'
import { isPaused } from '../domain/restaurant/opening.ts'
import { resume } from '../domain/restaurant/pause.ts'
import { SECRET_OF_SINK, SINKS } from '../domain/restaurant/secrets.ts'
import { emitOrder, type Context } from './context.ts'
import { saveRestaurant } from './restaurant-changes.ts'

/** A tablet that lost its Wi-Fi for a moment is not "nobody". */
const NO_BOARD_GRACE_MS = 10_000
/** One notice names all that are unseen; the next comes no sooner than this. */
const BETWEEN_NOTICES_MS = 30_000
/** Where nobody was in for an order, and nobody came, the next ones so soon after need no wait of their own. */
const UNATTENDED_MS = 60_000

/**
 * An order that is placed: somebody must see it by `seenBy`, for which the agenda is to wait. In a rush
 * that nobody is in for it is unseen from the start, instead of being found so, written and told of a
 * second time.
 */
export function meet(cx: Context, order: OrderState): { order: OrderState; seenBy: number | null } {
  if (!rings(order)) return { order, seenBy: null }
  if (cx.boardConnected() || cx.store.attendance.missedUntil() <= cx.now)
    return { order, seenBy: timeToSee(cx) }
  noteUnseen(cx, cx.now + graceMs(cx))
  return { order: { ...order, unseenSince: cx.now }, seenBy: null }
}

/** Until when an order that begins to ring is to be seen. */
const timeToSee = (cx: Context): number =>
  cx.now + (cx.boardConnected() ? cx.restaurant().unseenAlertSeconds * 1000 : graceMs(cx))

const graceMs = (cx: Context): number =>
  Math.min(NO_BOARD_GRACE_MS, cx.restaurant().unseenAlertSeconds * 1000)

/** The board rings for the order from now on: somebody must see it in time. */
export function expectSeen(cx: Context, order: OrderState): void {
  if (rings(order)) cx.agenda.set('unseen-order', order.id, timeToSee(cx))
}

/** The order was moved or acknowledged: where it rings no more, nobody waits for it to be seen. */
export function seenBy(cx: Context, order: OrderState): void {
  if (!rings(order)) cx.agenda.done('unseen-order', order.id)
  if (isStaff(cx.asker)) boardHeard(cx)
}

/** Somebody is there again: what stopped for want of them goes on. */
export function boardHeard(cx: Context): void {
  cx.store.attendance.attended()
  const restaurant = cx.restaurant()
  if (restaurant.paused && restaurant.pauseReason === 'UNSEEN')
    saveRestaurant(cx, resume(restaurant))
}

/** The wait for somebody to see the order is over. A board that came back has the usual time. */
export function unseenBy(cx: Context, order: OrderState): void {
  if (!rings(order)) return
  const alertAt = ringsSince(cx, order) + cx.restaurant().unseenAlertSeconds * 1000
  if (cx.boardConnected() && cx.now < alertAt) {
    cx.agenda.set('unseen-order', order.id, alertAt)
    return
  }
  const unseen = { ...order, unseenSince: cx.now }
  cx.store.orders.update(unseen)
  emitOrder(cx, 'ORDER_UNSEEN', unseen)
  noteUnseen(cx, cx.now)
}

function noteUnseen(cx: Context, tellAt: number): void {
  if (!cx.boardConnected()) cx.store.attendance.missed(cx.now + UNATTENDED_MS)
  stopPrepaid(cx)
  for (const sink of SINKS)
    if (cx.store.secrets.sealed(SECRET_OF_SINK[sink]) !== null)
      cx.agenda.expect('notify', sink, tellAt)
}

function stopPrepaid(cx: Context): void {
  const restaurant = cx.restaurant()
  const { stopWhenUnseen, paymentPolicy } = restaurant
  if (!stopWhenUnseen || paymentPolicy !== 'PREPAID' || isPaused(restaurant, cx.now)) return
  saveRestaurant(cx, { ...restaurant, paused: true, pausedUntil: null, pauseReason: 'UNSEEN' })
}

/** Prepaid orders ring when the money is in, others from their placing. */
function ringsSince(cx: Context, { id, placedAt, paymentPolicy }: OrderState): number {
  if (paymentPolicy !== 'PREPAID') return placedAt
  const paid = countedPayments(cx.store.payments.ofOrder(id))
  return Math.max(placedAt, ...paid.map(({ capturedAt }) => capturedAt ?? placedAt))
}

/** Orders that ring and were found unseen, oldest first. */
export const unseenOrders = (cx: Context): OrderState[] =>
  cx.store.orders
    .open()
    .filter((order) => rings(order) && order.unseenSince != null)
    .reverse()

/** A sink was told, or not. Orders that came to be unseen meanwhile are told of a little later. */
export function notified(cx: Context, report: Extract<Report, { kind: 'notified' }>): void {
  const { sink, orderIds, outcome } = report
  if (outcome.kind === 'failed') {
    // Without a wish of the sink's, the lease's own backoff stands.
    if (outcome.retryAfterSeconds !== null && unseenOrders(cx).length > 0)
      cx.agenda.set('notify', sink, cx.now + outcome.retryAfterSeconds * 1000)
    return
  }
  const untold = unseenOrders(cx).some(({ id }) => !orderIds.includes(id))
  if (outcome.kind === 'sent' && untold) cx.agenda.set('notify', sink, cx.now + BETWEEN_NOTICES_MS)
  else cx.agenda.done('notify', sink)
}
