/** A list with what is known better than it: in its place where it is listed, else at the top. */
export function withFresh<T extends { id: string }>(list: readonly T[], fresh: readonly T[]): T[] {
  const unlisted = fresh.filter(({ id }) => !list.some((one) => one.id === id))
  return [...unlisted, ...list.map((one) => fresh.find(({ id }) => id === one.id) ?? one)]
}
