import type { DomainEvent } from '../events.ts'
import type { OrderState } from '../order/order.ts'
import { feedTypeOf } from './feed-event.ts'

/** An event in what a delivery keeps of it. */
export interface OwedEvent {
  eventId: string
  eventType: string
  restaurantId: string
  orderId: string | null
  traceId: string | null
}

/** What an event owes: a push to those who may see it; its order's card and lines to whoever takes them. */
export interface Owed {
  push: OwedEvent | null
  order: (OwedEvent & { orderId: string }) | null
}

const ENDED: ReadonlySet<OrderState['status']> = new Set(['REJECTED', 'CANCELLED', 'EXPIRED'])

/** Decides what an event owes whom; of an order's events one makes its card and lines due. */
export function owedOf(event: DomainEvent): Owed {
  const { id: eventId, restaurantId, subject, traceId = null } = event
  const order = subject.kind === 'order' ? subject.order : null
  const eventType = feedTypeOf(event)
  if (eventType === null) return { push: null, order: null }
  const owed = { eventId, eventType, restaurantId, orderId: order?.id ?? null, traceId }
  const makesDue =
    order !== null &&
    (order.paymentPolicy === 'PREPAID' ? isPaidBy : isAcceptedBy)(event.type, order)
  return { push: owed, order: makesDue ? { ...owed, orderId: order.id } : null }
}

/** Prepaid: the event by which the kitchen may begin, an order that costs nothing being paid when placed. */
const isPaidBy = (type: DomainEvent['type'], order: OrderState): boolean =>
  !ENDED.has(order.status) &&
  (type === 'PAYMENT_COMPLETED' || (type === 'NEW_ORDER' && order.paymentStatus === 'PAID'))

const isAcceptedBy = (type: DomainEvent['type'], order: OrderState): boolean =>
  type === 'STATUS_CHANGED' && order.status === 'ACCEPTED'
