import type { Product } from '../../domain/catalogue/product.ts'
import { ranked, type Hit, type Searchable } from '../../domain/catalogue/rank.ts'
import type { SearchQuery } from '../../domain/catalogue/search-query.ts'
import type { Locale } from '../../domain/locale.ts'
import { inLanguage } from '../../domain/menu/translations.ts'
import type { ProductFilter } from '../../db/repositories/catalogue-ports.ts'
import type { SearchAnswer } from '../../db/repositories/search-ports.ts'
import type { Deps } from '../deps.ts'

export interface SearchRequest {
  query: SearchQuery
  filter: ProductFilter
  locale: Locale
  bookmark: string | null
  now: number
  /** How many of the ranked ones have been seen. */
  offset: number
  limit: number
}

export interface RankedProducts extends Omit<SearchAnswer, 'products'> {
  found: readonly { product: Product; hit: Hit }[]
  /** Where the next page begins; null = there is none. */
  nextOffset: number | null
}

const searchable = (product: Product, locale: Locale): Searchable & { of: Product } => {
  const { id, name, names, description, descriptions, tags } = product.item
  const texts = [description ?? '', ...Object.values(descriptions), ...tags]
  return {
    id,
    name: inLanguage(locale, name, names),
    names: [...new Set([name, ...Object.values(names)])],
    texts: texts.filter((text) => text !== ''),
    available: product.stockState !== 'SOLD_OUT',
    of: product,
  }
}

/** One page of the products that a text finds, best first. Every page ranks the whole list anew. */
export async function searchProducts(
  { productSearch }: Pick<Deps, 'productSearch'>,
  { query, filter, locale, bookmark, now, offset, limit }: SearchRequest,
): Promise<RankedProducts> {
  const { products, ...rest } = await productSearch.find(query, filter, bookmark, now)
  const all = ranked(
    query.words,
    products.map((product) => searchable(product, locale)),
  )
  const end = offset + limit
  return {
    ...rest,
    found: all.slice(offset, end).map(({ product, hit }) => ({ product: product.of, hit })),
    nextOffset: end < all.length ? end : null,
  }
}
