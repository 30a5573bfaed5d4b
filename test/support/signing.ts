import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export interface Signing {
  clientId: string
  secret: string
}

interface Call {
  method: string
  /** Path and query. */
  target: string
  body?: string
  /** Unix seconds. */
  timestamp: number
  nonce?: string
}

export const signatureOf = (secret: string, text: string): string =>
  `v1=${bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(text)))}`

/** Headers as a partner makes them, by another library than ours. */
export function signedHeaders(
  { clientId, secret }: Signing,
  { method, target, body = '', timestamp, nonce = crypto.randomUUID() }: Call,
): Record<string, string> {
  const digest = bytesToHex(sha256(utf8ToBytes(body)))
  const text = [timestamp, nonce, method, target, digest].join('\n')
  return {
    'x-client-id': clientId,
    'x-timestamp': String(timestamp),
    'x-nonce': nonce,
    'x-signature': signatureOf(secret, text),
  }
}
