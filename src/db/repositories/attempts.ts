import { and, eq, gt, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { loginAttempts } from '../schema/attempts.ts'
import { once, repeatable } from '../unavailable.ts'
import type { AttemptLimit, AttemptRepository } from './ports.ts'

/** Asked with every claim of a coupon, so its text is not built anew each time. */
const FULL_SINCE = `SELECT max(started_at) AS last FROM login_attempts
  WHERE subject IN (SELECT value ->> 'subject' FROM json_each(?1))
    AND tries >= (SELECT value ->> 'max' FROM json_each(?1)
      WHERE value ->> 'subject' = login_attempts.subject)
    AND started_at > ?2`

/** Exact counters of tries, in D1: its one writer sees them one after the other. */
export function createAttemptRepository(database: D1Database): AttemptRepository {
  const db = drizzle(database)
  const inList = (subjects: readonly string[]) =>
    sql`${loginAttempts.subject} IN (SELECT value FROM json_each(${JSON.stringify(subjects)}))`

  /** Those of the limits that are used up in a window that still runs. */
  const fullOf = (limits: readonly AttemptLimit[], over: number) => {
    const max = sql`(SELECT value ->> 'max' FROM json_each(${JSON.stringify(limits)})
      WHERE value ->> 'subject' = ${loginAttempts.subject})`
    return and(
      inList(limits.map(({ subject }) => subject)),
      gte(loginAttempts.tries, max),
      gt(loginAttempts.startedAt, over),
    )
  }
  const latestOf = (full: SQL | undefined) =>
    db
      .select({ last: sql<number | null>`max(${loginAttempts.startedAt})` })
      .from(loginAttempts)
      .where(full)

  return {
    async waiting(limits, windowMs, now) {
      const over = now - windowMs
      const found = await once(() =>
        database
          .prepare(FULL_SINCE)
          .bind(JSON.stringify(limits), over)
          .first<{ last: number | null }>(),
      )
      const last = found?.last ?? null
      return last === null ? null : last - over
    },

    async take(limits, windowMs, now, tries = 1) {
      const over = now - windowMs
      const wanted = JSON.stringify(limits)
      const isFull = fullOf(limits, over)
      const restarts = sql`${loginAttempts.startedAt} <= ${over}`
      // Not repeated by itself: a try whose answer got lost would count twice.
      const [counted, [waiting]] = await once(() =>
        db.batch([
          db
            .insert(loginAttempts)
            .select(
              sql`SELECT value ->> 'subject', ${now}, ${tries} FROM json_each(${wanted})
                WHERE NOT EXISTS (SELECT 1 FROM ${loginAttempts} WHERE ${isFull})`,
            )
            .onConflictDoUpdate({
              target: loginAttempts.subject,
              set: {
                tries: sql`CASE WHEN ${restarts} THEN ${tries} ELSE ${loginAttempts.tries} + ${tries} END`,
                startedAt: sql`CASE WHEN ${restarts} THEN ${now} ELSE ${loginAttempts.startedAt} END`,
              },
            })
            .returning({ subject: loginAttempts.subject }),
          latestOf(isFull),
        ]),
      )
      if (counted.length > 0) return { taken: true }
      return { taken: false, retryAfterMs: (waiting?.last ?? now) - over }
    },

    async giveBack(subjects, takenAt) {
      await once(() =>
        db
          .update(loginAttempts)
          .set({ tries: sql`max(${loginAttempts.tries} - 1, 0)` })
          // A window that began later never counted it.
          .where(sql`${inList(subjects)} AND ${loginAttempts.startedAt} <= ${takenAt}`)
          .run(),
      )
    },

    async clear(subject) {
      await repeatable(() =>
        db.delete(loginAttempts).where(eq(loginAttempts.subject, subject)).run(),
      )
    },

    async sweep(startedBefore, limit) {
      const past = db
        .select({ subject: loginAttempts.subject })
        .from(loginAttempts)
        .where(lt(loginAttempts.startedAt, startedBefore))
        .limit(limit)
      const swept = await repeatable(() =>
        db.delete(loginAttempts).where(inArray(loginAttempts.subject, past)).run(),
      )
      return swept.meta.changes
    },
  }
}
