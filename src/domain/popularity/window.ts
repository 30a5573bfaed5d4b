export const HOUR_MS = 3_600_000

/** Boards of what is ordered often look back a week, those of what sells best three days. */
export const POPULAR_HOURS = 168
export const TOP_HOURS = 72

/**
 * A window that ends now, in parts: whole hours (numbered since 1970, `toHour` not included), whose sums
 * are kept, and the parts of an hour before and behind them, which are counted row by row.
 */
export interface BoardWindow {
  /** Orders placed later than this … */
  since: number
  /** … and no later than this. */
  until: number
  fromHour: number
  toHour: number
}

/** The last so many hours, to the millisecond. */
export function windowOf(now: number, hours: number): BoardWindow {
  const since = now - hours * HOUR_MS
  return {
    since,
    until: now,
    fromHour: Math.floor(since / HOUR_MS) + 1,
    toHour: Math.floor((now + 1) / HOUR_MS),
  }
}
