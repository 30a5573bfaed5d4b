import { plusDays, wallClock } from '../local-time.ts'
import { businessDayOf, startOfBusinessDay } from '../order/business-day.ts'
import type { FieldError } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'

/** The platform's days end when those of restaurants end that say nothing of it. */
export const PLATFORM_CUTOFF_HOUR = 5
export const MOST_DAYS = 92
const DAYS_BY_DEFAULT = 7
const HOUR_MS = 3_600_000

/** Whole business days by the platform's clocks, oldest first, and the instants they lie between. */
export interface StatisticsWindow {
  timezone: string
  days: readonly string[]
  since: number
  /** The first instant that is not in it. */
  before: number
}

/** The days from one to another, both included; left out: a week up to the day that runs now. */
export function windowOfDays(
  { from, to }: { from: string | null; to: string | null },
  timezone: string,
  now: number,
): Result<StatisticsWindow, readonly FieldError[]> {
  const today = businessDayOf(now, timezone, PLATFORM_CUTOFF_HOUR)
  const last = to ?? (from === null ? today : notAfter(plusDays(from, DAYS_BY_DEFAULT - 1), today))
  const first = from ?? plusDays(last, 1 - DAYS_BY_DEFAULT)
  if (first > last) return refuse([{ field: 'to', reason: 'before_from' }])
  const days: string[] = []
  for (let day = first; day <= last; day = plusDays(day, 1)) {
    if (days.length === MOST_DAYS) return refuse([{ field: 'to', reason: 'too_many_days' }])
    days.push(day)
  }
  return ok({
    timezone,
    days,
    since: startOfBusinessDay(first, timezone, PLATFORM_CUTOFF_HOUR),
    before: startOfBusinessDay(plusDays(last, 1), timezone, PLATFORM_CUTOFF_HOUR),
  })
}

/** Where nothing is said of the end: a week, but no day that is still to come. */
const notAfter = (planned: string, today: string): string => (planned > today ? today : planned)

/** The day of the window that an instant falls on. */
export const dayOf = (atMs: number, timezone: string): string =>
  businessDayOf(atMs, timezone, PLATFORM_CUTOFF_HOUR)

/** The hour that the platform's clocks show. */
export const hourOf = (atMs: number, timezone: string): number =>
  Math.floor((wallClock(atMs, timezone) / HOUR_MS) % 24)
