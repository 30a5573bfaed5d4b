import type { OutboxFilter, Retried } from '../../db/repositories/outbox-ports.ts'
import type { Delivery } from '../../domain/outgoing/delivery.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { auditOf, type Acting } from './audit.ts'
import { retryOnce, type RetryCommand, type RetryDeps } from './retry-once.ts'

/** One statement of D1 takes so many; the rest is asked for again. */
const MAX_RETRIED = 500

type OutboxDeps = Pick<Deps, 'outbox' | 'send'> & RetryDeps

/**
 * Sends a delivery again: what was given up or skipped gets all its tries anew, what waits is due now.
 * What has arrived, or is being sent, stays as it is.
 */
export async function retryDelivery(
  deps: OutboxDeps,
  id: string,
  by: Acting,
): Promise<Result<Delivery, Refusal>> {
  const what = { action: 'delivery-sent-again', subject: 'delivery', subjectId: id } as const
  const delivery = await deps.outbox.retry(id, deps.now(), auditOf(deps, by, what))
  if (delivery === null) return refuse({ kind: 'NOT_FOUND', what: 'delivery' })
  if (delivery.state !== 'PENDING') return ok(delivery)
  deps.log({ level: 'info', kind: 'delivery-sent-again', id, userId: by.userId })
  await wake(deps, [delivery.destinationId])
  return ok(delivery)
}

/** The same for everything that a filter finds, a bounded number at a time. */
export async function retryDeliveries(
  deps: OutboxDeps,
  filter: OutboxFilter & { state: 'DEAD' | 'SKIPPED' },
  command: RetryCommand,
): Promise<Result<Retried, Refusal>> {
  return retryOnce(deps, { what: 'DELIVERIES', filter }, command, async () => {
    const { restaurantId, state, destinationKind } = filter
    // Of each that a filter finds: which they were, its filter says.
    const audit = auditOf(deps, command.by, {
      ...{ action: 'deliveries-sent-again', subject: 'delivery', subjectId: '*', restaurantId },
      changes: {
        state: { from: state, to: 'PENDING' },
        destinationKind: { from: destinationKind, to: destinationKind },
      },
    })
    const now = deps.now()
    const { destinations, ...retried } = await deps.outbox.retryAll(filter, MAX_RETRIED, now, audit)
    await wake(deps, destinations)
    return retried
  })
}

/** The rows are due and the cron would find them; a message only makes it sooner. */
async function wake(deps: OutboxDeps, destinations: readonly string[]): Promise<void> {
  await Promise.all(
    destinations.map((destinationId) => deps.send({ v: 1, kind: 'deliver', destinationId })),
  )
}
