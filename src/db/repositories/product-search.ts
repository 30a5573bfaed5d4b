import { and, inArray, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { ofRestaurant } from '../../domain/catalogue/match-text.ts'
import type { SearchQuery } from '../../domain/catalogue/search-query.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import { categoryIndex, productIndex } from '../schema/catalogue.ts'
import { projectionState, restaurantIndex } from '../schema/order-index.ts'
import { once, repeatable } from '../unavailable.ts'
import { isWanted } from './catalogue.ts'
import type { ProductFilter } from './catalogue-ports.ts'
import { newestRates } from './exchange-rates.ts'
import {
  ITS_CATEGORY,
  ITS_PROJECTION,
  ITS_RESTAURANT,
  oldestMove,
  PRODUCT,
  productOf,
} from './product-rows.ts'
import type { ProductSearch } from './search-ports.ts'

type Db = ReturnType<typeof drizzle>

/** So many at most are ranked. */
const MAX_FOUND = 60
/** With fewer, what is only near is looked for as well. */
const FEW = 5
const MAX_NEAR = 40
/** So many of those that hold a piece of the word are compared by how many pieces they hold. */
const MAX_COMPARED = 5_000

const REBUILD = "INSERT INTO product_search (product_search) VALUES ('rebuild')"

/** Searches the index over the read model, with the rates of the day in the same round trip. */
export function createProductSearch(database: D1Database): ProductSearch {
  return {
    async find(query, filter, bookmark, now) {
      const session = database.withSession(bookmark ?? 'first-unconstrained')
      // A session prepares and runs statements as the database does.
      const db = drizzle(session as unknown as D1Database)
      const day = new Date(now).toISOString().slice(0, 10)
      const [rows, rates] = await once(() =>
        db.batch([searchStatement(db, query, filter), newestRates(db, day)]),
      )
      return {
        products: rows.map((row) => ({ ...productOf(row, now), rowId: row.rowId })),
        rates,
        asOf: oldestMove(rows) ?? now,
        bookmark: session.getBookmark(),
      }
    },

    async rebuild() {
      await repeatable(() => database.prepare(REBUILD).run())
    },
  }
}

/** Options are what most of an item is, and no list shows them. */
const FOUND = {
  ...PRODUCT,
  item: sql`json_remove(${productIndex.item}, '$.options')`.mapWith(productIndex.item),
}

/** One statement: exact finds, best kinds first, and the near ones where those are few. */
export const searchStatement = (db: Db, query: SearchQuery, filter: ProductFilter) =>
  db
    .select(FOUND)
    .from(productIndex)
    .innerJoin(restaurantIndex, ITS_RESTAURANT)
    .leftJoin(categoryIndex, ITS_CATEGORY)
    .leftJoin(projectionState, ITS_PROJECTION)
    .where(inArray(productIndex.rowId, candidates(query, filter)))

function candidates({ exact, near, hints }: SearchQuery, filter: ProductFilter): SQL {
  const arms = exact.map((expression) => sql`SELECT * FROM (${matching(expression, filter)})`)
  const found = sql`SELECT row_id FROM (${sql.join(arms, sql` UNION ALL `)}) LIMIT ${MAX_FOUND}`
  if (near === null) return sql`(${found})`
  return sql`(WITH exact AS MATERIALIZED (${found}),
    near AS (SELECT row_id FROM (${matching(near, filter, true)} LIMIT ${MAX_COMPARED})
      ORDER BY ${nearestFirst(hints)} LIMIT ${MAX_NEAR})
    SELECT row_id FROM exact UNION ALL SELECT row_id FROM near)`
}

const NOTHING = sql``

/**
 * Rows that an expression finds, and that are wanted. CROSS JOIN keeps the index in front; a table of
 * one row before it keeps it from being asked at all.
 */
function matching(expression: string, filter: ProductFilter, ifFew = false): SQL {
  const owner = filter.restaurantId ?? filter.categoryId
  const match = owner === null ? expression : ofRestaurant(restaurantKeyOf(owner), expression)
  const restaurants = sql`CROSS JOIN restaurant_index ON restaurant_index.id = product_index.restaurant_id`
  const categories = sql`CROSS JOIN category_index ON category_index.id = product_index.category_id
    AND category_index.deleted = 0`
  return sql`
    SELECT product_index.row_id${ifFew ? sql`, product_index.jamo, length(product_index.name) AS letters` : NOTHING}
    FROM ${ifFew ? sql`(SELECT count(*) AS found FROM exact) AS so_far CROSS JOIN` : NOTHING}
      product_search CROSS JOIN product_index ON product_index.row_id = product_search.rowid
      ${filter.market === null ? NOTHING : restaurants}
      ${filter.category === null ? NOTHING : categories}
    WHERE product_search MATCH ${match} AND ${and(...isWanted(filter))}
      ${ifFew ? sql`AND so_far.found < ${FEW} AND product_index.row_id NOT IN (SELECT row_id FROM exact)` : NOTHING}`
}

/** Who has the most pieces of the words; of several the shortest name. */
const nearestFirst = (hints: readonly string[]): SQL =>
  hints.length === 0
    ? sql`letters`
    : sql`${sql.join(
        hints.map((hint) => sql`(instr(jamo, ${hint}) > 0)`),
        sql` + `,
      )} DESC, letters`
