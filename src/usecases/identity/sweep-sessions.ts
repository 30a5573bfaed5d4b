import type { Deps } from '../deps.ts'

/** D1 blocks while a statement runs: small bites, and the rest next time. */
const ROWS_PER_BITE = 500
const BITES = 20

type SweepDeps = Pick<Deps, 'sessions' | 'passwordChanges' | 'attempts' | 'settings' | 'now'>

/** Removes what has expired of sessions, links and tries; returns how many rows went. For the cron. */
export async function sweepSessions(deps: SweepDeps): Promise<number> {
  const now = deps.now()
  const { tries, couponTries } = deps.settings
  const windowsBefore = now - Math.max(tries.windowSeconds, couponTries.windowSeconds) * 1000
  return (
    (await inBites((limit) => deps.sessions.sweep(now, limit))) +
    (await inBites((limit) => deps.passwordChanges.sweep(now, limit))) +
    (await inBites((limit) => deps.attempts.sweep(windowsBefore, limit)))
  )
}

async function inBites(sweep: (limit: number) => Promise<number>): Promise<number> {
  let removed = 0
  for (let bite = 0; bite < BITES; bite += 1) {
    const gone = await sweep(ROWS_PER_BITE)
    removed += gone
    if (gone === 0) break
  }
  return removed
}
