import type { Deps } from '../deps.ts'

const DAY_MS = 24 * 3600_000
/** Light runs come every hour. */
const LIGHT_KEPT_MS = 30 * DAY_MS
const KEPT_MS = 400 * DAY_MS

/** Removes old runs and what was resolved long ago. For the cron. */
export const sweepReconciliations = ({
  reconciliations,
  now,
}: Pick<Deps, 'reconciliations' | 'now'>): Promise<number> =>
  reconciliations.sweep({ light: now() - LIGHT_KEPT_MS, rest: now() - KEPT_MS })
