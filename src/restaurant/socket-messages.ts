import type { Asker } from '../domain/actor.ts'
import { isStaff, stableScope } from '../domain/actor.ts'
import { isCouponNews } from '../domain/coupon/coupon.ts'
import { publicSeq, type DomainEvent } from '../domain/events.ts'
import { isAvailable } from '../domain/menu/availability.ts'
import type { StockLevel } from '../domain/menu/menu.ts'
import { isOwn, rings } from '../domain/order/lifecycle.ts'
import { orderJson } from '../domain/order/order-json.ts'
import type { OrderState } from '../domain/order/order.ts'
import { isBeingAsked } from '../domain/payment/machine.ts'
import { openingOf } from '../domain/restaurant/opening.ts'
import { LATER_SETTINGS, type RestaurantState } from '../domain/restaurant/settings.ts'
import { available } from '../domain/stock/stock.ts'
import type { Context } from './context.ts'
import { factsOf } from './context.ts'

/** One message; `seq` is what the client acknowledges and resumes from. */
export type SocketMessage = { seq: number } & Record<string, unknown>

/** Who listens, and to what: one order's fate, or (null) the staff's board. */
export interface Listener {
  asker: Asker
  orderId: string | null
}

/**
 * Whether the event is the listener's business: the board hears all, staff who watch an order that one,
 * guests their own orders; everyone the menu, but for how much is left of it.
 */
export function concerns(
  { type, subject, at }: DomainEvent,
  { asker, orderId }: Listener,
): boolean {
  const staff = isStaff(asker)
  switch (subject.kind) {
    case 'order':
      if (!staff) return isOwn(subject.order, asker)
      return orderId === null || orderId === subject.order.id
    case 'item':
      return (type !== 'STOCK_LOW' && type !== 'STOCK_ENOUGH') || (staff && orderId === null)
    case 'category':
    case 'restaurant':
      return true
    case 'table':
    case 'visit':
    case 'deposit':
      return staff && orderId === null
    case 'coupon':
      return staff && orderId === null && isCouponNews(subject.coupon, at)
    case 'menu':
      return false
    case 'claim':
      return subject.claim.holder === stableScope(asker)
  }
}

/** The event as it goes over a socket. */
export function eventMessage(event: DomainEvent, asker: Asker): SocketMessage {
  return {
    seq: publicSeq(event.epoch, event.seq),
    type: event.type,
    at: new Date(event.at).toISOString(),
    message: event.message,
    ...subjectJson(event, asker),
  }
}

function subjectJson({ subject, at }: DomainEvent, asker: Asker): Record<string, unknown> {
  switch (subject.kind) {
    case 'order': {
      const { order, payments, refunds } = subject
      const capturing = payments.some(isBeingAsked)
      const { estimated_ready_at, ...whole } = orderJson(order, { capturing }, asker)
      return {
        order_id: order.id,
        order_number: order.number,
        status: order.status,
        payment_status: order.paymentStatus,
        estimated_ready_at,
        rings: rings(order),
        order: { ...whole, estimated_ready_at },
        refunds: refunds.map(({ id, amount, reason, status }) => ({ id, amount, reason, status })),
      }
    }
    case 'item': {
      const { item } = subject
      return {
        item: {
          id: item.id,
          name: item.name,
          price: item.price,
          is_available: isAvailable(item),
          deleted: item.deleted,
          ...(isStaff(asker) && { stock: stockJson(item.stock) }),
        },
      }
    }
    case 'category':
      return { category: subject.category }
    case 'restaurant':
      return { restaurant: restaurantJson(subject.restaurant, at) }
    case 'menu':
      return {}
    case 'coupon': {
      const { id, code, active, totalQuantity, claimed } = subject.coupon
      return { coupon: { id, code, active, total_quantity: totalQuantity, claimed } }
    }
    case 'claim': {
      const { id, couponId, code, status, orderId } = subject.claim
      return { claim: { id, coupon_id: couponId, code, status, order_id: orderId } }
    }
    case 'deposit': {
      const { id, payerName, amount, status } = subject.deposit
      return { deposit: { id, payer_name: payerName, amount, status } }
    }
    case 'table':
      return { table: subject.table }
    case 'visit':
      return {
        visit: {
          id: subject.visit.id,
          table_id: subject.visit.tableId,
          closed: subject.visit.closed,
        },
      }
  }
}

/** For those who work here; null where the item is not counted. */
const stockJson = (stock: StockLevel | null) =>
  stock && {
    level: stock.level,
    reserved: stock.reserved,
    available: available(stock),
    low_stock_threshold: stock.lowAt ?? null,
  }

/** `at`: the event's instant. Events from before these settings were there lack some. */
function restaurantJson(stored: RestaurantState, at: number) {
  const restaurant: RestaurantState = { ...LATER_SETTINGS, ...stored }
  const { open, opensAt, busyDelayMinutes } = openingOf(restaurant, at)
  return {
    name: restaurant.name,
    table_ordering_enabled: restaurant.tableOrderingEnabled,
    open,
    opens_at: opensAt === null ? null : new Date(opensAt).toISOString(),
    busy_delay_minutes: busyDelayMinutes,
    menu_version: restaurant.menuVersion,
  }
}

/** Everything a client shows, as of now: sent first, and when its last number is too old. */
export function snapshotMessage(cx: Context, orders: readonly OrderState[]): SocketMessage {
  const restaurant = cx.restaurant()
  return {
    seq: publicSeq(restaurant.epoch, cx.store.events.lastSeq()),
    type: 'SNAPSHOT',
    at: new Date(cx.now).toISOString(),
    message: null,
    restaurant: restaurantJson(restaurant, cx.now),
    orders: orders.map((order) => orderJson(order, factsOf(cx, order.id), cx.asker)),
  }
}
