import { and, desc, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { firstTimedId } from '../../domain/ids.ts'
import type { SupportActivity } from '../../domain/support/refund-request.ts'
import { supportActivity } from '../schema/support.ts'
import { once, repeatable } from '../unavailable.ts'
import type { ActivityFilter, SupportActivityLog } from './support-ports.ts'

type Db = ReturnType<typeof drizzle>

/** A line where the condition holds, for the batch of what it tells of. Its id makes it one however often. */
export const activityStatement = (db: Db, activity: SupportActivity, where: SQL = sql`true`) =>
  db
    .insert(supportActivity)
    .select(
      sql`SELECT ${activity.id}, ${activity.at}, ${activity.actorId}, ${activity.actorRole},
        ${activity.action}, ${activity.customerId}, ${activity.orderId}, ${activity.reason},
        ${JSON.stringify(activity.details)}, ${activity.traceId} WHERE ${where}`,
    )
    .onConflictDoNothing()

/** Who looked at what of whom, in D1. */
export function createSupportActivity(database: D1Database): SupportActivityLog {
  const db = drizzle(database)
  return {
    async note(activity) {
      await repeatable(() => activityStatement(db, activity).run())
    },

    async noteView(activity, since) {
      const { actorId, customerId, orderId } = activity
      const seen = sql`SELECT 1 FROM support_activity WHERE actor_id = ${actorId}
        AND id >= ${firstTimedId(since)} AND action = 'viewed'
        AND customer_id IS ${customerId} AND order_id IS ${orderId}`
      await repeatable(() => activityStatement(db, activity, sql`NOT EXISTS (${seen})`).run())
    },

    async noteUnmask(activity, since, most) {
      // Ids sort by time: the hour is a stretch of the actor's index.
      const lately = and(
        eq(supportActivity.actorId, activity.actorId),
        gte(supportActivity.id, firstTimedId(since)),
        eq(supportActivity.action, 'unmasked'),
      )
      const fewer = sql`(SELECT count(*) FROM ${supportActivity} WHERE ${lately}) < ${most}`
      const [, [standing], [first]] = await repeatable(() =>
        db.batch([
          activityStatement(db, activity, fewer),
          db
            .select({ id: supportActivity.id })
            .from(supportActivity)
            .where(eq(supportActivity.id, activity.id)),
          // When this one is an hour old, another may be.
          db
            .select({ at: supportActivity.at })
            .from(supportActivity)
            .where(lately)
            .orderBy(desc(supportActivity.id))
            .limit(1)
            .offset(Math.max(0, most - 1)),
        ]),
      )
      if (standing !== undefined) return { taken: true }
      return { taken: false, retryAfterMs: (first?.at ?? activity.at) - since }
    },

    page: (filter, { limit, beforeId }) =>
      once(() =>
        db
          .select()
          .from(supportActivity)
          .where(
            and(
              ...conditionsOf(filter),
              beforeId === null ? undefined : lt(supportActivity.id, beforeId),
            ),
          )
          .orderBy(desc(supportActivity.id))
          .limit(limit)
          .all(),
      ),

    async sweep(before, limit) {
      const past = db
        .select({ id: supportActivity.id })
        .from(supportActivity)
        .where(lt(supportActivity.at, before))
        .limit(limit)
      const swept = await repeatable(() =>
        db.delete(supportActivity).where(inArray(supportActivity.id, past)).run(),
      )
      return swept.meta.changes
    },
  }
}

function conditionsOf(filter: ActivityFilter): (SQL | undefined)[] {
  const { id, actorId, customerId, orderId, action } = supportActivity
  return [
    filter.actorId === null ? undefined : eq(actorId, filter.actorId),
    filter.customerId === null ? undefined : eq(customerId, filter.customerId),
    filter.orderId === null ? undefined : eq(orderId, filter.orderId),
    filter.action === null ? undefined : eq(action, filter.action),
    filter.from === null ? undefined : gte(id, firstTimedId(filter.from)),
    filter.to === null ? undefined : lt(id, firstTimedId(filter.to)),
  ]
}
