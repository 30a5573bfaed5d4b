import { and, desc, eq, gt, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { firstTimedId } from '../../domain/ids.ts'
import { farthestSpanOf } from '../../domain/order/business-day.ts'
import type { CountedOrder } from '../../domain/order/day-statistics.ts'
import type { OrderState } from '../../domain/order/order.ts'
import type { BoardFilter } from '../../domain/queries.ts'
import type { Database } from './database.ts'
import { toState } from './orders.ts'
import { orders, payments } from './schema.ts'

/** What SQLite takes for none. */
const NO_LIMIT = -1

// Literals, not parameters: only so can SQLite see that the partial index orders_open fits.
const isOpenRow = sql`${orders.status} IN ('PENDING', 'ACCEPTED', 'READY')`

/** Orders as lists: the board, a visit, a guest, a rebuild. */
export function createOrderLists(db: Database) {
  const list = (where: SQL | undefined, limit: number): OrderState[] =>
    db.select().from(orders).where(where).orderBy(desc(orders.id)).limit(limit).all().map(toState)
  const idsOfOwner = (owner: string, page: { limit: number; beforeId: string | null }) =>
    db
      .select({ id: orders.id })
      .from(orders)
      .where(
        and(
          eq(orders.owner, owner),
          page.beforeId === null ? undefined : lt(orders.id, page.beforeId),
        ),
      )
      .orderBy(desc(orders.id))
      .limit(page.limit)

  return {
    ofVisit: (visitId: string): OrderState[] =>
      db
        .select()
        .from(orders)
        .where(eq(orders.visitId, visitId))
        .orderBy(orders.id)
        .all()
        .map(toState),
    // Ids are sorted in the index, and only the page's rows are read.
    ofOwner: (owner: string, page: { limit: number; beforeId: string | null }): OrderState[] =>
      list(inArray(orders.id, idsOfOwner(owner, page)), page.limit),
    open: (): OrderState[] => list(isOpenRow, NO_LIMIT),
    board(filter: BoardFilter): OrderState[] {
      return list(
        and(
          filter.status === null
            ? undefined
            : filter.status === 'open'
              ? isOpenRow
              : eq(orders.status, filter.status),
          filter.tableId === null ? undefined : eq(orders.tableId, filter.tableId),
          filter.businessDay === null ? undefined : isOfDay(filter.businessDay),
          filter.beforeId === null ? undefined : lt(orders.id, filter.beforeId),
          filter.text === null ? undefined : containsText(filter.text),
        ),
        filter.limit,
      )
    },
    /** A business day's, oldest first, each with when the last of the money that paid it came in. */
    ofDay: (businessDay: string): CountedOrder[] =>
      db
        .select({
          order: orders,
          capturedAt: sql<number | null>`(SELECT max(${payments.capturedAt}) FROM ${payments}
            WHERE ${payments.orderId} = ${orders.id} AND ${payments.counted} = 1)`,
        })
        .from(orders)
        .where(isOfDay(businessDay))
        .orderBy(orders.id)
        .all()
        .map(({ order, capturedAt }) => ({ order: toState(order), capturedAt })),
    /** All orders in id order, for a rebuild. */
    pageAfter: (afterId: string | null, limit: number): OrderState[] =>
      db
        .select()
        .from(orders)
        .where(afterId === null ? undefined : gt(orders.id, afterId))
        .orderBy(orders.id)
        .limit(limit)
        .all()
        .map(toState),
  }
}

/** Ids begin with their time: a day is a stretch of them, with some of its neighbours' orders in it. */
function isOfDay(businessDay: string): SQL | undefined {
  const { from, before } = farthestSpanOf(businessDay)
  return and(
    eq(orders.businessDay, businessDay),
    gte(orders.id, firstTimedId(from)),
    lt(orders.id, firstTimedId(before)),
  )
}

// instr, not LIKE: a LIKE pattern is cut at 50 bytes, 16 Hangul syllables.
const containsText = (text: string): SQL =>
  sql`(instr(lower(${orders.number}), ${text.toLowerCase()}) > 0
    OR instr(lower(coalesce(${orders.specialRequests}, '')), ${text.toLowerCase()}) > 0
    OR EXISTS (SELECT 1 FROM json_each(${orders.lines}) AS line
      WHERE instr(lower(line.value ->> '$.name'), ${text.toLowerCase()}) > 0))`
