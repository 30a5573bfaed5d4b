import { and, asc, eq, lte, min, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { placeholders } from './placeholders.ts'
import { agenda } from './schema.ts'

export interface AgendaEntry {
  kind: string
  subject: string
  due: number
  attempt: number
}

/** The rows of the agenda; what they mean is agenda.ts's business. */
export function createAgendaStore(db: Database) {
  const removal = db
    .delete(agenda)
    .where(
      and(eq(agenda.kind, sql.placeholder('kind')), eq(agenda.subject, sql.placeholder('subject'))),
    )
    .prepare()
  const replacement = {
    target: [agenda.kind, agenda.subject],
    set: {
      due: sql`excluded.due`,
      attempt: sql`excluded.attempt`,
      dead: sql`excluded.dead`,
      lastError: sql`excluded.last_error`,
    },
  }
  const upsert = db
    .insert(agenda)
    .values(placeholders(agenda))
    .onConflictDoUpdate(replacement)
    .prepare()
  const insertOrRevive = db
    .insert(agenda)
    .values(placeholders(agenda))
    .onConflictDoUpdate({ ...replacement, setWhere: sql`${agenda.dead} = 1` })
    .prepare()
  const dueNow = db
    .select()
    .from(agenda)
    .where(and(eq(agenda.dead, sql`0`), lte(agenda.due, sql.placeholder('now'))))
    .orderBy(asc(agenda.due))
    .limit(100)
    .prepare()
  const earliest = db
    .select({ due: min(agenda.due) })
    .from(agenda)
    .where(eq(agenda.dead, sql`0`))
    .prepare()
  const fresh = { attempt: 0, dead: false, lastError: null }

  const one = db
    .select()
    .from(agenda)
    .where(
      and(
        eq(agenda.kind, sql.placeholder('kind')),
        eq(agenda.subject, sql.placeholder('subject')),
        eq(agenda.dead, sql`0`),
      ),
    )
    .prepare()

  return {
    get: (kind: string, subject: string): AgendaEntry | null => one.get({ kind, subject }) ?? null,
    /** Sets the entry, replacing one that stands. */
    set: (kind: string, subject: string, due: number): void => {
      upsert.run({ kind, subject, due, ...fresh })
    },
    /** Sets the entry unless one stands; one that was buried is taken up again. */
    setIfNone: (kind: string, subject: string, due: number): void => {
      insertOrRevive.run({ kind, subject, due, ...fresh })
    },
    postpone: (entry: AgendaEntry, due: number, error: string | null): void => {
      upsert.run({ ...entry, due, attempt: entry.attempt + 1, dead: false, lastError: error })
    },
    /** Out of the runner, kept for people to see. */
    bury: (entry: AgendaEntry, error: string): void => {
      upsert.run({ ...entry, attempt: entry.attempt + 1, dead: true, lastError: error })
    },
    remove: (kind: string, subject: string): void => {
      removal.run({ kind, subject })
    },
    due: (now: number): AgendaEntry[] => dueNow.all({ now }),
    earliest: (): number | null => earliest.get()?.due ?? null,
  }
}
