import { lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { endedMemberships, endedSessions, idempotency, spentTickets } from './schema.ts'
import { selection } from './statements.ts'

const KEEP_ANSWER = `INSERT INTO idempotency (scope, operation, key, fingerprint, answer, at)
  VALUES (?, ?, ?, ?, ?, ?)`

/** Sessions that were ended, tickets that were spent, and answers to keys already used. */
export function createSessionStore(db: Database, sqlite: SqlStorage, memory: Memory) {
  const ended = memory.one(() => {
    const rows = db.select({ id: endedSessions.sessionId }).from(endedSessions).all()
    return new Set(rows.map(({ id }) => id))
  })
  const memberships = memory.one(() => {
    const rows = db.select().from(endedMemberships).all()
    return new Map(rows.map(({ userId, version }) => [userId, version]))
  })
  const answered = selection(sqlite, idempotency, 'scope = ? AND operation = ? AND key = ?')

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
    answered: (scope: string, operation: string, key: string) => answered(scope, operation, key),
    keepAnswer(row: typeof idempotency.$inferInsert): void {
      const { scope, operation, key, fingerprint, at } = row
      // Null is an answer too; the column takes none but JSON's.
      sqlite.exec(KEEP_ANSWER, scope, operation, key, fingerprint, JSON.stringify(row.answer), at)
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
