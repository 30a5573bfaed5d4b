import { asc, eq, isNull, lt, and, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { databaseRestores, restaurantEpochs } from '../schema/restores.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { RestoreRepository } from './restore-ports.ts'

/** What was restored, and the epochs begun for it, in D1. */
export function createRestoreRepository(database: D1Database): RestoreRepository {
  const db = drizzle(database)
  return {
    async noteEpoch({ id, restaurantId, reason, askedBy, askedAt, restoreTo }, above, audit) {
      const known = (table: string, epoch: string) =>
        sql`coalesce((SELECT max(${sql.raw(epoch)}) FROM ${sql.raw(table)}
          WHERE restaurant_id = ${restaurantId}), 0)`
      const next = sql`1 + max(${above}, ${known('restaurant_epochs', 'epoch')},
        ${known('projection_state', 'max(epoch, generation_epoch)')},
        ${known('feed_progress', 'epoch')}, ${known('feed_events', 'epoch')})`
      const waits = sql`SELECT 1 FROM restaurant_epochs
        WHERE restaurant_id = ${restaurantId} AND begun_at IS NULL`
      const isNew = sql`NOT EXISTS (${waits}) AND NOT ${there(restaurantEpochs, eq(restaurantEpochs.id, id))}`
      const [, , rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, isNew),
          db
            .insert(restaurantEpochs)
            .select(
              sql`SELECT ${id}, ${restaurantId}, ${next}, ${reason}, ${askedBy}, ${askedAt},
                ${restoreTo}, NULL, NULL, NULL
                WHERE NOT EXISTS (${waits})`,
            )
            .onConflictDoNothing({ target: restaurantEpochs.id }),
          db
            .select()
            .from(restaurantEpochs)
            .where(
              sql`${restaurantEpochs.id} = ${id} OR (${restaurantEpochs.restaurantId} = ${restaurantId}
                AND ${restaurantEpochs.begunAt} IS NULL)`,
            )
            .orderBy(sql`${restaurantEpochs.id} = ${id} DESC`)
            .limit(1),
        ]),
      )
      const [standing] = rows
      if (standing === undefined) throw new Error(`no epoch stands for ${restaurantId}`)
      return standing
    },

    async epochMarked(id, at) {
      await repeatable(() =>
        db.update(restaurantEpochs).set({ markedAt: at }).where(eq(restaurantEpochs.id, id)).run(),
      )
    },

    async epochBegun(id, startSeq, at) {
      await repeatable(() =>
        db
          .update(restaurantEpochs)
          .set({ begunAt: at, startSeq })
          .where(and(eq(restaurantEpochs.id, id), isNull(restaurantEpochs.begunAt)))
          .run(),
      )
    },

    unfinishedEpochs: (askedBefore, limit) =>
      once(() =>
        db
          .select()
          .from(restaurantEpochs)
          .where(and(isNull(restaurantEpochs.begunAt), lt(restaurantEpochs.askedAt, askedBefore)))
          .orderBy(asc(restaurantEpochs.askedAt))
          .limit(limit)
          .all(),
      ),

    async markDatabase(restore, audit) {
      const isNew = sql`NOT ${there(databaseRestores, eq(databaseRestores.id, restore.id))}`
      const [, , rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, isNew),
          db.insert(databaseRestores).values(restore).onConflictDoNothing(),
          db
            .select({ markedAt: databaseRestores.markedAt })
            .from(databaseRestores)
            .where(eq(databaseRestores.id, restore.id)),
        ]),
      )
      const [standing] = rows
      if (standing === undefined) throw new Error(`restore ${restore.id} was not stored`)
      return standing.markedAt
    },
  }
}
