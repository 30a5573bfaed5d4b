import { hexOf } from './hex.ts'

/** JSON with sorted keys: the same value always gives the same text. `undefined` fields are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`)
  return `{${entries.join(',')}}`
}

/** SHA-256 in hex of the canonical form. */
export const fingerprint = (value: unknown): Promise<string> =>
  bytesDigest(new TextEncoder().encode(canonicalJson(value)))

/** SHA-256 in hex. */
export async function bytesDigest(bytes: BufferSource): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
