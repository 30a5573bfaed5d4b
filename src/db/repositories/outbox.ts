import { and, asc, desc, eq, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { deliveries, partnerEndpoints } from '../schema/deliveries.ts'
import { restaurants } from '../schema/restaurants.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { Outbox, OutboxFilter } from './outbox-ports.ts'

/** Due at once, with all its tries before it. */
const anew = (now: number) => ({
  state: 'PENDING' as const,
  attempts: 0,
  nextAt: now,
  leaseUntil: null,
  settledAt: null,
})

const standings = (now: number) => ({
  givenUp: inArray(deliveries.state, ['DEAD', 'SKIPPED']),
  waiting: and(eq(deliveries.state, 'PENDING'), sql`${deliveries.nextAt} > ${now}`),
  atRest: sql`coalesce(${deliveries.leaseUntil}, 0) <= ${now}`,
})

/** What leaves the platform, in D1. */
export function createOutbox(database: D1Database): Outbox {
  const db = drizzle(database)
  const wanted = (filter: OutboxFilter): (SQL | undefined)[] => {
    const { state, destinationKind, destinationId, partnerId } = filter
    const { restaurantId, orderId, type, since } = filter
    return [
      state === null ? undefined : eq(deliveries.state, state),
      destinationKind === null ? undefined : eq(deliveries.destinationKind, destinationKind),
      destinationId === null ? undefined : eq(deliveries.destinationId, destinationId),
      partnerId === null
        ? undefined
        : inArray(
            deliveries.destinationId,
            db
              .select({ id: partnerEndpoints.id })
              .from(partnerEndpoints)
              .where(eq(partnerEndpoints.partnerId, partnerId)),
          ),
      restaurantId === null ? undefined : eq(deliveries.restaurantId, restaurantId),
      orderId === null ? undefined : ofOrder(orderId),
      type === null ? undefined : eq(deliveries.eventType, type),
      since === null ? undefined : gte(deliveries.createdAt, since),
    ]
  }
  return {
    page: (filter, { limit, beforeId }) =>
      once(() =>
        db
          .select()
          .from(deliveries)
          .where(
            and(...wanted(filter), beforeId === null ? undefined : lt(deliveries.id, beforeId)),
          )
          .orderBy(desc(deliveries.id))
          .limit(limit)
          .all(),
      ),

    async retry(id, now, audit) {
      const { givenUp, waiting, atRest } = standings(now)
      const moves = and(eq(deliveries.id, id), or(givenUp, and(waiting, atRest)))
      const [, , , rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(deliveries, moves)),
          db
            .update(deliveries)
            .set(anew(now))
            .where(and(eq(deliveries.id, id), givenUp)),
          db
            .update(deliveries)
            .set({ nextAt: now })
            .where(and(eq(deliveries.id, id), waiting, atRest)),
          db.select().from(deliveries).where(eq(deliveries.id, id)),
        ]),
      )
      return rows[0] ?? null
    },

    async retryAll(filter, limit, now, audit) {
      const found = and(...wanted(filter))
      const oldest = db
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(found)
        .orderBy(asc(deliveries.id))
        .limit(limit)
      // Not repeated after a lost answer: that would take the next ones and count only those.
      const [, retried, left] = await once(() =>
        db.batch([
          auditStatementWhere(db, audit, there(deliveries, found)),
          db
            .update(deliveries)
            .set(anew(now))
            .where(inArray(deliveries.id, oldest))
            .returning({ destinationId: deliveries.destinationId }),
          db.select({ id: deliveries.id }).from(deliveries).where(found).limit(1),
        ]),
      )
      return {
        retried: retried.length,
        more: left.length > 0,
        destinations: [...new Set(retried.map(({ destinationId }) => destinationId))],
      }
    },
  }

  /** An order's id carries its restaurant's key, by which the index has it. */
  function ofOrder(orderId: string): SQL | undefined {
    const restaurant = db
      .select({ id: restaurants.id })
      .from(restaurants)
      .where(eq(restaurants.key, orderId.slice(-12)))
    return and(inArray(deliveries.restaurantId, restaurant), eq(deliveries.orderId, orderId))
  }
}
