import type { DomainEvent } from '../domain/events.ts'
import { restaurantKeyOf } from '../domain/ids.ts'
import type { OrderView } from '../domain/queries.ts'
import type { RestaurantState } from '../domain/restaurant/settings.ts'
import type { orderIndex, restaurantIndex } from './schema/order-index.ts'

export type OrderRow = typeof orderIndex.$inferInsert
export type RestaurantRow = typeof restaurantIndex.$inferInsert

/** Where a row's state comes from: the number it includes, and the rebuild (0 = an event). */
export interface Origin {
  restaurantId: string
  epoch: number
  seq: number
  generation: number
  now: number
}

export function orderRow({ order, payments, refunds }: OrderView, from: Origin): OrderRow {
  const { id, userId, sessionId, status, paymentStatus, businessDay, number, tableId } = order
  const { totalAmount, currency, placedAt } = order
  return {
    ...{ id, userId, sessionId, status, paymentStatus, businessDay, number, tableId },
    ...{ totalAmount, currency, placedAt, payments, refunds },
    state: order,
    restaurantId: from.restaurantId,
    epoch: from.epoch,
    seq: from.seq,
    generation: from.generation,
    updatedAt: from.now,
  }
}

export const restaurantRow = (restaurant: RestaurantState, from: Origin): RestaurantRow => ({
  id: restaurant.id,
  name: restaurant.name,
  settings: restaurant,
  epoch: from.epoch,
  seq: from.seq,
  generation: from.generation,
  updatedAt: from.now,
})

const isLater = (a: DomainEvent, b: DomainEvent): boolean =>
  a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch

/** The latest event of each subject that `subjectOf` names; the rest is left out. */
export function latestPer(
  events: readonly DomainEvent[],
  subjectOf: (event: DomainEvent) => string | null,
): DomainEvent[] {
  const latest = new Map<string, DomainEvent>()
  for (const event of events) {
    const subject = subjectOf(event)
    if (subject === null) continue
    const known = latest.get(subject)
    if (known === undefined || isLater(event, known)) latest.set(subject, event)
  }
  return [...latest.values()]
}

/** Rows that the events lead to. Other tenants' subjects in an event are a bug: they throw. */
export function rowsOf(
  events: readonly DomainEvent[],
  now: number,
): { orders: OrderRow[]; restaurants: RestaurantRow[] } {
  const orders: OrderRow[] = []
  const restaurants: RestaurantRow[] = []
  for (const event of latestPer(events, subjectOf)) {
    const { subject, restaurantId, epoch, seq } = event
    const from: Origin = { restaurantId, epoch, seq, generation: 0, now }
    if (subject.kind === 'order') orders.push(orderRow(subject, from))
    if (subject.kind === 'restaurant') restaurants.push(restaurantRow(subject.restaurant, from))
  }
  return { orders, restaurants }
}

/**
 * What a row is about. Menu, tables and visits have no read model: they are only ever asked of one
 * restaurant, and its object answers.
 */
function subjectOf({ id, restaurantId, subject }: DomainEvent): string | null {
  switch (subject.kind) {
    case 'order':
      if (restaurantKeyOf(subject.order.id) !== restaurantKeyOf(restaurantId))
        throw new Error(`event ${id} carries an order of another restaurant`)
      return subject.order.id
    case 'restaurant':
      return subject.restaurant.id
    case 'item':
    case 'category':
    case 'table':
    case 'visit':
    case 'deposit':
    case 'coupon':
    case 'claim':
      return null
  }
}
