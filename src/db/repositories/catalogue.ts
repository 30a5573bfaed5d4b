import { and, eq, gte, lte, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { openingOf } from '../../domain/restaurant/opening.ts'
import { LATER_SETTINGS } from '../../domain/restaurant/settings.ts'
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
      const moved = rows.flatMap(({ movedAt }) => (movedAt === null ? [] : [movedAt]))
      return {
        products: rows.map(({ settings, category, rowId, movedAt: _, ...row }) => {
          const restaurant = { ...LATER_SETTINGS, ...settings }
          return {
            ...row,
            restaurant,
            opening: openingOf(restaurant, now),
            category,
            key: { value: valueOf(page.sort, row.item), rowId },
          }
        }),
        rates,
        // The list is as fresh as the restaurant that moved longest ago.
        asOf: moved.length === 0 ? now : Math.min(...moved),
        bookmark: session.getBookmark(),
      }
    },
  }
}

const valueOf = (sort: ProductSort, item: { price: number; name: string }): ProductKey['value'] => {
  if (sort === 'newest') return null
  return sort === 'name' ? item.name : item.price
}

/** What a list reads of a product; also for those who find products another way. */
export const PRODUCT = {
  rowId: productIndex.rowId,
  item: productIndex.item,
  stockState: productIndex.stockState,
  settings: restaurantIndex.settings,
  category: { id: categoryIndex.id, name: categoryIndex.name, names: categoryIndex.names },
  movedAt: projectionState.updatedAt,
}

/** The page's products. A left join keeps SQLite with the index that gives the order. */
export const productsQuery = (db: Db, filter: ProductFilter, page: ProductPage) =>
  db
    .select(PRODUCT)
    .from(productIndex)
    .innerJoin(restaurantIndex, eq(restaurantIndex.id, productIndex.restaurantId))
    .leftJoin(
      categoryIndex,
      and(eq(categoryIndex.id, productIndex.categoryId), eq(categoryIndex.deleted, false)),
    )
    .leftJoin(projectionState, eq(projectionState.restaurantId, productIndex.restaurantId))
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
