/** A list with an entry back in its place. */
export const inserted = <T>(list: readonly T[], at: number, entry: T): T[] => [
  ...list.slice(0, at),
  entry,
  ...list.slice(at),
]

/** A list with one of its entries a place further up (-1) or down (1). */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const other = at + by
  const next = [...list]
  const [one, two] = [next[at], next[other]]
  if (one === undefined || two === undefined) return next
  next[at] = two
  next[other] = one
  return next
}
