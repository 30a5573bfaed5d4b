import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { partnerSubscriptions as subscriptions } from '../schema/deliveries.ts'
import { restaurants } from '../schema/restaurants.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { PartnerSubscriptions } from './partner-ports.ts'

/** What partners may see, in D1. */
export function createPartnerSubscriptions(database: D1Database): PartnerSubscriptions {
  const db = drizzle(database)
  return {
    async add(wanted, audit) {
      const { id, partnerId, restaurantId, createdAt, endedAt } = wanted
      const types = wanted.types === null ? null : JSON.stringify(wanted.types)
      const same = and(
        eq(subscriptions.partnerId, partnerId),
        isNull(subscriptions.endedAt),
        sql`${subscriptions.restaurantId} IS ${restaurantId}`,
        sql`${subscriptions.types} IS ${types}`,
      )
      const [, , standing] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, sql`NOT ${there(subscriptions, same)}`),
          db.insert(subscriptions).select(
            sql`SELECT ${id}, ${partnerId}, ${restaurantId}, ${types}, ${createdAt}, ${endedAt}
              WHERE NOT EXISTS (SELECT 1 FROM ${subscriptions} WHERE ${same})`,
          ),
          db.select().from(subscriptions).where(same),
        ]),
      )
      const [stored] = standing
      if (stored === undefined) throw new Error(`subscription ${id} was not stored`)
      return stored
    },

    of: (partnerId) =>
      once(() =>
        db
          .select()
          .from(subscriptions)
          .where(and(eq(subscriptions.partnerId, partnerId), isNull(subscriptions.endedAt)))
          .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
          .all(),
      ),

    async end(partnerId, id, at, audit) {
      const named = and(eq(subscriptions.partnerId, partnerId), eq(subscriptions.id, id))
      const standing = and(named, isNull(subscriptions.endedAt))
      const [, rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(subscriptions, standing)),
          db
            .update(subscriptions)
            .set({ endedAt: sql`coalesce(${subscriptions.endedAt}, ${at})` })
            .where(named)
            .returning(),
        ]),
      )
      return rows[0] ?? null
    },

    async restaurantExists(restaurantId) {
      const known = and(eq(restaurants.id, restaurantId), isNotNull(restaurants.initializedAt))
      const row = await once(() =>
        db.select({ id: restaurants.id }).from(restaurants).where(known).get(),
      )
      return row !== undefined
    },
  }
}
