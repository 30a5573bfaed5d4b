export interface Range {
  from: string
  to: string
}

/** The server counts no more days at a time. */
export const MOST_DAYS = 92
const DAY_MS = 86_400_000

const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** That many days up to and with one. */
export const lastDays = (days: number, to: string): Range => ({
  from: new Date(msOf(to) - (days - 1) * DAY_MS).toISOString().slice(0, 10),
  to,
})

export const daysOf = ({ from, to }: Range): number =>
  Math.round((msOf(to) - msOf(from)) / DAY_MS) + 1

/** Why a range cannot be asked for. */
export function wrongWith(range: Range): 'missing' | 'backwards' | 'tooLong' | null {
  const days = daysOf(range)
  if (Number.isNaN(days)) return 'missing'
  if (days < 1) return 'backwards'
  return days > MOST_DAYS ? 'tooLong' : null
}
