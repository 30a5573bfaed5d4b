import { and, asc, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { membershipChanges, memberships, restaurants } from '../schema/restaurants.ts'
import { once, repeatable } from '../unavailable.ts'
import type { Membership } from '../../domain/actor.ts'
import type { RegistryEntry, RestaurantRegistry } from './ports.ts'

type Row = typeof restaurants.$inferSelect

const toEntry = (row: Row): RegistryEntry => ({
  id: row.id,
  key: row.key,
  ownerId: row.ownerId,
  settings: row.settings,
  createdAt: row.createdAt,
  initializedAt: row.initializedAt,
})

/** Which restaurants exist and who works there, in D1. */
export function createRestaurantRegistry(database: D1Database): RestaurantRegistry {
  const db = drizzle(database)
  return {
    async register(entry, idempotencyKey, fingerprint) {
      const isOurs = and(eq(restaurants.id, entry.id), eq(restaurants.ownerId, entry.ownerId))
      const [, , found] = await repeatable(() =>
        db.batch([
          db
            .insert(restaurants)
            .values({ ...entry, idempotencyKey, fingerprint })
            .onConflictDoNothing(),
          db
            .insert(memberships)
            .select(
              db
                .select({
                  userId: restaurants.ownerId,
                  restaurantId: restaurants.id,
                  role: sql<'OWNER'>`'OWNER'`.as('role'),
                  createdAt: restaurants.createdAt,
                })
                .from(restaurants)
                .where(isOurs),
            )
            .onConflictDoNothing(),
          db.select({ id: restaurants.id }).from(restaurants).where(isOurs),
        ]),
      )
      // Asked rather than counted: a repeat after a lost answer finds its own row.
      return found.length > 0
    },

    async byIdempotencyKey(ownerId, key) {
      const row = await once(() =>
        db
          .select()
          .from(restaurants)
          .where(and(eq(restaurants.ownerId, ownerId), eq(restaurants.idempotencyKey, key)))
          .get(),
      )
      return row ? { entry: toEntry(row), fingerprint: row.fingerprint } : null
    },

    async markInitialized(id, at) {
      await repeatable(() =>
        db
          .update(restaurants)
          .set({ initializedAt: at })
          .where(and(eq(restaurants.id, id), isNull(restaurants.initializedAt)))
          .run(),
      )
    },

    async unfinished(olderThan, limit) {
      const rows = await once(() =>
        db
          .select()
          .from(restaurants)
          .where(and(isNull(restaurants.initializedAt), lt(restaurants.createdAt, olderThan)))
          .orderBy(asc(restaurants.createdAt))
          .limit(limit)
          .all(),
      )
      return rows.map(toEntry)
    },

    memberships: (userId) => membershipsOf(db, userId),

    async page(afterId, limit) {
      const rows = await once(() =>
        db
          .select({ id: restaurants.id })
          .from(restaurants)
          .where(and(isNotNull(restaurants.initializedAt), gt(restaurants.id, afterId ?? '')))
          .orderBy(asc(restaurants.id))
          .limit(limit)
          .all(),
      )
      return rows.map((row) => row.id)
    },
  }
}

/** With the version of each that has changed since the first. */
async function membershipsOf(
  db: ReturnType<typeof drizzle>,
  userId: string,
): Promise<readonly Membership[]> {
  const isOfThis = and(
    eq(membershipChanges.userId, memberships.userId),
    eq(membershipChanges.restaurantId, memberships.restaurantId),
  )
  const rows = await once(() =>
    db
      .select({
        restaurantId: memberships.restaurantId,
        role: memberships.role,
        version: membershipChanges.version,
      })
      .from(memberships)
      .leftJoin(membershipChanges, isOfThis)
      .where(eq(memberships.userId, userId))
      .orderBy(asc(memberships.createdAt), asc(memberships.restaurantId))
      .all(),
  )
  return rows.map(({ version, ...membership }) => ({
    ...membership,
    ...(version !== null && { version }),
  }))
}
