import { and, eq, inArray, isNotNull, isNull, ne, sql, type SQL } from 'drizzle-orm'
import type { drizzle } from 'drizzle-orm/d1'
import { sessionRevocations, sessions } from '../schema/sessions.ts'

/** As many as one request pushes itself; the cron does the rest. */
const PUSHED_AT_ONCE = 200

/** The sessions of whom `userId` names, without one that stays. */
export const sessionsOf = (userId: string | SQL, keepSessionId: string | null): SQL =>
  and(
    eq(sessions.userId, userId),
    keepSessionId === null ? undefined : ne(sessions.id, keepSessionId),
  ) ?? sql`true`

/**
 * Statements that end the open ones of `which` and note whom to tell of each: the given restaurants,
 * and where its own table is. The last one reads what is to be pushed. For one batch; repeats change
 * nothing.
 */
export function endingStatements(
  db: ReturnType<typeof drizzle>,
  which: SQL,
  { endedAt, restaurantIds }: { endedAt: number; restaurantIds: readonly string[] },
) {
  const open = and(which, isNull(sessions.endedAt))
  const ids = JSON.stringify(restaurantIds)
  return [
    // One parameter for all of them: D1 takes a hundred at most.
    db
      .insert(sessionRevocations)
      .select(
        sql`SELECT ${sessions.id}, value, ${endedAt} FROM ${sessions}, json_each(${ids}) WHERE ${open}`,
      )
      .onConflictDoNothing(),
    db
      .insert(sessionRevocations)
      .select(
        sql`SELECT ${sessions.id}, ${sessions.visitTableId}, ${endedAt} FROM ${sessions}
          WHERE ${and(open, isNotNull(sessions.visitTableId))}`,
      )
      .onConflictDoNothing(),
    db.update(sessions).set({ endedAt }).where(open),
    db
      .select()
      .from(sessionRevocations)
      .where(
        inArray(
          sessionRevocations.sessionId,
          db.select({ id: sessions.id }).from(sessions).where(which),
        ),
      )
      .limit(PUSHED_AT_ONCE),
  ] as const
}
