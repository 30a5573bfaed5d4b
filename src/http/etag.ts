/** RFC 9110 §13.1.2: whether one of the header's tags is this one; weak and strong compare alike. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || tagsOf(header).includes(etag)
}

/** The opaque texts of an `If-None-Match` list that start with `prefix`, without it. */
export const knownUnder = (header: string | undefined, prefix: string): string[] =>
  tagsOf(header ?? '')
    .map((tag) => tag.slice(1, -1))
    .filter((text) => text.startsWith(prefix))
    .map((text) => text.slice(prefix.length))

const tagsOf = (header: string): string[] => header.match(/"[^"]*"/g) ?? []
