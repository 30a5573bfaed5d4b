import type { SecretBox } from './secret-box-port.ts'

/** 256 bits in base64url under a name that sealed texts carry. */
export interface EncryptionKey {
  id: string
  key: string
}

const VERSION = 'v1'
const NONCE_BYTES = 12

/**
 * AES-256-GCM. The first key seals, all open: to rotate, a new one goes in front, and the old one
 * stays until what it sealed has been entered anew. Sealed: `v1.<key id>.<nonce>.<ciphertext>`.
 */
export function createAesSecretBox(
  keys: readonly [EncryptionKey, ...EncryptionKey[]],
  random: (length: number) => Uint8Array,
): SecretBox {
  const imported = new Map<string, Promise<CryptoKey>>()
  const keyNamed = (id: string): Promise<CryptoKey> | null => {
    const found = keys.find((key) => key.id === id)
    if (found === undefined) return null
    const known = imported.get(id) ?? importKey(found.key)
    imported.set(id, known)
    return known
  }

  return {
    async seal(plain, context) {
      const [{ id }] = keys
      const key = await keyNamed(id)
      if (key === null) throw new Error('the first key is not there')
      const nonce = random(NONCE_BYTES)
      const text = new TextEncoder().encode(plain)
      const sealed = await crypto.subtle.encrypt(parameters(nonce, context), key, text)
      return [VERSION, id, toText(nonce), toText(new Uint8Array(sealed))].join('.')
    },

    async open(sealed, context) {
      const [version, id = '', nonce = '', ciphertext = ''] = sealed.split('.')
      const key = version === VERSION ? await keyNamed(id) : null
      if (key === null) return null
      try {
        const how = parameters(toBytes(nonce), context)
        const plain = await crypto.subtle.decrypt(how, key, toBytes(ciphertext))
        return new TextDecoder().decode(plain)
      } catch {
        // Changed since, or sealed for something else: the cipher does not say which.
        return null
      }
    },
  }
}

const parameters = (nonce: Uint8Array, context: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: new TextEncoder().encode(context),
})

const importKey = (key: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', toBytes(key), 'AES-GCM', false, ['encrypt', 'decrypt'])

const toText = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const toBytes = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
