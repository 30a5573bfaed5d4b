import { dateText, instantOf, wallClock } from '../local-time.ts'

const HOUR_MS = 3_600_000
/** No clock on earth is further ahead of UTC, or further behind. */
const MOST_AHEAD_HOURS = 14
const MOST_BEHIND_HOURS = 12

/**
 * The restaurant's business day (`YYYY-MM-DD`) at an instant: the local calendar day, where the
 * hours before the cut-off still belong to the day before. Clocks that change do not matter: only
 * what they show is read.
 */
export const businessDayOf = (nowMs: number, timezone: string, cutoffHour: number): string =>
  dateText(wallClock(nowMs, timezone) - cutoffHour * HOUR_MS)

/** The first instant of a business day; where the clocks skip it, the one at which they jump. */
export const startOfBusinessDay = (
  businessDay: string,
  timezone: string,
  cutoffHour: number,
): number => instantOf(businessDay, cutoffHour * 60, timezone)

/**
 * Instants (from, and before which) that a business day lies between, wherever the restaurant is and
 * whenever its days ended: settings may have changed since.
 */
export function farthestSpanOf(businessDay: string): { from: number; before: number } {
  const midnight = Date.parse(`${businessDay}T00:00:00Z`)
  const latestCutoffHours = 23
  return {
    from: midnight - MOST_AHEAD_HOURS * HOUR_MS,
    before: midnight + (24 + latestCutoffHours + MOST_BEHIND_HOURS) * HOUR_MS,
  }
}
