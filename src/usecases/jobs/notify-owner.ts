import { SYSTEM } from '../../domain/actor.ts'
import type { Job } from '../../domain/jobs.ts'
import {
  noticeId,
  noticeText,
  subjectsOf,
  type NotifyOutcome,
} from '../../domain/restaurant/notice.ts'
import { SECRET_OF_SINK } from '../../domain/restaurant/secrets.ts'
import type { Deps } from '../deps.ts'
import { secretContext } from '../restaurants/seal-secrets.ts'

export type NotifyDeps = Pick<Deps, 'restaurants' | 'secretBox' | 'notifiers' | 'log'>
type NotifyJob = Extract<Job, { kind: 'notify' }>

/** Tells the owner by one sink what is to be known at once (orders that wait unseen, stock that is low), and the object what became of it. */
export async function notifyOwner(deps: NotifyDeps, job: NotifyJob): Promise<void> {
  const { restaurantId, sink, notice } = job
  const outcome = await tell(deps, job)
  if (outcome.kind !== 'sent')
    deps.log({
      level: 'warn',
      kind: 'notify-not-sent',
      restaurantId,
      sink,
      outcome: outcome.kind,
      reason: outcome.reason,
    })
  const told = { kind: 'notified', sink, ...subjectsOf(notice), outcome } as const
  await deps.restaurants(restaurantId).report(told)
}

async function tell(
  { restaurants, secretBox, notifiers }: NotifyDeps,
  { restaurantId, sink, notice }: NotifyJob,
): Promise<NotifyOutcome> {
  const name = SECRET_OF_SINK[sink]
  const kept = await restaurants(restaurantId).query<'sealed-secret'>({
    query: { type: 'sealed-secret', name },
    asker: SYSTEM,
  })
  if (!kept.ok || kept.value === null) return { kind: 'refused', reason: 'NOT_CONFIGURED' }
  const address = await secretBox.open(kept.value, secretContext(restaurantId, name))
  if (address === null) return { kind: 'refused', reason: 'CANNOT_BE_OPENED' }
  const id = noticeId(notice, restaurantId)
  return notifiers[sink].send(address, { id, ...noticeText(notice) })
}
