/** The instant at which a day begins where the reader is; undefined where none is said. */
export const startOf = (day: string): string | undefined =>
  day === '' ? undefined : new Date(`${day}T00:00:00`).toISOString()

/** The instant at which it is over. */
export function endOf(day: string): string | undefined {
  if (day === '') return undefined
  const next = new Date(`${day}T00:00:00`)
  next.setDate(next.getDate() + 1)
  return next.toISOString()
}

/** What is said of it alone: an empty field asks for nothing. */
export const said = <K extends string>(
  query: Record<K, string | undefined>,
): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<Record<K, string>>
