import { and, desc, eq, lt, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { orderIndex, projectionState } from '../schema/order-index.ts'
import { once } from '../unavailable.ts'
import type { OrderIndex, OrderPage, OrdersFound } from './ports.ts'

/** Orders across restaurants, from the read model. `now` is read when nothing is known. */
export function createOrderIndex(database: D1Database, now: () => number): OrderIndex {
  const list = async (
    owner: SQL,
    { limit, beforeId, bookmark }: OrderPage,
  ): Promise<OrdersFound> => {
    const start = bookmark === undefined ? 'first-primary' : (bookmark ?? 'first-unconstrained')
    const session = database.withSession(start)
    // A session prepares and runs statements as the database does.
    const db = drizzle(session as unknown as D1Database)
    const rows = await once(() =>
      db
        .select({ state: orderIndex.state, movedAt: projectionState.updatedAt })
        .from(orderIndex)
        .leftJoin(projectionState, eq(projectionState.restaurantId, orderIndex.restaurantId))
        .where(beforeId === null ? owner : and(owner, lt(orderIndex.id, beforeId)))
        .orderBy(desc(orderIndex.id))
        .limit(limit)
        .all(),
    )
    const moved = rows.flatMap(({ movedAt }) => (movedAt === null ? [] : [movedAt]))
    return {
      orders: rows.map((row) => row.state),
      // The list is as fresh as the restaurant that moved longest ago.
      asOf: moved.length === 0 ? now() : Math.min(...moved),
      bookmark: session.getBookmark(),
    }
  }
  return {
    byUser: (userId, page) => list(eq(orderIndex.userId, userId), page),
    bySession: (sessionId, page) => list(eq(orderIndex.sessionId, sessionId), page),
  }
}
