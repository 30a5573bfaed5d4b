import type { OrderPaymentStatus, OrderState, OrderStatus } from '../../domain/order/order.ts'

/** Null = whatever it is. Times in ms; `from` included, `to` not. */
export interface OrderFilter {
  restaurantId: string | null
  /** `open` = everything not ended or completed. */
  status: OrderStatus | 'open' | null
  paymentStatus: OrderPaymentStatus | null
  /** A business day of the order's restaurant. */
  day: string | null
  from: number | null
  to: number | null
  tableId: string | null
  userId: string | null
  number: string | null
  /** Within the number, an item's name or the request. */
  text: string | null
}

export interface FoundOrder {
  order: OrderState
  restaurantId: string
  /** Null while the read model has no row of the restaurant. */
  restaurantName: string | null
}

export interface NamedRestaurant {
  id: string
  name: string
}

/** Orders of all restaurants, from the read model. */
export interface OrderSearch {
  /** Newest first; `asOf`: when the restaurant of these that moved longest ago did. */
  page(
    filter: OrderFilter,
    page: { limit: number; beforeId: string | null; now: number },
  ): Promise<{ orders: readonly FoundOrder[]; asOf: number }>
  /** Restaurants whose name holds the text (null: all), by name. */
  restaurants(
    text: string | null,
    page: { limit: number; beforeId: string | null },
  ): Promise<readonly NamedRestaurant[]>
}
