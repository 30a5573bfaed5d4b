import type { Deps } from '../deps.ts'

const KEPT_MS = 30 * 24 * 3600 * 1000
const ROWS_PER_BITE = 500

/** Removes dead letters that were sent again more than thirty days ago. For the cron. */
export async function sweepDeadLetters(deps: Pick<Deps, 'deadLetters' | 'now'>): Promise<number> {
  return deps.deadLetters.sweep(deps.now() - KEPT_MS, ROWS_PER_BITE)
}
