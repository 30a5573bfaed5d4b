import { lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { endedMemberships, endedSessions, idempotency, spentTickets } from './schema.ts'

/** Sessions that were ended, tickets that were spent, and answers to keys already used. */
export function createSessionStore(db: Database, memory: Memory) {
  const ended = memory.one(() => {
    const rows = db.select({ id: endedSessions.sessionId }).from(endedSessions).all()
    return new Set(rows.map(({ id }) => id))
  })
  const memberships = memory.one(() => {
    const rows = db.select().from(endedMemberships).all()
    return new Map(rows.map(({ userId, version }) => [userId, version]))
  })
  const answered = db
    .select()
    .from(idempotency)
    .where(
      sql`${idempotency.scope} = ${sql.placeholder('scope')}
        AND ${idempotency.operation} = ${sql.placeholder('operation')}
        AND ${idempotency.key} = ${sql.placeholder('key')}`,
    )
    .prepare()

  return {
    isEnded: (id: string): boolean => ended.get().has(id),
    end(sessionId: string, forgetAfter: number): void {
      db.insert(endedSessions).values({ sessionId, forgetAfter }).onConflictDoNothing().run()
      ended.forget()
    },
    /** The lowest version of the user's membership that still counts; null where any does. */
    membershipFrom: (userId: string): number | null => memberships.get().get(userId) ?? null,
    endMembership(userId: string, version: number, forgetAfter: number): void {
      db.insert(endedMemberships)
        .values({ userId, version, forgetAfter })
        .onConflictDoUpdate({
          target: endedMemberships.userId,
          set: {
            version: sql`max(${endedMemberships.version}, excluded.version)`,
            forgetAfter: sql`max(${endedMemberships.forgetAfter}, excluded.forget_after)`,
          },
        })
        .run()
      memberships.forget()
    },
    /** False when the ticket was spent before. */
    spendTicket: (ticketId: string, expiresAt: number): boolean =>
      db
        .insert(spentTickets)
        .values({ ticketId, expiresAt })
        .onConflictDoNothing()
        .returning()
        .all().length === 1,
    answered: (scope: string, operation: string, key: string) =>
      answered.get({ scope, operation, key }) ?? null,
    keepAnswer(row: typeof idempotency.$inferInsert): void {
      // Null is an answer too; the column takes none but JSON's.
      const answer = row.answer === null ? sql`'null'` : row.answer
      db.insert(idempotency)
        .values({ ...row, answer })
        .run()
    },
    prune(now: number, answersBefore: number): void {
      db.delete(endedSessions).where(lt(endedSessions.forgetAfter, now)).run()
      db.delete(endedMemberships).where(lt(endedMemberships.forgetAfter, now)).run()
      ended.forget()
      memberships.forget()
      db.delete(spentTickets).where(lt(spentTickets.expiresAt, now)).run()
      db.delete(idempotency).where(lt(idempotency.at, answersBefore)).run()
    },
  }
}
