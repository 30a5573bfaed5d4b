import type { Asker } from '../domain/actor.ts'
import { isStaff } from '../domain/actor.ts'
import { publicSeq, type DomainEvent } from '../domain/events.ts'
import { isAvailable } from '../domain/menu/availability.ts'
import { isOwn, rings } from '../domain/order/lifecycle.ts'
import { orderJson } from '../domain/order/order-json.ts'
import type { OrderState } from '../domain/order/order.ts'
import type { Context } from './context.ts'
import { factsOf } from './context.ts'

/** One message; `seq` is what the client acknowledges and resumes from. */
export type SocketMessage = { seq: number } & Record<string, unknown>

/** Whether the event is the asker's business: staff hear all, guests their own orders and the menu. */
export function concerns(event: DomainEvent, asker: Asker): boolean {
  const { subject } = event
  switch (subject.kind) {
    case 'order':
      return isStaff(asker) || isOwn(subject.order, asker)
    case 'item':
    case 'category':
    case 'restaurant':
      return true
    case 'table':
    case 'visit':
      return isStaff(asker)
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

function subjectJson({ subject }: DomainEvent, asker: Asker): Record<string, unknown> {
  switch (subject.kind) {
    case 'order': {
      const { order, payments, refunds } = subject
      const capturing = payments.some((payment) => payment.status === 'CAPTURING')
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
        },
      }
    }
    case 'category':
      return { category: subject.category }
    case 'restaurant': {
      const { name, tableOrderingEnabled, paused, menuVersion } = subject.restaurant
      return {
        restaurant: {
          name,
          table_ordering_enabled: tableOrderingEnabled,
          open: !paused,
          menu_version: menuVersion,
        },
      }
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

/** Everything a client shows, as of now: sent first, and when its last number is too old. */
export function snapshotMessage(cx: Context, orders: readonly OrderState[]): SocketMessage {
  const { epoch } = cx.restaurant()
  return {
    seq: publicSeq(epoch, cx.store.events.lastSeq()),
    type: 'SNAPSHOT',
    at: new Date(cx.now).toISOString(),
    message: null,
    orders: orders.map((order) => orderJson(order, factsOf(cx, order.id), cx.asker)),
  }
}
