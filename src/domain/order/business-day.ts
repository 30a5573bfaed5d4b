import { dateText, wallClock } from '../local-time.ts'

const HOUR_MS = 3_600_000

/**
 * The restaurant's business day (`YYYY-MM-DD`) at an instant: the local calendar day, where the
 * hours before the cut-off still belong to the day before. Clocks that change do not matter: only
 * what they show is read.
 */
export const businessDayOf = (nowMs: number, timezone: string, cutoffHour: number): string =>
  dateText(wallClock(nowMs, timezone) - cutoffHour * HOUR_MS)
