import type { Deps } from '../deps.ts'

const DAY_MS = 24 * 3_600_000
const MESSAGES_DAYS = 30
const CHANGES_DAYS = 180
const AT_ONCE = 5_000

/** Forgets messages after 30 days and what fired after half a year. For the cron. */
export const sweepAlerts = ({
  alerts,
  now,
}: Pick<Deps, 'alerts' | 'now'>): Promise<{ messages: number; changes: number }> =>
  alerts.sweep(
    { messages: now() - MESSAGES_DAYS * DAY_MS, changes: now() - CHANGES_DAYS * DAY_MS },
    AT_ONCE,
  )
