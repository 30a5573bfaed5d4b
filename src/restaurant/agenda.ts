import { errorText } from '../domain/error-text.ts'
import { JOB_KINDS, type JobKind } from '../domain/jobs.ts'
import type { AgendaEntry } from './store/agenda.ts'
import type { Store } from './store/store.ts'

/** Deadlines are decided inside the object, in the transaction that finds them due. */
export const DEADLINE_KINDS = [
  'expire-order',
  'accept-deadline',
  'sold-out-ends',
  'opening-changes',
  'unseen-order',
  'coupon-ends',
  'daily-portions',
  'low-stock-quiet',
  'housekeeping',
] as const
export type DeadlineKind = (typeof DEADLINE_KINDS)[number]

export const isDeadline = (kind: string): kind is DeadlineKind =>
  (DEADLINE_KINDS as readonly string[]).includes(kind)
export const isJob = (kind: string): kind is JobKind =>
  (JOB_KINDS as readonly string[]).includes(kind)

const SECOND = 1_000
const MAX_DEADLINE_FAILURES = 20

/** First lease of a job; it doubles with every attempt up to the longest. */
const LEASES: Record<JobKind, { first: number; longest: number }> = {
  publish: { first: 15 * SECOND, longest: 300 * SECOND },
  register: { first: 10 * SECOND, longest: 300 * SECOND },
  capture: { first: 15 * SECOND, longest: 300 * SECOND },
  'look-up': { first: 15 * SECOND, longest: 3600 * SECOND },
  void: { first: 15 * SECOND, longest: 3600 * SECOND },
  refund: { first: 20 * SECOND, longest: 3600 * SECOND },
  'tell-refund': { first: 30 * SECOND, longest: 3600 * SECOND },
  notify: { first: 20 * SECOND, longest: 900 * SECOND },
}

/** How long the attempt-th lease of a job lasts (attempt from 0). */
export const leaseMs = (kind: JobKind, attempt: number): number =>
  Math.min(LEASES[kind].longest, LEASES[kind].first * 2 ** Math.min(attempt, 20))

/** What comes back for ever belongs to nobody's trace. */
const OF_NO_TRACE: ReadonlySet<DeadlineKind | JobKind> = new Set<DeadlineKind | JobKind>([
  'publish',
  'sold-out-ends',
  'opening-changes',
  'daily-portions',
  'housekeeping',
])

export interface Entry {
  kind: DeadlineKind | JobKind
  subject: string
  due: number
}

/** Entering, moving and removing what the object owes. */
export interface Agenda {
  /** The earliest `due` that this transaction has entered; Infinity when it entered none. */
  earliestEntered(): number
  /** At `due`, replacing what stands. */
  set(kind: DeadlineKind | JobKind, subject: string, due: number): void
  /** Several at once, each as by `set`. */
  setEach(entries: readonly Entry[]): void
  /** At `due`, unless an entry stands already. */
  expect(kind: DeadlineKind | JobKind, subject: string, due: number): void
  /** Now, but not within `apartMs` of when it was hurried, or is under way since. */
  hurry(kind: JobKind, subject: string, now: number, apartMs: number): void
  done(kind: DeadlineKind | JobKind, subject: string): void
  due(now: number): AgendaEntry[]
  /** The job is handed out until its lease is over. */
  lease(entry: AgendaEntry, kind: JobKind, now: number): void
  /** A deadline's handler threw: later again, and after many times kept for people. */
  failed(entry: AgendaEntry, now: number, error: unknown): 'postponed' | 'buried'
}

/** `traceOf`: of what is being done at the moment; what is entered meanwhile continues it. */
export function createAgenda(rows: Store['agenda'], traceOf: () => string | null): Agenda {
  let earliestEntered = Infinity
  const entered = (due: number): number => {
    earliestEntered = Math.min(earliestEntered, due)
    return due
  }
  const traceFor = (kind: DeadlineKind | JobKind) => (OF_NO_TRACE.has(kind) ? null : traceOf())
  return {
    earliestEntered: () => earliestEntered,
    set: (kind, subject, due) => rows.set(kind, subject, entered(due), traceFor(kind)),
    setEach(entries) {
      rows.setEach(
        entries.map(({ kind, subject, due }) => ({
          ...{ kind, subject, due: entered(due) },
          traceId: traceFor(kind),
        })),
      )
    },
    expect: (kind, subject, due) => rows.setIfNone(kind, subject, entered(due), traceFor(kind)),
    hurry(kind, subject, now, apartMs) {
      const entry = rows.get(kind, subject)
      // Waiting already, or handed out: then its lease tells when.
      if (entry?.attempt === 0 && entry.due - now <= apartMs) return
      const handedOutAt =
        entry === null || entry.attempt === 0
          ? -Infinity
          : entry.due - leaseMs(kind, entry.attempt - 1)
      // The row is gone, or entered anew, as soon as the job is done.
      const hurriedFor = rows.hurriedFor(kind, subject)
      const soonest = Math.max(now, handedOutAt + apartMs, hurriedFor + apartMs)
      const due = hurriedFor > now ? hurriedFor : soonest
      rows.noteHurried(kind, subject, due)
      rows.set(kind, subject, entered(due), traceFor(kind))
    },
    done: (kind, subject) => rows.remove(kind, subject),
    due: (now) => rows.due(now),
    lease: (entry, kind, now) => rows.postpone(entry, now + leaseMs(kind, entry.attempt), null),
    failed(entry, now, error) {
      const text = errorText(error)
      // A job's attempts count its leases too: it is never given up for having been long under way.
      if (!isJob(entry.kind) && entry.attempt + 1 >= MAX_DEADLINE_FAILURES) {
        rows.bury(entry, text)
        return 'buried'
      }
      rows.postpone(entry, now + SECOND * 2 ** Math.min(entry.attempt, 12), text)
      return 'postponed'
    },
  }
}
