/** Of an order as it goes out (feed-event.ts) what cards and lines are made of. */
export interface OrderData {
  order: {
    order_id: string
    order_number: string
    currency: string
    total_amount: number
    payment_method: string
    table: { name: string } | null
    user_id: string | null
    placed_at: string
    items: readonly OrderDataLine[]
  }
}

export interface OrderDataLine {
  menu_id: string
  name: string
  options: readonly { name: string; choice: string }[]
  unit_price: number
  quantity: number
  unavailable_quantity: number
  /** What the discount takes off the portions that are made. */
  discount: number
}

/** Portions of the line that are made, and what they cost after their share of the discount. */
export function madeOf(line: OrderDataLine): { quantity: number; amount: number } {
  const quantity = line.quantity - line.unavailable_quantity
  return { quantity, amount: line.unit_price * quantity - line.discount }
}
