import type { GivenUpFilter } from '../../db/repositories/feed-dead-ports.ts'
import type { Retried } from '../../db/repositories/outbox-ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { auditOf, type Acting } from './audit.ts'
import { retryOnce, type RetryCommand, type RetryDeps } from './retry-once.ts'

/** Each is a statement of its own. */
const MAX_REDRIVEN = 100

type FeedDeps = Pick<Deps, 'feed' | 'givenUpEvents'> & RetryDeps

/** Hands an event out to the partner once more that the feed had given up. */
export async function redriveEvent(
  deps: FeedDeps,
  { partnerId, eventId }: { partnerId: string; eventId: string },
  by: Acting,
): Promise<Result<Retried, Refusal>> {
  if (!(await redrive(deps, { partnerId, eventId }, by)))
    return refuse({ kind: 'NOT_FOUND', what: 'given-up event' })
  const line = { level: 'info', kind: 'feed-event-redriven' } as const
  deps.log({ ...line, partnerId, eventId, userId: by.userId })
  return ok({ retried: 1, more: false })
}

/** The same for what a filter finds, a bounded number at a time. */
export async function redriveEvents(
  deps: FeedDeps,
  filter: GivenUpFilter,
  command: RetryCommand,
): Promise<Result<Retried, Refusal>> {
  return retryOnce(deps, { what: 'FEED', filter }, command, async () => {
    const found = await deps.givenUpEvents.page(filter, { limit: MAX_REDRIVEN + 1, after: null })
    let retried = 0
    for (const event of found.slice(0, MAX_REDRIVEN))
      if (await redrive(deps, event, command.by)) retried += 1
    return { retried, more: found.length > MAX_REDRIVEN }
  })
}

const redrive = (
  deps: FeedDeps,
  { partnerId, eventId }: { partnerId: string; eventId: string },
  by: Acting,
): Promise<boolean> => {
  const audit = auditOf(deps, by, {
    ...{ action: 'feed-event-redriven', subject: 'feed-event', subjectId: eventId },
    changes: { partner: { from: partnerId, to: partnerId } },
  })
  return deps.feed.redriveMark(partnerId, eventId, deps.now(), audit)
}
