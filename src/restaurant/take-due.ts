import type { Job } from '../domain/jobs.ts'
import { SYSTEM } from '../domain/actor.ts'
import { newTraceId } from '../domain/trace.ts'
import { errorText } from '../domain/error-text.ts'
import type { Runtime } from '../runtime.ts'
import { isDeadline, isJob } from './agenda.ts'
import type { Context } from './context.ts'
import { DEADLINES } from './deadlines.ts'
import { JOB_OF_ENTRY } from './jobs.ts'
import type { Outbox } from './outbox.ts'
import type { AgendaEntry } from './store/agenda.ts'

/** An alarm or a command takes at most this many rounds of entries that make each other due. */
const MAX_ROUNDS = 10
/** With the leases doubling, about an hour and a half. */
const OVERDUE_ATTEMPTS = 8

type Lent = Pick<Runtime, 'log' | 'random'>

/**
 * Works through what is due: deadlines are decided here and now, each in a savepoint of its own;
 * jobs are leased and returned. One entry that fails never holds up the others.
 */
export function takeDue(opened: Context, outbox: Outbox, runtime: Lent): Job[] {
  const cx = opened.as(SYSTEM)
  const jobs: Job[] = []
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const due = cx.agenda.due(cx.now)
    if (due.length === 0) return jobs
    for (const entry of deadlinesFirst(due)) {
      const announced = cx.events.length
      const traceId = traceOf(entry, runtime)
      try {
        const job = cx.within(traceId, () => cx.store.transaction(() => take(cx, entry, outbox)))
        if (job === null) continue
        jobs.push(traceId === null ? job : { ...job, traceId })
        // Handed out so often without an end, it is for people to look at; it goes on all the same.
        if (entry.attempt >= OVERDUE_ATTEMPTS)
          runtime.log({ level: 'error', kind: 'agenda-overdue', ...aboutEntry(cx, entry, traceId) })
      } catch (error) {
        cx.rolledBackTo(announced)
        const what = cx.agenda.failed(entry, cx.now, error)
        const about = aboutEntry(cx, entry, traceId)
        runtime.log({
          level: 'error',
          kind: 'agenda-failed',
          ...about,
          what,
          error: errorText(error),
        })
      }
    }
  }
  return jobs
}

/** What entered it goes on; what nobody's request led to is a trace of its own. */
const traceOf = ({ kind, traceId }: AgendaEntry, { random }: Lent): string | null =>
  kind === 'publish' ? null : (traceId ?? newTraceId((length) => random(length)))

function aboutEntry(cx: Context, { kind, subject, attempt }: AgendaEntry, traceId: string | null) {
  const { payments } = cx.store
  const ofPayment = payments.get(subject) ?? payments.refund(subject)
  const order = ofPayment === null ? cx.store.orders.get(subject) : null
  const orderId = ofPayment?.orderId ?? order?.id ?? null
  return { entry: kind, subject, attempt, orderId, traceId }
}

/** Jobs are made from rows that every deadline has been applied to. */
function deadlinesFirst(due: readonly AgendaEntry[]): readonly AgendaEntry[] {
  const deadlines = due.filter(({ kind }) => isDeadline(kind))
  return deadlines.length > 0 ? deadlines : due
}

function take(cx: Context, entry: AgendaEntry, outbox: Outbox): Job | null {
  if (isDeadline(entry.kind)) {
    cx.agenda.done(entry.kind, entry.subject)
    DEADLINES[entry.kind](cx, entry.subject)
    return null
  }
  if (!isJob(entry.kind)) throw new Error(`no handler for agenda entries of kind ${entry.kind}`)
  const owed = JOB_OF_ENTRY[entry.kind](cx, entry.subject, outbox)
  if (owed === 'nothing') cx.agenda.done(entry.kind, entry.subject)
  else if ('notBefore' in owed) cx.agenda.set(entry.kind, entry.subject, owed.notBefore)
  else {
    const attempt = owed.startOver === true ? 0 : entry.attempt
    cx.agenda.lease({ ...entry, attempt }, entry.kind, cx.now)
    return owed.job
  }
  return null
}
