import { and, asc, desc, eq, gt, gte, isNull, lt, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { orderIndex, projectionState, restaurantIndex } from '../schema/order-index.ts'
import { users } from '../schema/users.ts'
import { once } from '../unavailable.ts'
import type { SupportCustomers } from './support-ports.ts'

/** Behind everything that begins with a text: no character is higher. */
const END = '\u{10FFFF}'

const { id, email, name, role, createdAt, lockedAt, erasedAt } = users
const CUSTOMER = { id, email, name, role, createdAt, lockedAt, erasedAt }

/** Accounts and their orders in D1, as support reads them. */
export function createSupportCustomers(database: D1Database): SupportCustomers {
  const db = drizzle(database)
  return {
    async byId(userId) {
      return (await once(() => db.select(CUSTOMER).from(users).where(eq(id, userId)).get())) ?? null
    },

    // Stretches of an index, not LIKE: nothing in the text means anything, and none is too long.
    byEmail: (prefix, { limit, beforeId }) =>
      once(() =>
        db
          .select(CUSTOMER)
          .from(users)
          .where(
            and(
              gte(email, prefix),
              lt(email, prefix + END),
              isNull(erasedAt),
              beforeId === null
                ? undefined
                : gt(email, sql`(SELECT p.email FROM users p WHERE p.id = ${beforeId})`),
            ),
          )
          .orderBy(asc(email))
          .limit(limit)
          .all(),
      ),

    byName(prefix, { limit, beforeId }) {
      const folded = sql`${name} COLLATE NOCASE`
      return once(() =>
        db
          .select(CUSTOMER)
          .from(users)
          .where(
            and(
              sql`${folded} >= ${prefix}`,
              sql`${folded} < ${prefix + END}`,
              isNull(erasedAt),
              beforeId === null
                ? undefined
                : sql`(${folded}, users.rowid) > (
                    SELECT p.name COLLATE NOCASE, p.rowid FROM users p WHERE p.id = ${beforeId})`,
            ),
          )
          // Namesakes by what every index ends with.
          .orderBy(asc(folded), sql`users.rowid`)
          .limit(limit)
          .all(),
      )
    },

    async orders(userId, { limit, beforeId }) {
      const rows = await once(() =>
        db
          .select({
            order: orderIndex.state,
            payments: orderIndex.payments,
            refunds: orderIndex.refunds,
            restaurantId: orderIndex.restaurantId,
            restaurantName: restaurantIndex.name,
            movedAt: projectionState.updatedAt,
          })
          .from(orderIndex)
          .leftJoin(restaurantIndex, eq(restaurantIndex.id, orderIndex.restaurantId))
          .leftJoin(projectionState, eq(projectionState.restaurantId, orderIndex.restaurantId))
          .where(
            and(
              eq(orderIndex.userId, userId),
              beforeId === null ? undefined : lt(orderIndex.id, beforeId),
            ),
          )
          .orderBy(desc(orderIndex.id))
          .limit(limit)
          .all(),
      )
      const moved = rows.flatMap(({ movedAt }) => (movedAt === null ? [] : [movedAt]))
      return {
        orders: rows.map(({ restaurantId, restaurantName, movedAt: _, ...view }) => ({
          ...view,
          restaurant: { id: restaurantId, name: restaurantName },
        })),
        // As fresh as the restaurant that moved longest ago.
        asOf: moved.length === 0 ? null : Math.min(...moved),
      }
    },
  }
}
