import type { Deps } from '../deps.ts'

/** D1 blocks while a statement runs: small bites, and the rest next time. */
const ROWS_PER_BITE = 500
const BITES = 20

/** Removes what has expired of sessions; returns how many rows went. For the cron. */
export async function sweepSessions(deps: Pick<Deps, 'sessions' | 'now'>): Promise<number> {
  const now = deps.now()
  let removed = 0
  for (let bite = 0; bite < BITES; bite += 1) {
    const gone = await deps.sessions.sweep(now, ROWS_PER_BITE)
    removed += gone
    if (gone === 0) break
  }
  return removed
}
