import type { ExchangeRate } from '../../domain/catalogue/exchange.ts'
import type { Product } from '../../domain/catalogue/product.ts'
import type { SearchQuery } from '../../domain/catalogue/search-query.ts'
import type { ProductFilter } from './catalogue-ports.ts'

export interface SearchAnswer {
  /** What the index names, in no order: who ranks them also drops those that do not fit. */
  products: readonly Product[]
  /** As for `ProductsFound`. */
  rates: readonly ExchangeRate[]
  asOf: number
  bookmark: string | null
}

/** Products by what they are called, from the read model. */
export interface ProductSearch {
  find(
    query: SearchQuery,
    filter: ProductFilter,
    bookmark: string | null,
    now: number,
  ): Promise<SearchAnswer>
  /** Makes the index anew from the read model's rows, which stay as they are. */
  rebuild(): Promise<void>
}
