import type { DeliverDeps } from '../usecases/outgoing/types.ts'

/** Of a batch, so many destinations that have been failing are sent to at once. */
const AT_ONCE = 2

type Turn = (destinationId: string, work: () => Promise<void>) => Promise<void>

/**
 * A batch has six connections for everything that it does. Destinations that do not answer would fill
 * them for as long as a time-out takes: those that failed the last time wait for each other, and
 * nobody waits for them.
 */
export function turnsOfFailing(
  { deliveries }: Pick<DeliverDeps, 'deliveries'>,
  destinationIds: readonly string[],
): Turn {
  let asked: Promise<ReadonlySet<string>> | null = null
  const lanes = Array.from({ length: AT_ONCE }, () => Promise.resolve())
  let turn = 0
  return async (destinationId, work) => {
    if (destinationIds.length <= AT_ONCE) return work()
    asked ??= deliveries.failing(destinationIds)
    if (!(await asked).has(destinationId)) return work()
    const at = turn++ % AT_ONCE
    const mine = (lanes[at] ?? Promise.resolve()).then(work)
    lanes[at] = mine.catch(() => undefined)
    return mine
  }
}
