import { errorText } from '../../domain/error-text.ts'
import { deliverTo } from './deliver-to.ts'
import type { DeliverDeps } from './types.ts'

/** A request's work ends half a minute after its answer: the last try is started well before. */
const BUDGET_MS = 12_000
/** One invocation has few connections; the others' first try is the queue's. */
const AT_ONCE = 4

/**
 * The first try at destinations that were just owed something, each on its own. Never rejects: what
 * does not succeed is due, and the cron comes by.
 */
export async function deliverSoon(
  deps: DeliverDeps,
  destinationIds: readonly string[],
): Promise<void> {
  await Promise.all(
    destinationIds.map(async (destinationId, index) => {
      try {
        if (index < AT_ONCE) await deliverTo(deps, destinationId, BUDGET_MS)
        else await deps.send({ v: 1, kind: 'deliver', destinationId })
      } catch (error) {
        const text = errorText(error)
        deps.log({ level: 'warn', kind: 'deliver-failed', destinationId, error: text })
      }
    }),
  )
}
