// Clocks of a restaurant, which need not be those of the device that shows them.

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What the zone's clocks show at an instant, as if it were UTC. */
function wallClock(atMs: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const whole = Math.floor(atMs / MINUTE_MS) * MINUTE_MS
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of format.formatToParts(whole)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute)
}

/**
 * The first instant at which the zone's clocks have come to what they are to show; where they jump
 * over it, the one at which they jump.
 */
function instantAt(wanted: number, zone: string): number {
  const ahead = (atMs: number): number => wallClock(atMs, zone) - atMs
  // A day before and after, the clocks have changed at most once in between.
  const [first, second] = [wanted - ahead(wanted - DAY_MS), wanted - ahead(wanted + DAY_MS)]
  for (const at of [first, second]) if (wallClock(at, zone) === wanted) return at
  let [before, after] = [second, first]
  while (after - before > MINUTE_MS) {
    const middle = Math.floor((before + after) / 2 / MINUTE_MS) * MINUTE_MS
    if (wallClock(middle, zone) < wanted) before = middle
    else after = middle
  }
  return after
}

/** A moment as `datetime-local` fields write it, by the zone's clocks. */
export const fieldText = (iso: string | null, zone: string): string =>
  iso === null ? '' : new Date(wallClock(Date.parse(iso), zone)).toISOString().slice(0, 16)

/**
 * The moment that such a field names; null where it is empty. One that nobody has touched stays as it
 * was (`was`), to the second, and in an hour that the clocks show twice.
 */
export function instantOfField(
  text: string,
  zone: string,
  was: string | null = null,
): string | null {
  if (text === '') return null
  if (was !== null && fieldText(was, zone) === text) return was
  return new Date(instantAt(Date.parse(`${text.slice(0, 16)}Z`), zone)).toISOString()
}

/** When the business day ends whose hours until `cutoffHour` still belong to the day before. */
export function endOfBusinessDay(nowMs: number, zone: string, cutoffHour: number): string {
  const shown = wallClock(nowMs, zone) - cutoffHour * HOUR_MS
  const nextMidnight = (Math.floor(shown / DAY_MS) + 1) * DAY_MS
  return new Date(instantAt(nextMidnight + cutoffHour * HOUR_MS, zone)).toISOString()
}
