import { and, eq, gte, lte, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { categoryIndex, productIndex } from '../schema/catalogue.ts'
import { projectionState, restaurantIndex } from '../schema/order-index.ts'
import { once } from '../unavailable.ts'
import type {
  Catalogue,
  ProductFilter,
  ProductKey,
  ProductPage,
  ProductSort,
} from './catalogue-ports.ts'
import { newestRates } from './exchange-rates.ts'
import {
  ITS_CATEGORY,
  ITS_PROJECTION,
  ITS_RESTAURANT,
  oldestMove,
  PRODUCT,
  productOf,
} from './product-rows.ts'

type Db = ReturnType<typeof drizzle>

/** Products across restaurants, from the read model, with the rates of the day in the same round trip. */
export function createCatalogue(database: D1Database): Catalogue {
  return {
    async list(filter, page, now) {
      const session = database.withSession(page.bookmark ?? 'first-unconstrained')
      // A session prepares and runs statements as the database does.
      const db = drizzle(session as unknown as D1Database)
      const day = new Date(now).toISOString().slice(0, 10)
      const [rows, rates] = await once(() =>
        db.batch([productsQuery(db, filter, page), newestRates(db, day)]),
      )
      return {
        products: rows.map((row) => ({
          ...productOf(row, now),
          key: { value: valueOf(page.sort, row.item), rowId: row.rowId },
        })),
        rates,
        asOf: oldestMove(rows) ?? now,
        bookmark: session.getBookmark(),
      }
    },
  }
}

const valueOf = (sort: ProductSort, item: { price: number; name: string }): ProductKey['value'] => {
  if (sort === 'newest') return null
  return sort === 'name' ? item.name : item.price
}

/** The page's products. A left join keeps SQLite with the index that gives the order. */
export const productsQuery = (db: Db, filter: ProductFilter, page: ProductPage) =>
  db
    .select(PRODUCT)
    .from(productIndex)
    .innerJoin(restaurantIndex, ITS_RESTAURANT)
    .leftJoin(categoryIndex, ITS_CATEGORY)
    .leftJoin(projectionState, ITS_PROJECTION)
    .where(
      and(...isWanted(filter), page.after === null ? undefined : isBehind(page.sort, page.after)),
    )
    .orderBy(...ORDERS[page.sort])
    .limit(page.limit)

/** Conditions of a filter. Deleted is a literal: only so can SQLite see that partial indexes fit. */
export function isWanted(filter: ProductFilter): SQL[] {
  const { restaurantId, categoryId, category, minPrice, maxPrice, available, tag, market } = filter
  return [
    sql`${productIndex.deleted} = 0`,
    ...(restaurantId === null ? [] : [eq(productIndex.restaurantId, restaurantId)]),
    ...(categoryId === null ? [] : [eq(productIndex.categoryId, categoryId)]),
    ...(category === null ? [] : [isCalled(category)]),
    ...(minPrice === null ? [] : [gte(productIndex.price, minPrice)]),
    ...(maxPrice === null ? [] : [lte(productIndex.price, maxPrice)]),
    ...(available === null
      ? []
      : [sql`(${productIndex.stockState} <> 'SOLD_OUT') = ${available ? 1 : 0}`]),
    ...(tag === null
      ? []
      : [
          sql`EXISTS (SELECT 1 FROM json_each(${productIndex.item}, '$.tags') WHERE value = ${tag})`,
        ]),
    ...(market === null ? [] : [sql`${restaurantIndex.settings} ->> '$.market' = ${market}`]),
  ]
}

const isCalled = (name: string): SQL =>
  sql`(${categoryIndex.name} = ${name} OR EXISTS (
    SELECT 1 FROM json_each(${categoryIndex.names}) AS translated WHERE translated.value = ${name}))`

const { price, name, rowId } = productIndex
const ORDERS: Record<ProductSort, readonly SQL[]> = {
  price: [sql`${price}`, sql`${rowId}`],
  '-price': [sql`${price} DESC`, sql`${rowId} DESC`],
  name: [sql`${name}`, sql`${rowId}`],
  newest: [sql`${rowId} DESC`],
}

function isBehind(sort: ProductSort, after: ProductKey): SQL {
  if (sort === 'newest') return sql`${rowId} < ${after.rowId}`
  const column = sort === 'name' ? name : price
  const behind = sql.raw(sort === '-price' ? '<' : '>')
  return sql`(${column}, ${rowId}) ${behind} (${after.value}, ${after.rowId})`
}
