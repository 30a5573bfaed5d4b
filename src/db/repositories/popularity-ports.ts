import type { Market } from '../../domain/catalogue/markets.ts'
import type { Product } from '../../domain/catalogue/product.ts'
import type { ExchangeRate } from '../../domain/catalogue/exchange.ts'
import type { BoardWindow } from '../../domain/popularity/window.ts'

export interface BoardWish {
  window: BoardWindow
  /** Null: everybody's. */
  restaurantId: string | null
  /** Restaurants of this market alone; null = of all. */
  market: Market | null
  /** `revenue` compares what is charged in the market's own currency alone. */
  by: 'orders' | 'quantity' | 'revenue'
  limit: number
}

/** A product with what was ordered of it in the window. */
export interface Popular {
  product: Product
  /** Orders that contain it. */
  orderCount: number
  quantity: number
  /** After discount, in the restaurant's currency. */
  revenue: number
}

export interface Boards {
  items: readonly (readonly Popular[])[]
  rates: readonly ExchangeRate[]
  /** When the restaurant that moved longest ago did; null where nothing is on any board. */
  asOf: number | null
}

/** What is ordered most, from the read model; exact at any moment. */
export interface Popularity {
  /** Each board best first, all in one round trip. */
  boards(wishes: readonly BoardWish[], day: string): Promise<Boards>
  /** Sums touched hours from `fromHour` on anew, so many at most, and forgets older ones; how many were summed. */
  sumTouched(fromHour: number, limit: number): Promise<number>
}
