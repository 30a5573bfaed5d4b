import { SYSTEM } from '../domain/actor.ts'
import { mayBeMade } from '../domain/order/lifecycle.ts'
import { withoutWhatIsOver } from '../domain/restaurant/opening.ts'
import type { DeadlineKind } from './agenda.ts'
import type { Context } from './context.ts'
import { endFreeClaims } from './coupon-moves.ts'
import { beginPortionsDay } from './daily-portions.ts'
import { moveOrder } from './move-order.ts'
import { saveRestaurant, watchOpening } from './restaurant-changes.ts'
import { announceAvailability } from './stock-moves.ts'
import { unseenBy } from './unseen.ts'

/** A claim on the money holds the deadline up; then it is looked at again this much later. */
const CAPTURE_WAIT_MS = 5_000
const DAY_MS = 24 * 3600 * 1000
const EVENTS_KEPT_MS = 7 * DAY_MS
const ANSWERS_KEPT_MS = 90 * DAY_MS

/** What each deadline does when it falls, as the system, in the transaction that found it due. */
export const DEADLINES: Record<DeadlineKind, (cx: Context, subject: string) => void> = {
  'expire-order': (cx, orderId) => atDeadline(cx, 'expire-order', orderId, 'expire'),

  'accept-deadline': (cx, orderId) => {
    const order = cx.store.orders.get(orderId)
    // One whose money went back meanwhile cannot be accepted, and must not stay for ever.
    const accepts =
      cx.restaurant().acceptDeadlineOutcome === 'AUTO_ACCEPT' && order !== null && mayBeMade(order)
    atDeadline(cx, 'accept-deadline', orderId, accepts ? 'auto-accept' : 'auto-reject')
  },

  'sold-out-ends': (cx, itemId) => {
    const item = cx.store.menu.item(itemId)
    if (item === null || !item.soldOut || item.soldOutUntil === null) return
    const back = { ...item, soldOut: false, soldOutUntil: null }
    cx.store.menu.saveItem(back)
    announceAvailability(cx, itemId)
  },

  'opening-changes': (cx) => {
    saveRestaurant(cx, withoutWhatIsOver(cx.restaurant(), cx.now))
  },

  'unseen-order': (cx, orderId) => {
    const order = cx.store.orders.get(orderId)
    if (order !== null) unseenBy(cx, order)
  },

  'coupon-ends': (cx, couponId) => {
    endFreeClaims(cx, couponId)
  },

  'daily-portions': (cx) => beginPortionsDay(cx),

  // It only stood for as long as the owner was not to be told again.
  'low-stock-quiet': () => undefined,

  housekeeping: (cx, subject) => {
    watchOpening(cx)
    cx.store.events.prune(cx.now - EVENTS_KEPT_MS, cx.store.restaurant.watermark())
    cx.store.sessions.prune(cx.now, cx.now - ANSWERS_KEPT_MS)
    cx.agenda.set('housekeeping', subject, cx.now + DAY_MS)
  },
}

function atDeadline(
  cx: Context,
  kind: DeadlineKind,
  orderId: string,
  verb: 'expire' | 'auto-accept' | 'auto-reject',
): void {
  const reason = verb === 'expire' ? 'NOT_PAID_IN_TIME' : 'NOT_ACCEPTED_IN_TIME'
  const moved = moveOrder(cx.as(SYSTEM), orderId, verb, verb === 'auto-accept' ? {} : { reason })
  if (!moved.ok && moved.refusal.kind === 'CAPTURING')
    cx.agenda.set(kind, orderId, cx.now + CAPTURE_WAIT_MS)
}
