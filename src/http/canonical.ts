import { bytesToHex } from '@noble/hashes/utils.js'

const encoder = new TextEncoder()

/** JSON with sorted keys: the same value always gives the same text. `undefined` fields are left out. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  let text = ''
  if (Array.isArray(value)) {
    for (const entry of value) text += `${text === '' ? '' : ','}${canonicalJson(entry)}`
    return `[${text}]`
  }
  for (const key of Object.keys(value).sort()) {
    const entry = (value as Record<string, unknown>)[key]
    if (entry === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(entry)}`
  }
  return `{${text}}`
}

/** SHA-256 in hex of the canonical form. */
export const fingerprint = (value: unknown): Promise<string> =>
  bytesDigest(encoder.encode(canonicalJson(value)))

/** SHA-256 in hex. */
export async function bytesDigest(bytes: BufferSource): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
