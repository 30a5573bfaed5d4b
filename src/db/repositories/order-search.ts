import { and, asc, desc, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { firstTimedId } from '../../domain/ids.ts'
import { farthestSpanOf } from '../../domain/order/business-day.ts'
import { OPEN_STATUSES } from '../../domain/order/lifecycle.ts'
import { orderIndex, projectionState, restaurantIndex } from '../schema/order-index.ts'
import { restaurants } from '../schema/restaurants.ts'
import { once } from '../unavailable.ts'
import type { OrderFilter, OrderSearch } from './order-search-ports.ts'

type Db = ReturnType<typeof drizzle>

/** Orders of all restaurants, for those who look after the platform. */
export function createOrderSearch(database: D1Database): OrderSearch {
  const db = drizzle(database)
  return {
    async page(filter, { limit, beforeId, now }) {
      const rows = await once(() => searchQuery(db, filter, { limit, beforeId }).all())
      const moved = rows.flatMap(({ movedAt }) => (movedAt === null ? [] : [movedAt]))
      return {
        orders: rows.map(({ order, restaurantId, restaurantName }) => ({
          order,
          restaurantId,
          restaurantName,
        })),
        asOf: moved.length === 0 ? now : Math.min(...moved),
      }
    },

    restaurants: (text, { limit, beforeId }) =>
      once(() =>
        db
          .select({ id: restaurantIndex.id, name: restaurantIndex.name })
          .from(restaurantIndex)
          .where(
            and(
              text === null ? undefined : has(sql`${restaurantIndex.name}`, text),
              beforeId === null
                ? undefined
                : sql`(${restaurantIndex.name}, ${restaurantIndex.id}) > (
                    SELECT r.name, r.id FROM restaurant_index r WHERE r.id = ${beforeId})`,
            ),
          )
          .orderBy(asc(restaurantIndex.name), asc(restaurantIndex.id))
          .limit(limit)
          .all(),
      ),
  }
}

export const searchQuery = (
  db: Db,
  filter: OrderFilter,
  { limit, beforeId }: { limit: number; beforeId: string | null },
) =>
  db
    .select({
      order: orderIndex.state,
      restaurantId: orderIndex.restaurantId,
      restaurantName: restaurantIndex.name,
      movedAt: projectionState.updatedAt,
    })
    .from(orderIndex)
    .leftJoin(restaurantIndex, eq(restaurantIndex.id, orderIndex.restaurantId))
    .leftJoin(projectionState, eq(projectionState.restaurantId, orderIndex.restaurantId))
    .where(
      and(...conditionsOf(filter), beforeId === null ? undefined : lt(orderIndex.id, beforeId)),
    )
    .orderBy(desc(orderIndex.id))
    .limit(limit)

function conditionsOf(filter: OrderFilter): (SQL | undefined)[] {
  const { restaurantId, paymentStatus, day, tableId, userId, number, text } = filter
  const { id } = orderIndex
  const span = spanOf(filter)
  return [
    restaurantId === null ? undefined : eq(orderIndex.restaurantId, restaurantId),
    ...ofStatus(filter.status),
    // The partial index takes what names its own condition.
    paymentStatus === null ? undefined : eq(orderIndex.paymentStatus, paymentStatus),
    paymentStatus === null || paymentStatus === 'PAID' ? undefined : NOT_SIMPLY_PAID,
    day === null ? undefined : eq(orderIndex.businessDay, day),
    // Orders' ids begin with the moment at which they were placed.
    span.from === null ? undefined : gte(id, firstTimedId(span.from)),
    span.to === null ? undefined : lt(id, firstTimedId(span.to)),
    ...atTable(tableId),
    userId === null ? undefined : eq(orderIndex.userId, userId),
    number === null ? undefined : eq(orderIndex.number, number),
    text === null ? undefined : contains(text),
  ]
}

/** As the conditions of the partial indexes on order_index. */
const NOT_COMPLETED = sql`${orderIndex.status} <> 'COMPLETED'`
const NOT_SIMPLY_PAID = sql`${orderIndex.paymentStatus} <> 'PAID'`

function ofStatus(status: OrderFilter['status']): (SQL | undefined)[] {
  if (status === null) return []
  if (status === 'COMPLETED') return [eq(orderIndex.status, status)]
  return [
    status === 'open'
      ? inArray(orderIndex.status, [...OPEN_STATUSES])
      : eq(orderIndex.status, status),
    NOT_COMPLETED,
  ]
}

/** A business day lies within a span of time, wherever its restaurant is. */
function spanOf({ day, from, to }: OrderFilter): Pick<OrderFilter, 'from' | 'to'> {
  if (day === null) return { from, to }
  const farthest = farthestSpanOf(day)
  return {
    from: Math.max(from ?? farthest.from, farthest.from),
    to: Math.min(to ?? farthest.before, farthest.before),
  }
}

/** A table's id carries its restaurant's key, and a restaurant's orders have an index. */
const atTable = (tableId: string | null): SQL[] =>
  tableId === null
    ? []
    : [
        eq(orderIndex.tableId, tableId),
        sql`${orderIndex.restaurantId} = (SELECT ${restaurants.id} FROM ${restaurants}
          WHERE ${restaurants.key} = ${tableId.slice(-12)})`,
      ]

/** Not LIKE: its pattern ends at 50 bytes, which are 16 syllables. */
const has = (part: SQL, text: string): SQL =>
  sql`instr(lower(coalesce(${part}, '')), ${text.toLowerCase()}) > 0`

const contains = (text: string): SQL =>
  sql`(${has(sql`${orderIndex.number}`, text)}
    OR ${has(sql`${orderIndex.state} ->> '$.specialRequests'`, text)}
    OR EXISTS (SELECT 1 FROM json_each(${orderIndex.state} -> '$.lines') AS line
      WHERE ${has(sql`line.value ->> '$.name'`, text)}))`
