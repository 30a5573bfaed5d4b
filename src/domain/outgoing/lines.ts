import { madeOf, type OrderData } from './order-data.ts'

/** An order's lines as the data platform takes them; portions that were taken out are not among them. */
export function linesOf({ order }: OrderData, restaurantId: string) {
  const lines = order.items.map((line) => ({
    user_id: order.user_id,
    menu_id: line.menu_id,
    ...madeOf(line),
    ordered_at: order.placed_at,
  }))
  return {
    order_id: order.order_id,
    restaurant_id: restaurantId,
    lines: lines.filter(({ quantity }) => quantity > 0),
  }
}
