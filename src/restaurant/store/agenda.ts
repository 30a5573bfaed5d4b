import type { Database } from './database.ts'
import { DueList, type AgendaEntry } from './due-list.ts'
import type { Memory } from './memory.ts'
import { agenda } from './schema.ts'
import { insertion } from './statements.ts'

export type { AgendaEntry } from './due-list.ts'

const MOST_AT_ONCE = 100
const MOST_HURRIED_REMEMBERED = 1_000

/**
 * The rows of the agenda, remembered as a whole: each order enters some and each command asks what is
 * due. What they mean is agenda.ts's business.
 */
export function createAgendaStore(db: Database, sql: SqlStorage, memory: Memory) {
  const entries = memory.one(() => new DueList(db.select().from(agenda).all()))
  const hurried = memory.byKey<number>(MOST_HURRIED_REMEMBERED)
  const upsert = insertion(
    sql,
    agenda,
    `ON CONFLICT (kind, subject) DO UPDATE SET due = excluded.due, attempt = excluded.attempt,
      dead = excluded.dead, last_error = excluded.last_error, trace_id = excluded.trace_id`,
  )
  function write(entry: AgendaEntry, dead: boolean, lastError: string | null): void {
    upsert({ ...entry, dead, lastError })
    entries.get().put(entry, dead)
  }
  function setEach(wanted: readonly Omit<AgendaEntry, 'attempt'>[]): void {
    const fresh = wanted.map((entry) => ({ ...entry, attempt: 0 }))
    upsert(...fresh.map((entry) => ({ ...entry, dead: false, lastError: null })))
    for (const entry of fresh) entries.get().put(entry, false)
  }
  const get = (kind: string, subject: string): AgendaEntry | null =>
    entries.get().get(kind, subject)

  return {
    get,
    /** Sets the entry, replacing one that stands. */
    set(kind: string, subject: string, due: number, traceId: string | null = null): void {
      write({ kind, subject, due, attempt: 0, traceId }, false, null)
    },
    /** Sets different entries, by one statement. */
    setEach,
    /** Sets the entry unless one stands; one that was buried is taken up again. */
    setIfNone(kind: string, subject: string, due: number, traceId: string | null = null): void {
      if (get(kind, subject) === null)
        write({ kind, subject, due, attempt: 0, traceId }, false, null)
    },
    postpone({ attempt, ...entry }: AgendaEntry, due: number, error: string | null): void {
      write({ ...entry, due, attempt: attempt + 1 }, false, error)
    },
    /** In memory alone, and kept when the row is gone: for when the entry was hurried last. */
    noteHurried(kind: string, subject: string, due: number): void {
      hurried.set(`${kind}/${subject}`, due)
    },
    hurriedFor: (kind: string, subject: string): number =>
      hurried.known(`${kind}/${subject}`) ?? -Infinity,
    /** Out of the runner, kept for people to see. */
    bury({ attempt, ...entry }: AgendaEntry, error: string): void {
      write({ ...entry, attempt: attempt + 1 }, true, error)
    },
    remove(kind: string, subject: string): void {
      if (!entries.get().has(kind, subject)) return
      sql.exec('DELETE FROM agenda WHERE kind = ? AND subject = ?', kind, subject)
      entries.get().remove(kind, subject)
    },
    due: (now: number): AgendaEntry[] => entries.get().due(now, MOST_AT_ONCE),
    earliest: (): number | null => entries.get().earliest(),
    /** How many are kept for people to see. */
    givenUp: (): number => entries.get().dead(),
  }
}
