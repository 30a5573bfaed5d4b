import type { DeliverDeps } from './types.ts'

const DESTINATIONS_AT_ONCE = 1_000
const SIDE_BY_SIDE = 20

/** Asks the queue to send to every destination that is owed something now: a message for each. */
export async function deliverDue(
  deps: Pick<DeliverDeps, 'deliveries' | 'now' | 'send'>,
): Promise<{ destinations: number }> {
  const due = await deps.deliveries.due(deps.now(), DESTINATIONS_AT_ONCE)
  for (let at = 0; at < due.length; at += SIDE_BY_SIDE)
    await Promise.all(
      due
        .slice(at, at + SIDE_BY_SIDE)
        .map((destinationId) => deps.send({ v: 1, kind: 'deliver', destinationId })),
    )
  return { destinations: due.length }
}
