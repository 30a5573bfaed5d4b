import type { Deps } from '../deps.ts'

const DAY_MS = 24 * 3600_000
export const DONE_KEPT_MS = 7 * DAY_MS
/** Shorter than events are kept: as long as it is there, it can be sent again. */
export const DEAD_KEPT_MS = 30 * DAY_MS
const AT_ONCE = 500
const MOST_STEPS = 40

/** Removes deliveries that came to their end long ago. */
export async function sweepDeliveries({
  deliveries,
  now,
}: Pick<Deps, 'deliveries' | 'now'>): Promise<{ swept: number }> {
  const before = { done: now() - DONE_KEPT_MS, dead: now() - DEAD_KEPT_MS }
  let swept = 0
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const removed = await deliveries.sweep(before, AT_ONCE)
    swept += removed
    if (removed === 0) break
  }
  return { swept }
}
