import { and, eq, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { MARKET_HABITS } from '../../domain/catalogue/markets.ts'
import { HOUR_MS } from '../../domain/popularity/window.ts'
import {
  categoryIndex,
  itemHours,
  orderItems,
  productIndex,
  touchedHours,
} from '../schema/catalogue.ts'
import { projectionState, restaurantIndex } from '../schema/order-index.ts'
import { once, repeatable } from '../unavailable.ts'
import { newestRates } from './exchange-rates.ts'
import type { BoardWish, Popularity } from './popularity-ports.ts'
import {
  ITS_CATEGORY,
  ITS_PROJECTION,
  ITS_RESTAURANT,
  oldestMove,
  PRODUCT,
  productOf,
} from './product-rows.ts'

type Db = ReturnType<typeof drizzle>

/** What is ordered most, over the read model of orders. */
export function createPopularity(database: D1Database): Popularity {
  const db = drizzle(database)
  return {
    async boards(wishes, day) {
      const [rates, ...boards] = await once(() =>
        db.batch([newestRates(db, day), ...wishes.map((wish) => boardQuery(db, wish))]),
      )
      return {
        items: boards.map((rows, index) => rows.map((row) => popularOf(row, wishes[index]))),
        rates,
        asOf: oldestMove(boards.flat()),
      }
    },

    async sumTouched(fromHour, limit) {
      const touched = await once(() =>
        db
          .select()
          .from(touchedHours)
          .where(sql`${touchedHours.hour} >= ${fromHour}`)
          .limit(limit),
      )
      const asked = sql`json_each(${JSON.stringify(touched)})`
      // Summed from the rows of this very transaction; who touched the hour since it was listed keeps it.
      await repeatable(() =>
        db.batch([
          db.delete(itemHours).where(sql`(${itemHours.hour}, ${itemHours.restaurantId}) IN (
            SELECT value ->> '$.hour', value ->> '$.restaurantId' FROM ${asked})`),
          db.insert(itemHours)
            .select(sql`SELECT value ->> '$.hour', ${orderItems.restaurantId}, ${orderItems.itemId},
              count(*), sum(${orderItems.quantity}), sum(${orderItems.revenue})
            FROM ${asked} CROSS JOIN ${orderItems}
            WHERE ${orderItems.restaurantId} = value ->> '$.restaurantId'
              AND ${orderItems.placedAt} >= (value ->> '$.hour') * ${HOUR_MS}
              AND ${orderItems.placedAt} < ((value ->> '$.hour') + 1) * ${HOUR_MS}
              AND ${orderItems.counted} = 1
            GROUP BY 1, 2, 3`),
          db.delete(touchedHours)
            .where(sql`(${touchedHours.hour}, ${touchedHours.restaurantId}, ${touchedHours.touches}) IN (
            SELECT value ->> '$.hour', value ->> '$.restaurantId', value ->> '$.touches' FROM ${asked})`),
          db.delete(touchedHours).where(sql`${touchedHours.hour} < ${fromHour}`),
          db.delete(itemHours).where(sql`${itemHours.hour} < ${fromHour}`),
        ]),
      )
      return touched.length
    },
  }
}

const SUMS = sql.raw('sums')

/** Kept sums of untouched whole hours; rows of touched ones and of the window's two ends. */
function counted({ window, restaurantId }: BoardWish): SQL {
  const { since, until, fromHour, toHour } = window
  const ours = (column: SQL | typeof orderItems.restaurantId | typeof itemHours.restaurantId) =>
    restaurantId === null ? sql`` : sql` AND ${column} = ${restaurantId}`
  const rows = sql`SELECT ${orderItems.itemId} AS item_id, 1 AS order_count,
    ${orderItems.quantity} AS quantity, ${orderItems.revenue} AS revenue`
  const ends = sql`${rows} FROM ${orderItems} WHERE ${orderItems.counted} = 1${ours(orderItems.restaurantId)}`
  return sql`SELECT ${itemHours.itemId} AS item_id, ${itemHours.orderCount} AS order_count,
      ${itemHours.quantity} AS quantity, ${itemHours.revenue} AS revenue
    FROM ${itemHours}
    WHERE ${itemHours.hour} >= ${fromHour} AND ${itemHours.hour} < ${toHour}${ours(itemHours.restaurantId)}
      AND NOT EXISTS (SELECT 1 FROM ${touchedHours} WHERE ${touchedHours.hour} = ${itemHours.hour}
        AND ${touchedHours.restaurantId} = ${itemHours.restaurantId})
    UNION ALL ${rows} FROM ${touchedHours} CROSS JOIN ${orderItems}
    WHERE ${touchedHours.hour} >= ${fromHour} AND ${touchedHours.hour} < ${toHour}${ours(sql`${touchedHours.restaurantId}`)}
      AND ${orderItems.restaurantId} = ${touchedHours.restaurantId}
      AND ${orderItems.placedAt} >= ${touchedHours.hour} * ${HOUR_MS}
      AND ${orderItems.placedAt} < (${touchedHours.hour} + 1) * ${HOUR_MS}
      AND ${orderItems.counted} = 1
    UNION ALL ${ends} AND ${orderItems.placedAt} > ${since}
      AND ${orderItems.placedAt} < ${fromHour * HOUR_MS}
    UNION ALL ${ends} AND ${orderItems.placedAt} >= ${toHour * HOUR_MS}
      AND ${orderItems.placedAt} <= ${until}`
}

const ORDERS: Record<BoardWish['by'], SQL> = {
  orders: sql`${SUMS}.order_count DESC, ${SUMS}.quantity DESC`,
  quantity: sql`${SUMS}.quantity DESC, ${SUMS}.order_count DESC`,
  revenue: sql`${SUMS}.revenue DESC, ${SUMS}.quantity DESC`,
}

/** One board. What has left its menu is on none. */
export const boardQuery = (db: Db, wish: BoardWish) =>
  db
    .select({
      ...PRODUCT,
      orderCount: sql<number>`${SUMS}.order_count`,
      quantity: sql<number>`${SUMS}.quantity`,
      revenue: sql<number>`${SUMS}.revenue`,
    })
    .from(
      sql`(SELECT item_id, sum(order_count) AS order_count, sum(quantity) AS quantity,
        sum(revenue) AS revenue FROM (${counted(wish)}) GROUP BY item_id) AS sums`,
    )
    .innerJoin(
      productIndex,
      and(eq(productIndex.id, sql`${SUMS}.item_id`), eq(productIndex.deleted, false)),
    )
    .innerJoin(restaurantIndex, ITS_RESTAURANT)
    .leftJoin(categoryIndex, ITS_CATEGORY)
    .leftJoin(projectionState, ITS_PROJECTION)
    .where(and(...inMarket(wish)))
    .orderBy(ORDERS[wish.by], productIndex.id)
    .limit(wish.limit)

function inMarket({ market, by }: BoardWish): SQL[] {
  if (market === null) return []
  const { currency } = MARKET_HABITS[market]
  return [
    sql`${restaurantIndex.settings} ->> '$.market' = ${market}`,
    ...(by === 'revenue' ? [sql`${restaurantIndex.settings} ->> '$.currency' = ${currency}`] : []),
  ]
}

type Row = Awaited<ReturnType<typeof boardQuery>>[number]

const popularOf = (row: Row, wish: BoardWish | undefined) => ({
  product: productOf(row, wish?.window.until ?? 0),
  orderCount: row.orderCount,
  quantity: row.quantity,
  revenue: row.revenue,
})
