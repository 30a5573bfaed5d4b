import { SYSTEM } from '../../domain/actor.ts'
import type { Job } from '../../domain/jobs.ts'
import { noticeText, type NotifyOutcome } from '../../domain/restaurant/notice.ts'
import { SECRET_OF_SINK } from '../../domain/restaurant/secrets.ts'
import type { Deps } from '../deps.ts'
import { secretContext } from '../restaurants/seal-secrets.ts'

export type NotifyDeps = Pick<Deps, 'restaurants' | 'secretBox' | 'notifiers' | 'log'>
type NotifyJob = Extract<Job, { kind: 'notify' }>

/** Tells the owner by one sink that orders are waiting unseen, and the object what became of it. */
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
  const orderIds = notice.orders.map(({ id }) => id)
  await deps.restaurants(restaurantId).report({ kind: 'notified', sink, orderIds, outcome })
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
  const newest = notice.orders.at(-1)?.id ?? restaurantId
  const id = `unseen-${newest}-${notice.orders.length}`
  return notifiers[sink].send(address, { id, ...noticeText(notice) })
}
