import type { Deps } from '../deps.ts'

const DAY_MS = 24 * 3600_000
export const DONE_KEPT_MS = 7 * DAY_MS
/** Shorter than events are kept: as long as it is there, it can be sent again. */
export const DEAD_KEPT_MS = 30 * DAY_MS
/** So long the same command is told what it did; the audit trail has it for good. */
export const RETRIES_KEPT_MS = 7 * DAY_MS
const AT_ONCE = 500
const MOST_STEPS = 40

/** Removes deliveries that came to their end long ago, and what is remembered of sending some again. */
export async function sweepDeliveries({
  deliveries,
  retryRuns,
  now,
}: Pick<Deps, 'deliveries' | 'retryRuns' | 'now'>): Promise<{ swept: number; retries: number }> {
  const before = { done: now() - DONE_KEPT_MS, dead: now() - DEAD_KEPT_MS }
  const swept = await inSteps(() => deliveries.sweep(before, AT_ONCE))
  const retries = await inSteps(() => retryRuns.sweep(now() - RETRIES_KEPT_MS, AT_ONCE))
  return { swept, retries }
}

async function inSteps(sweep: () => Promise<number>): Promise<number> {
  let swept = 0
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const removed = await sweep()
    swept += removed
    if (removed === 0) break
  }
  return swept
}
