import { fingerprint } from './canonical.ts'

type Key = readonly (string | number | null)[]

const BOUND_CHARS = 12

/** What a cursor is good for: the same sort and filters. */
export const boundOf = async (asked: unknown): Promise<string> =>
  (await fingerprint(asked)).slice(0, BOUND_CHARS)

/** Where the next page begins, as text that says nothing to its bearer. */
export function toKeyset(bound: string, key: Key): string {
  const bytes = new TextEncoder().encode(JSON.stringify([bound, ...key]))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The key of a cursor that was made for what is asked now; null for any other text. */
export function fromKeyset(bound: string, cursor: string): Key | null {
  const read = parse(cursor)
  if (!Array.isArray(read) || read[0] !== bound) return null
  const key: unknown[] = read.slice(1)
  return key.every(isPart) ? key : null
}

const isPart = (part: unknown): part is string | number | null =>
  part === null || typeof part === 'string' || typeof part === 'number'

function parse(cursor: string): unknown {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
