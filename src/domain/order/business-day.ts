const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
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

/**
 * The restaurant's business day (`YYYY-MM-DD`) at an instant: the local calendar day, where the
 * hours before the cut-off still belong to the day before. Local clocks that change do not matter:
 * only the local date and hour are read.
 */
export function businessDayOf(nowMs: number, timezone: string, cutoffHour: number): string {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of formatFor(timezone).formatToParts(nowMs)) parts[part.type] = part.value
  const { year = '', month = '', day = '', hour = '' } = parts
  if (Number(hour) >= cutoffHour) return `${year}-${month}-${day}`
  const before = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) - 1))
  return before.toISOString().slice(0, 10)
}
