import { productJson, type Reader } from '../../domain/catalogue/product.ts'
import { refuse } from '../../domain/result.ts'
import { productFor } from '../../usecases/catalogue/product-for.ts'
import type { ProductKey, ProductSort } from '../../usecases/catalogue/types.ts'
import type { App } from '../context.ts'
import { boundOf, fromKeyset, toKeyset } from '../keyset.ts'
import { marketOf } from '../market.ts'
import { BOOKMARK_HEADER } from '../middleware/context-headers.ts'
import { catalogueHeaders, productDetailJson } from '../product-answers.ts'
import { defineRoute } from '../route.ts'
import { idParams, isoTime } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import { filterOf, productDetailSchema, productSchema, productsQuery } from '../schemas/products.ts'
import { productWriting } from './product-writing.ts'
import { restaurantMenuRoute } from './menus.ts'

const TAG = { tag: 'Catalogue', permission: 'public', idempotency: 'none' } as const

/** What all restaurants have on their menus. */
export function productRoutes(app: App): void {
  listRoute(app)
  restaurantMenuRoute(app)
  detailRoute(app)
  productWriting(app)
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/products',
      operationId: 'listProducts',
      summary: 'Products of all restaurants',
      description:
        'From a copy that may lag by `as_of`; at most 30 seconds older where it was asked for before. ' +
        '`X-Market`, else the region of `Accept-Language`, chooses the currency of `display_price`.',
      cached: { byMarket: true, forMembers: true },
      request: { query: productsQuery },
      success: { status: 200, description: 'A page', schema: listSchema(productSchema) },
      refusals: [],
    },
    async (c) => {
      const { cursor, sort, limit, ...asked } = c.req.valid('query')
      const { deps, now, readBookmark } = c.var
      const filter = filterOf(asked)
      const bound = await boundOf({ sort, filter })
      const after = cursor === undefined ? null : keyOf(sort, fromKeyset(bound, cursor))
      if (after === 'foreign')
        return refuse({ kind: 'INVALID', errors: [{ field: 'cursor', reason: 'invalid_format' }] })
      const page = { sort, limit, after, bookmark: readBookmark }
      const { products, rates, asOf, bookmark } = await deps.catalogue.list(filter, page, now)
      const reader: Reader = { locale: asked.language ?? c.var.locale, market: marketOf(c), rates }
      if (bookmark !== null) c.header(BOOKMARK_HEADER, bookmark)
      const last = products.length === limit ? products.at(-1) : undefined
      const body = {
        items: products.map((product) => productJson(product, reader)),
        next_cursor: last ? toKeyset(bound, [last.key.value, last.key.rowId]) : null,
        as_of: isoTime(asOf),
      }
      return c.json(body, 200, catalogueHeaders(reader.locale))
    },
  )
}

/** A cursor of this list says where the last page ended, in the form that its sort has. */
function keyOf(sort: ProductSort, key: ReturnType<typeof fromKeyset>): ProductKey | 'foreign' {
  const [value = null, rowId] = key ?? []
  const form = sort === 'newest' ? value === null : typeof value === FORMS[sort]
  return form && typeof rowId === 'number' ? { value, rowId } : 'foreign'
}
const FORMS = { price: 'number', '-price': 'number', name: 'string' } as const

function detailRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/products/{id}',
      operationId: 'getProduct',
      summary: 'One product, with its options, promotions and whether it can be had',
      cached: { byMarket: true },
      request: { params: idParams },
      success: { status: 200, description: 'The product', schema: productDetailSchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { locale, deps } = c.var
      const read = await productFor(deps, c.req.valid('param').id)
      if (!read.ok) return read
      const { product, rates } = read.value
      const reader: Reader = { locale, market: marketOf(c), rates }
      return c.json(productDetailJson(product, reader), 200, catalogueHeaders(locale))
    },
  )
}
