import type { DomainEvent, Subject } from '../domain/events.ts'
import { restaurantKeyOf } from '../domain/ids.ts'
import type { OrderView } from '../domain/queries.ts'
import type { RestaurantState } from '../domain/restaurant/settings.ts'
import { categoryRow, productRow, type CategoryRow, type ProductRow } from './catalogue-rows.ts'
import { claimRow, couponRow, type ClaimRow, type CouponRow } from './coupon-rows.ts'
import { orderItemRows, type OrderItemRow } from './order-item-rows.ts'
import { originOf, type Origin } from './origin.ts'
import type { orderIndex, restaurantIndex } from './schema/order-index.ts'

export type OrderRow = typeof orderIndex.$inferInsert
export type RestaurantRow = typeof restaurantIndex.$inferInsert

/** Rows of one write, by the table that takes them. */
export interface ReadModelRows {
  orders: OrderRow[]
  orderItems: OrderItemRow[]
  restaurants: RestaurantRow[]
  products: ProductRow[]
  categories: CategoryRow[]
  coupons: CouponRow[]
  claims: ClaimRow[]
}

export const noRows = (): ReadModelRows => ({
  orders: [],
  orderItems: [],
  restaurants: [],
  products: [],
  categories: [],
  coupons: [],
  claims: [],
})

export function orderRow({ order, payments, refunds }: OrderView, from: Origin): OrderRow {
  const { id, userId, sessionId, status, paymentStatus, businessDay, number, tableId } = order
  const { totalAmount, currency, placedAt } = order
  return {
    ...{ id, userId, sessionId, status, paymentStatus, businessDay, number, tableId },
    ...{ totalAmount, currency, placedAt, payments, refunds },
    state: order,
    acceptableAt: acceptableAt(order, payments),
    restaurantId: from.restaurantId,
    ...originOf(from),
  }
}

/** Where an order was accepted whose money nobody has seen come in: since it was placed. */
function acceptableAt(
  { paymentPolicy, placedAt }: OrderView['order'],
  payments: OrderView['payments'],
): number {
  if (paymentPolicy === 'POSTPAID') return placedAt
  const paid = payments.flatMap(({ counted, capturedAt }) =>
    counted && capturedAt !== null ? [capturedAt] : [],
  )
  return Math.max(placedAt, ...paid)
}

export const restaurantRow = (restaurant: RestaurantState, from: Origin): RestaurantRow => ({
  id: restaurant.id,
  name: restaurant.name,
  settings: restaurant,
  ...originOf(from),
})

type Numbered = Pick<DomainEvent, 'epoch' | 'seq'>

const isLater = (a: Numbered, b: Numbered): boolean =>
  a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch

/** The latest entry of each key. */
export function latestPer<T extends Numbered>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
): T[] {
  const latest = new Map<string, T>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const known = latest.get(key)
    if (known === undefined || isLater(entry, known)) latest.set(key, entry)
  }
  return [...latest.values()]
}

/** One thing as an event has it. */
interface Change extends Numbered {
  id: string
  restaurantId: string
  addTo: (rows: ReadModelRows, from: Origin) => void
}

/** Rows that the events lead to. Other tenants' subjects in an event are a bug: they throw. */
export function rowsOf(events: readonly DomainEvent[], now: number): ReadModelRows {
  const rows = noRows()
  for (const { restaurantId, epoch, seq, addTo } of latestPer(
    events.flatMap(changesOf),
    ({ id }) => id,
  ))
    addTo(rows, { restaurantId, epoch, seq, generation: 0, now })
  return rows
}

function changesOf({ id: eventId, restaurantId, epoch, seq, subject }: DomainEvent): Change[] {
  return thingsOf(subject).map(([id, addTo]) => {
    if (restaurantKeyOf(id) !== restaurantKeyOf(restaurantId))
      throw new Error(`event ${eventId} carries a ${subject.kind} of another restaurant`)
    return { id, restaurantId, epoch, seq, addTo }
  })
}

/**
 * What a subject has rows for. Tables, visits and deposits have none: they are only ever asked of one
 * restaurant, and its object answers.
 */
function thingsOf(subject: Subject): [id: string, addTo: Change['addTo']][] {
  switch (subject.kind) {
    case 'order':
      return [
        [
          subject.order.id,
          (rows, from) => {
            rows.orders.push(orderRow(subject, from))
            rows.orderItems.push(...orderItemRows(subject.order, from))
          },
        ],
      ]
    case 'restaurant': {
      const { restaurant } = subject
      return [
        [restaurant.id, (rows, from) => rows.restaurants.push(restaurantRow(restaurant, from))],
      ]
    }
    case 'item':
      return thingsOf({ kind: 'menu', categories: [], items: [subject.item] })
    case 'category':
      return thingsOf({ kind: 'menu', categories: [subject.category], items: [] })
    case 'menu':
      return [
        ...subject.categories.map((category): [string, Change['addTo']] => [
          category.id,
          (rows, from) => rows.categories.push(categoryRow(category, from)),
        ]),
        ...subject.items.map((item): [string, Change['addTo']] => [
          item.id,
          (rows, from) => rows.products.push(productRow(item, from)),
        ]),
      ]
    case 'coupon': {
      const { coupon } = subject
      return [[coupon.id, (rows, from) => rows.coupons.push(couponRow(coupon, from))]]
    }
    case 'claim': {
      const { claim } = subject
      return [[claim.id, (rows, from) => rows.claims.push(claimRow(claim, from))]]
    }
    case 'table':
    case 'visit':
    case 'deposit':
      return []
  }
}
