import type { AuditEntry } from '../../domain/audit.ts'
import type { ExchangeRate } from '../../domain/catalogue/exchange.ts'
import type { Market } from '../../domain/catalogue/markets.ts'
import type { Product } from '../../domain/catalogue/product.ts'
import type { Currency } from '../../domain/money.ts'

export type ProductSort = 'price' | '-price' | 'name' | 'newest'

/** What a list is narrowed down to; null = not by this. */
export interface ProductFilter {
  restaurantId: string | null
  categoryId: string | null
  /** A category's name in any of its languages. */
  category: string | null
  /** In the restaurants' own currencies. */
  minPrice: number | null
  maxPrice: number | null
  available: boolean | null
  tag: string | null
  /** Restaurants of this market. */
  market: Market | null
}

/** Where a page begins: behind the row of this number, whose value by the sort is this. */
export interface ProductKey {
  /** Null where rows are sorted by age, which their numbers are. */
  value: number | string | null
  rowId: number
}

export interface ProductPage {
  sort: ProductSort
  limit: number
  after: ProductKey | null
  /** As for `OrderPage`. */
  bookmark: string | null
}

export interface ProductsFound {
  products: readonly (Product & { key: ProductKey })[]
  /** The newest rate of every pair, as of the day. */
  rates: readonly ExchangeRate[]
  asOf: number
  bookmark: string | null
}

/** Products across restaurants, from the read model. */
export interface Catalogue {
  list(filter: ProductFilter, page: ProductPage, now: number): Promise<ProductsFound>
}

/** A rate with who entered it. */
export interface EnteredRate extends ExchangeRate {
  enteredAt: number
  enteredBy: string
}

export interface ExchangeRates {
  /** Enters the rate of its pair and day, or corrects it. */
  enter(rate: EnteredRate, audit: AuditEntry): Promise<void>
  /** The newest rate of every pair, none of them from after the day. */
  newest(day: string): Promise<readonly ExchangeRate[]>
  /** All that were entered, the newest days first. */
  page(
    pair: { base: Currency | null; quote: Currency | null },
    page: { limit: number; after: { day: string; base: string; quote: string } | null },
  ): Promise<readonly EnteredRate[]>
}
