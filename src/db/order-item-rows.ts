import type { OrderState } from '../domain/order/order.ts'
import { netOf } from '../domain/order/totals.ts'
import { originOf, type Origin } from './origin.ts'
import type { orderItems } from './schema/catalogue.ts'

export type OrderItemRow = typeof orderItems.$inferInsert

const NOT_COUNTED: readonly OrderState['status'][] = ['REJECTED', 'CANCELLED', 'EXPIRED']

/** What the order has of each item, all its lines together. */
export function orderItemRows(order: OrderState, from: Origin): OrderItemRow[] {
  const rows = new Map<string, { quantity: number; revenue: number }>()
  for (const line of order.lines) {
    const portions = line.quantity - line.unavailableQuantity
    const { quantity, revenue } = rows.get(line.itemId) ?? { quantity: 0, revenue: 0 }
    rows.set(line.itemId, {
      quantity: quantity + portions,
      revenue: revenue + netOf(line, portions),
    })
  }
  return [...rows].map(([itemId, { quantity, revenue }]) => ({
    ...{ itemId, quantity, revenue },
    orderId: order.id,
    restaurantId: from.restaurantId,
    placedAt: order.placedAt,
    counted: quantity > 0 && !NOT_COUNTED.includes(order.status),
    ...originOf(from),
  }))
}
