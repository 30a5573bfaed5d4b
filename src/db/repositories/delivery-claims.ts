import { and, eq, inArray, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { deliveries, deliveryDestinations as destinations } from '../schema/deliveries.ts'
import { feedEvents } from '../schema/feed.ts'
import { once, repeatable } from '../unavailable.ts'
import type { ClaimedDelivery, DeliveryRepository, DeliveryRun } from './delivery-ports.ts'

type Db = ReturnType<typeof drizzle>

/**
 * What was never tried is due from a moment that its writer's clock gave it. Its writer found this run
 * at work and left it to it: the run takes it also where its own clock, or its last look, is behind.
 */
const AHEAD_MS = 5_000

/**
 * One run at a time sends to a destination, so that what it is owed keeps its order as far as it can;
 * a run that died leaves it when its lease ends.
 */
export function createDeliveryClaims(
  database: D1Database,
): Pick<DeliveryRepository, 'claim' | 'settle' | 'release' | 'leave'> {
  const db = drizzle(database)
  return {
    async claim(run, now, leaseUntil, limit) {
      // Not repeated by itself: a claim whose answer got lost would be claimed for nobody, twice.
      const [, claimed] = await once(() =>
        db.batch([
          hold(db, run, now, leaseUntil),
          take(db, run, now, leaseUntil, limit),
          letGo(db, run, now),
        ]),
      )
      if (claimed.length === 0) return []
      const events = await eventsOf(db, claimed)
      return claimed
        .map((row): ClaimedDelivery => ({
          ...row,
          leaseUntil,
          event: events.get(row.eventId) ?? null,
        }))
        .toSorted(inTheirOrder)
    },

    async settle({ id, attempts, leaseUntil }, verdict, now) {
      const settled = await repeatable(() =>
        db
          .update(deliveries)
          .set({
            state: verdict.state,
            attempts: verdict.attempts,
            nextAt: verdict.nextAt,
            leaseUntil: null,
            lastStatus: verdict.lastStatus,
            lastError: verdict.lastError,
            settledAt: verdict.state === 'PENDING' ? null : now,
          })
          .where(
            and(
              eq(deliveries.id, id),
              eq(deliveries.state, 'PENDING'),
              eq(deliveries.attempts, attempts),
              eq(deliveries.leaseUntil, leaseUntil),
            ),
          )
          .run(),
      )
      return settled.meta.changes > 0
    },

    async release(claimed) {
      if (claimed.length === 0) return
      const given = JSON.stringify(claimed.map(({ id, attempts }) => ({ id, attempts })))
      const [first] = claimed
      await repeatable(() =>
        db
          .update(deliveries)
          // Before all that came later, as it was.
          .set({
            attempts: sql`${deliveries.attempts} - 1`,
            nextAt: sql`${deliveries.createdAt}`,
            leaseUntil: null,
          })
          .where(
            and(
              inArray(deliveries.id, sql`(SELECT value ->> 'id' FROM json_each(${given}))`),
              eq(deliveries.state, 'PENDING'),
              eq(deliveries.leaseUntil, first?.leaseUntil ?? 0),
            ),
          )
          .run(),
      )
    },

    async leave(run, { taken, failed, pausedUntil }, now) {
      const failing = sql`coalesce(${destinations.failingSince}, ${now})`
      const rows = await repeatable(() =>
        db
          .update(destinations)
          .set({
            busyUntil: sql`min(${destinations.busyUntil}, ${now})`,
            pausedUntil: sql`max(${destinations.pausedUntil}, ${pausedUntil})`,
            ...(taken ? { failingSince: null } : failed && { failingSince: failing }),
          })
          .where(
            and(eq(destinations.destinationId, run.destinationId), eq(destinations.runId, run.id)),
          )
          .returning({ failingSince: destinations.failingSince }),
      )
      return rows[0]?.failingSince ?? null
    },
  }
}

/** Each restaurant's as they happened: ids of one millisecond are in no order. */
function inTheirOrder(a: ClaimedDelivery, b: ClaimedDelivery): number {
  if (a.restaurantId !== b.restaurantId) return a.restaurantId < b.restaurantId ? -1 : 1
  const epochs = (a.event?.epoch ?? 0) - (b.event?.epoch ?? 0)
  return epochs || (a.event?.seq ?? 0) - (b.event?.seq ?? 0)
}

async function eventsOf(db: Db, claimed: readonly { eventId: string }[]) {
  const ids = JSON.stringify([...new Set(claimed.map(({ eventId }) => eventId))])
  const rows = await once(() =>
    db
      .select()
      .from(feedEvents)
      .where(inArray(feedEvents.id, sql`(SELECT value FROM json_each(${ids}))`))
      .all(),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The run has the destination, unless another has it or it is paused. */
const hold = (db: Db, run: DeliveryRun, now: number, until: number) =>
  db
    .insert(destinations)
    .values({
      ...{ destinationId: run.destinationId, runId: run.id, busyUntil: until },
      ...{ pausedUntil: 0, failingSince: null },
    })
    .onConflictDoUpdate({
      target: destinations.destinationId,
      set: { runId: run.id, busyUntil: until },
      setWhere: sql`${destinations.runId} = ${run.id}
        OR (${destinations.busyUntil} <= ${now} AND ${destinations.pausedUntil} <= ${now})`,
    })

/** Nothing, where the run does not have the destination. */
const take = (db: Db, run: DeliveryRun, now: number, until: number, limit: number) => {
  const due = db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.destinationId, run.destinationId),
        sql`${deliveries.state} = 'PENDING'`,
        sql`${deliveries.nextAt} <= ${now + AHEAD_MS}`,
        sql`(${deliveries.nextAt} <= ${now} OR ${deliveries.attempts} = 0)`,
      ),
    )
    .orderBy(deliveries.nextAt, deliveries.id)
    .limit(limit)
  return db
    .update(deliveries)
    .set({ attempts: sql`${deliveries.attempts} + 1`, leaseUntil: until, nextAt: until })
    .where(
      sql`${deliveries.id} IN ${due} AND EXISTS (SELECT 1 FROM ${destinations}
        WHERE ${destinations.destinationId} = ${run.destinationId}
          AND ${destinations.runId} = ${run.id} AND ${destinations.busyUntil} = ${until})`,
    )
    .returning()
}

/** In the same breath as nothing was found: what comes a moment later finds nobody sending. */
const letGo = (db: Db, run: DeliveryRun, now: number) =>
  db
    .update(destinations)
    .set({ busyUntil: now })
    .where(
      sql`changes() = 0 AND ${destinations.destinationId} = ${run.destinationId}
        AND ${destinations.runId} = ${run.id}`,
    )
