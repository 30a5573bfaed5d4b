const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Clocks change at multiples of this; within one the offset of a zone is the same. */
const OFFSET_STEP_MS = 15 * MINUTE_MS
const MAX_KNOWN_OFFSETS = 5_000

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

function formatFor(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timezone, format)
  }
  return format
}

/** True for a zone the runtime's IANA database knows. */
export function isTimezone(name: string): boolean {
  try {
    formatFor(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** How far the zone's clocks are ahead of UTC at an instant, in ms. Remembered: asking Intl is slow. */
function offsetAt(atMs: number, timezone: string): number {
  const step = Math.floor(atMs / OFFSET_STEP_MS)
  const key = `${timezone}/${step}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const at = step * OFFSET_STEP_MS
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const part of formatFor(timezone).formatToParts(at)) parts[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts
  const offset = Date.UTC(year, month - 1, day, hour, minute) - at
  if (offsets.size >= MAX_KNOWN_OFFSETS) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** What the clocks of the zone show, as if it were UTC. */
export const wallClock = (atMs: number, timezone: string): number => atMs + offsetAt(atMs, timezone)

/** The local calendar date (`YYYY-MM-DD`) at an instant. */
export const localDate = (atMs: number, timezone: string): string =>
  dateText(wallClock(atMs, timezone))

/** The calendar date of what `wallClock` gave. */
export const dateText = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10)
const dateMs = (date: string): number => Date.parse(`${date}T00:00:00Z`)

/** The date so many days later (or, negative, before). */
export const plusDays = (date: string, days: number): string =>
  dateText(dateMs(date) + days * DAY_MS)

/** 0 = Monday … 6 = Sunday. */
export const weekdayOf = (date: string): number => (new Date(dateMs(date)).getUTCDay() + 6) % 7

/** Whether the text is a date of the calendar, as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = dateMs(text)
  return !Number.isNaN(at) && dateText(at) === text
}

/**
 * The first instant at which the local clocks have come to `minutes` after the date's midnight (more
 * than a day's minutes reach into the next). A time that the clocks skip has come when they jump over
 * it; of one that they show twice it is the first.
 */
export function instantOf(date: string, minutes: number, timezone: string): number {
  const wanted = dateMs(date) + minutes * MINUTE_MS
  const early = wanted - offsetAt(wanted - DAY_MS, timezone)
  if (wallClock(early, timezone) === wanted) return early
  const late = wanted - offsetAt(wanted + DAY_MS, timezone)
  if (wallClock(late, timezone) === wanted) return late
  return jumpBetween(late, early, timezone)
}

/** Where between the two instants the clocks jump forward. */
function jumpBetween(beforeMs: number, afterMs: number, timezone: string): number {
  let [before, after] = [beforeMs, afterMs]
  const offset = offsetAt(before, timezone)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(middle, timezone) === offset) before = middle
    else after = middle
  }
  return after
}
