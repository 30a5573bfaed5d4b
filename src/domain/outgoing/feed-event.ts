import { SYSTEM } from '../actor.ts'
import { isCouponNews, type CouponState } from '../coupon/coupon.ts'
import type { DomainEvent, EventType, Subject } from '../events.ts'
import { categoryJson, itemJson } from '../menu/menu-json.ts'
import { orderJson } from '../order/order-json.ts'
import type { OrderState } from '../order/order.ts'
import { publicStatusOf } from '../payment/public-status.ts'
import { openingOf } from '../restaurant/opening.ts'
import { LATER_SETTINGS, type RestaurantState } from '../restaurant/settings.ts'

/** What partners may be told of, and subscribe to. */
export const FEED_EVENT_TYPES = [
  'NEW_ORDER',
  'STATUS_CHANGED',
  'PAYMENT_COMPLETED',
  'PAYMENT_CHANGED',
  'REFUND_CHANGED',
  'MENU_CHANGED',
  'SOLD_OUT',
  'STOCK_LOW',
  'STOCK_ENOUGH',
  'RESTAURANT_CHANGED',
  'COUPON_CHANGED',
] as const satisfies readonly EventType[]
export type FeedEventType = (typeof FEED_EVENT_TYPES)[number]

/** An event as it is shown outside the platform, to every partner alike. */
export interface FeedEvent {
  type: FeedEventType
  data: Record<string, unknown>
}

const isOutward = (type: EventType): type is FeedEventType =>
  (FEED_EVENT_TYPES as readonly EventType[]).includes(type)

type Told = Pick<DomainEvent, 'type' | 'subject' | 'at'>

/** What partners know the event as; null for what is no business of theirs. */
export function feedTypeOf({ type, subject, at }: Told): FeedEventType | null {
  if (!isOutward(type) || !isShown(subject)) return null
  // A rush of claims is no news to anybody but the claimants.
  return subject.kind === 'coupon' && !isCouponNews(subject.coupon, at) ? null : type
}

/** The event as partners see it; null for what is no business of theirs. */
export function feedEventOf(event: Told): FeedEvent | null {
  const type = feedTypeOf(event)
  const { subject, at } = event
  return type !== null && isShown(subject) ? { type, data: dataOf(subject, at) } : null
}

const HIDDEN = ['table', 'visit', 'deposit', 'claim'] as const
type ShownSubject = Exclude<Subject, { kind: (typeof HIDDEN)[number] }>

const isShown = (subject: Subject): subject is ShownSubject =>
  !(HIDDEN as readonly Subject['kind'][]).includes(subject.kind)

function dataOf(subject: ShownSubject, at: number): FeedEvent['data'] {
  switch (subject.kind) {
    case 'order':
      return orderData(subject)
    case 'item':
      return { item: { ...itemJson(subject.item), deleted: subject.item.deleted } }
    case 'category':
      return { category: categoryData(subject.category) }
    case 'menu':
      return {
        categories: subject.categories.map(categoryData),
        items: subject.items.map((item) => ({ ...itemJson(item), deleted: item.deleted })),
      }
    case 'restaurant':
      return { restaurant: restaurantData(subject.restaurant, at) }
    case 'coupon':
      return { coupon: couponData(subject.coupon) }
  }
}

/** Of the guest nothing but the account's id: no words of theirs, no session, no payer's name. */
function orderData({ order, payments, refunds }: Extract<Subject, { kind: 'order' }>) {
  return {
    order: { ...publicOrder(order), user_id: order.userId },
    payments: payments.map(({ id, method, amount, status }) => ({
      id,
      method,
      amount,
      status: publicStatusOf(status),
    })),
    refunds: refunds.map(({ id, paymentId, amount, status }) => ({
      id,
      payment_id: paymentId,
      amount,
      status,
    })),
  }
}

/** What one asker may do, and what only a board rings for, is left out. */
function publicOrder(order: OrderState) {
  const {
    allowed_actions: _actions,
    special_requests: _requests,
    visit_id: _visit,
    acknowledged_at: _acknowledged,
    unseen_since: _unseen,
    rings: _rings,
    ...shown
  } = orderJson(order, { capturing: false }, SYSTEM)
  return shown
}

const categoryData = ({
  deleted,
  ...category
}: Extract<Subject, { kind: 'category' }>['category']) => ({ ...categoryJson(category), deleted })

/** `at`: the event's instant. Events from before these settings were there lack some. */
function restaurantData(stored: RestaurantState, at: number) {
  const restaurant: RestaurantState = { ...LATER_SETTINGS, ...stored }
  const { open, opensAt, busyDelayMinutes } = openingOf(restaurant, at)
  return {
    id: restaurant.id,
    name: restaurant.name,
    timezone: restaurant.timezone,
    currency: restaurant.currency,
    market: restaurant.market,
    payment_policy: restaurant.paymentPolicy,
    payment_methods: restaurant.paymentMethods,
    table_ordering_enabled: restaurant.tableOrderingEnabled,
    open,
    opens_at: opensAt === null ? null : new Date(opensAt).toISOString(),
    busy_delay_minutes: busyDelayMinutes,
    menu_version: restaurant.menuVersion,
  }
}

const couponData = (coupon: CouponState) => ({
  id: coupon.id,
  code: coupon.code,
  kind: coupon.kind,
  value: coupon.value,
  active: coupon.active,
  starts_at: coupon.startsAt === null ? null : new Date(coupon.startsAt).toISOString(),
  ends_at: coupon.endsAt === null ? null : new Date(coupon.endsAt).toISOString(),
  total_quantity: coupon.totalQuantity,
  claimed: coupon.claimed,
})
