import { deliverTo } from '../../usecases/outgoing/deliver-to.ts'
import type { DeliverDeps } from '../../usecases/outgoing/types.ts'
import type { QueueMessage } from '../messages.ts'

const BUDGET_MS = 40_000

/** Sends what a destination is owed. A message too many finds nothing to do. */
export async function handleDeliver(
  deps: DeliverDeps,
  { destinationId }: Extract<QueueMessage, { kind: 'deliver' }>,
): Promise<void> {
  await deliverTo(deps, destinationId, BUDGET_MS)
}
