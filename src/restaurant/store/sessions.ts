import { eq, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { endedSessions, idempotency, spentTickets } from './schema.ts'

/** Sessions that were ended, tickets that were spent, and answers to keys already used. */
export function createSessionStore(db: Database) {
  const ended = db
    .select()
    .from(endedSessions)
    .where(eq(endedSessions.sessionId, sql.placeholder('id')))
    .prepare()
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
    isEnded: (id: string): boolean => ended.get({ id }) !== undefined,
    end(sessionId: string, forgetAfter: number): void {
      db.insert(endedSessions).values({ sessionId, forgetAfter }).onConflictDoNothing().run()
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
      db.insert(idempotency).values(row).run()
    },
    prune(now: number, answersBefore: number): void {
      db.delete(endedSessions).where(lt(endedSessions.forgetAfter, now)).run()
      db.delete(spentTickets).where(lt(spentTickets.expiresAt, now)).run()
      db.delete(idempotency).where(lt(idempotency.at, answersBefore)).run()
    },
  }
}
