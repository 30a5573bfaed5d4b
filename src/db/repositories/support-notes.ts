import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { refundRequests, supportActivity, supportNotes } from '../schema/support.ts'
import { once, repeatable } from '../unavailable.ts'
import { activityStatement } from './support-activity.ts'
import type { SupportNotes } from './support-ports.ts'

type Db = ReturnType<typeof drizzle>

/** What support wrote down about customers, in D1. */
export function createSupportNotes(database: D1Database): SupportNotes {
  const db = drizzle(database)
  return {
    async insert(note, { idempotencyKey, fingerprint }, activity) {
      const { id, userId, authorId, text, createdAt } = note
      const isThere = sql`EXISTS (SELECT 1 FROM users WHERE id = ${userId} AND erased_at IS NULL)`
      const byKey = and(
        eq(supportNotes.authorId, authorId),
        eq(supportNotes.idempotencyKey, idempotencyKey ?? ''),
      )
      const [, , [standing]] = await repeatable(() =>
        db.batch([
          db
            .insert(supportNotes)
            .select(
              sql`SELECT ${id}, ${userId}, ${authorId}, ${text}, ${createdAt}, ${idempotencyKey},
                ${fingerprint} WHERE ${isThere}`,
            )
            .onConflictDoNothing(),
          activityStatement(
            db,
            activity,
            sql`EXISTS (SELECT 1 FROM ${supportNotes} WHERE ${supportNotes.id} = ${id})`,
          ),
          db
            .select()
            .from(supportNotes)
            .where(idempotencyKey === null ? eq(supportNotes.id, id) : byKey),
        ]),
      )
      return standing ?? null
    },

    page: (userId, { limit, beforeId }) =>
      once(() =>
        db
          .select()
          .from(supportNotes)
          .where(
            and(
              eq(supportNotes.userId, userId),
              beforeId === null ? undefined : lt(supportNotes.id, beforeId),
            ),
          )
          .orderBy(desc(supportNotes.id))
          .limit(limit)
          .all(),
      ),
  }
}

/**
 * What support wrote of a person goes, for the batch that erases them: notes, and the words of requests
 * and of who looked. That somebody looked stays, by ids.
 */
export const forgetSupportStatements = (db: Db, userId: string) =>
  [
    db.delete(supportNotes).where(eq(supportNotes.userId, userId)),
    db.update(supportActivity).set({ reason: null }).where(eq(supportActivity.customerId, userId)),
    db
      .update(refundRequests)
      .set({ reason: '', decisionNote: null })
      .where(eq(refundRequests.userId, userId)),
  ] as const
