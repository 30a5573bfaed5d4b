import { and, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { firstTimedId } from '../../domain/ids.ts'
import type { DeliveryState } from '../../domain/outgoing/delivery.ts'
import { deliveries, deliveryDestinations, partnerEndpoints } from '../schema/deliveries.ts'
import { partners } from '../schema/partners.ts'
import { once, repeatable } from '../unavailable.ts'
import { createDeliveryClaims } from './delivery-claims.ts'
import type { DeliveryRepository } from './delivery-ports.ts'

/** Walks from destination to destination over the index of what is due, past all that one is owed. */
const DUE = `WITH RECURSIVE waiting (destination) AS (
    SELECT min(destination_id) FROM deliveries WHERE state = 'PENDING'
    UNION ALL
    SELECT (SELECT min(destination_id) FROM deliveries
      WHERE state = 'PENDING' AND destination_id > destination)
    FROM waiting WHERE destination IS NOT NULL
  )
  SELECT destination FROM waiting
  WHERE destination IS NOT NULL
    AND EXISTS (SELECT 1 FROM deliveries
      WHERE state = 'PENDING' AND destination_id = destination AND next_at <= ?1)
    AND NOT EXISTS (SELECT 1 FROM delivery_destinations
      WHERE destination_id = destination AND (busy_until > ?1 OR paused_until > ?1))
  LIMIT ?2`

/** What destinations are owed, in D1. */
export function createDeliveries(database: D1Database): DeliveryRepository {
  const db = drizzle(database)
  return {
    ...createDeliveryClaims(database),

    async due(now, limit) {
      const found = await once(() =>
        database.prepare(DUE).bind(now, limit).all<{ destination: string }>(),
      )
      return found.results.map(({ destination }) => destination)
    },

    async failing(destinationIds) {
      const asked = sql`(SELECT value FROM json_each(${JSON.stringify(destinationIds)}))`
      const rows = await once(() =>
        db
          .select({ id: deliveryDestinations.destinationId })
          .from(deliveryDestinations)
          .where(
            and(
              inArray(deliveryDestinations.destinationId, asked),
              isNotNull(deliveryDestinations.failingSince),
            ),
          )
          .all(),
      )
      return new Set(rows.map(({ id }) => id))
    },

    async endAll(destinationId, { state, reason }, now, limit) {
      const waiting = db
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(and(eq(deliveries.destinationId, destinationId), eq(deliveries.state, 'PENDING')))
        .limit(limit)
      const ended = await repeatable(() =>
        db
          .update(deliveries)
          .set({ state, lastError: reason, leaseUntil: null, settledAt: now })
          .where(inArray(deliveries.id, waiting))
          .run(),
      )
      return ended.meta.changes
    },

    async pushTarget(endpointId) {
      const row = await once(() =>
        db
          .select({ endpoint: partnerEndpoints, partnerDisabledAt: partners.disabledAt })
          .from(partnerEndpoints)
          .innerJoin(partners, eq(partners.id, partnerEndpoints.partnerId))
          .where(eq(partnerEndpoints.id, endpointId))
          .get(),
      )
      if (row === undefined) return null
      const { id, url, secret, previousSecret, previousUntil } = row.endpoint
      const { disabledAt, disabledReason } = row.endpoint
      const ofEndpoint = disabledAt === null ? null : (disabledReason ?? 'DISABLED')
      const closed = row.partnerDisabledAt === null ? ofEndpoint : 'PARTNER_DISABLED'
      return { id, url, secret, previousSecret, previousUntil, closed }
    },

    async disableEndpoint(endpointId, reason, now) {
      // Enabled again it starts anew: what failed before counts no more.
      const [disabled] = await repeatable(() =>
        db.batch([
          db
            .update(partnerEndpoints)
            .set({ disabledAt: now, disabledReason: reason })
            .where(and(eq(partnerEndpoints.id, endpointId), isNull(partnerEndpoints.disabledAt))),
          db
            .update(deliveryDestinations)
            .set({ failingSince: null })
            .where(eq(deliveryDestinations.destinationId, endpointId)),
        ]),
      )
      return disabled.meta.changes > 0
    },

    sweep: (before, limit) => sweepEnded(db, before, limit),
  }
}

async function sweepEnded(
  db: ReturnType<typeof drizzle>,
  { done, dead }: { done: number; dead: number },
  limit: number,
): Promise<number> {
  const ends: readonly [DeliveryState, number][] = [
    ['DONE', done],
    ['SKIPPED', done],
    ['DEAD', dead],
  ]
  let swept = 0
  for (const [state, before] of ends) {
    const past = db
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.state, state),
          // Ids begin with the event's time; what was sent again came to its end later.
          lt(deliveries.id, firstTimedId(before)),
          lt(deliveries.settledAt, before),
        ),
      )
      .limit(limit)
    const removed = await repeatable(() =>
      db.delete(deliveries).where(inArray(deliveries.id, past)).run(),
    )
    swept += removed.meta.changes
  }
  return swept
}
