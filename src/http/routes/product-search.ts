import { productJson, type Reader } from '../../domain/catalogue/product.ts'
import { highlighted } from '../../domain/catalogue/rank.ts'
import { refuse } from '../../domain/result.ts'
import { searchProducts } from '../../usecases/catalogue/search-products.ts'
import type { App } from '../context.ts'
import { boundOf, fromKeyset, toKeyset } from '../keyset.ts'
import { marketOf } from '../market.ts'
import { BOOKMARK_HEADER } from '../middleware/context-headers.ts'
import { catalogueHeaders } from '../product-answers.ts'
import { defineRoute } from '../route.ts'
import { isoTime } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import { foundProductSchema, searchQuery } from '../schemas/product-search.ts'
import { filterOf } from '../schemas/products.ts'

/** What the menus of all restaurants call something. Before the products, of which it is none. */
export function productSearchRoute(app: App): void {
  searchRoute(app)
  rebuildRoute(app)
}

function rebuildRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Administration',
      permission: 'projection:rebuild',
      idempotency: 'taken',
      method: 'post',
      path: '/admin/search-index/rebuild',
      operationId: 'rebuildSearchIndex',
      summary: 'Make the search index anew from the copied products',
      description:
        'For a database that was restored without it. Products themselves, and what they are found by, ' +
        'are rebuilt as `catalogue`.',
      success: { status: 204, description: 'It is complete' },
      refusals: [],
    },
    async (c) => {
      await c.var.deps.productSearch.rebuild()
      return { ok: true, value: {} }
    },
  )
}

function searchRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Catalogue',
      permission: 'public',
      idempotency: 'none',
      method: 'get',
      path: '/products/search',
      operationId: 'searchProducts',
      summary: 'Products by name, tag or description, best first',
      description:
        'Finds pieces of words, initial consonants (ㅊㅋ for 치킨) and, where little else is found, what ' +
        'was typed on the other layout of the keyboard (clzls) or with an error (치캔). A text has a ' +
        'ranked list of some sixty products at most; a page is a piece of it as it stands then.',
      cached: { byMarket: true, forMembers: true },
      request: { query: searchQuery },
      success: { status: 200, description: 'A page', schema: listSchema(foundProductSchema) },
      refusals: [],
    },
    async (c) => {
      const { cursor, limit, q: query, ...asked } = c.req.valid('query')
      const { deps, now, readBookmark } = c.var
      const filter = filterOf(asked)
      const bound = await boundOf({ words: query.words.map(({ letters }) => letters), filter })
      const offset = cursor === undefined ? 0 : offsetOf(fromKeyset(bound, cursor))
      if (offset === null)
        return refuse({ kind: 'INVALID', errors: [{ field: 'cursor', reason: 'invalid_format' }] })
      const locale = asked.language ?? c.var.locale
      const page = { query, filter, locale, bookmark: readBookmark, now, offset, limit }
      const { found, nextOffset, rates, asOf, bookmark } = await searchProducts(deps, page)
      const reader: Reader = { locale, market: marketOf(c), rates }
      if (bookmark !== null) c.header(BOOKMARK_HEADER, bookmark)
      const items = found.map(({ product, hit: { match, ranges } }) => {
        const json = productJson(product, reader)
        return { ...json, match, highlight: { ranges, html: highlighted(json.name, ranges) } }
      })
      const next_cursor = nextOffset === null ? null : toKeyset(bound, [nextOffset])
      const body = { items, next_cursor, as_of: isoTime(asOf) }
      return c.json(body, 200, catalogueHeaders(locale))
    },
  )
}

const offsetOf = (key: ReturnType<typeof fromKeyset>): number | null => {
  const [offset] = key ?? []
  return typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0 ? offset : null
}
