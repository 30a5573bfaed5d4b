import { scrypt, timingSafeEqual } from 'node:crypto'
import type { PasswordHasher } from './password-port.ts'

interface Parameters {
  /** log2 of the cost N. */
  ln: number
  r: number
  p: number
}

// The strongest that stays well inside an isolate's 128 MB (34 MB); the runtime allows N·r·p ≤ 2^20.
const CURRENT: Parameters = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const KEY_BYTES = 32

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Base64 without padding, as the PHC string format writes it. */
const toB64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('=', '')
const fromB64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

function derive(
  password: string,
  salt: Uint8Array,
  length: number,
  { ln, r, p }: Parameters,
): Promise<Uint8Array> {
  const N = 2 ** ln
  // The same password typed on another system may be composed differently (한 as one sign or three).
  const typed = new TextEncoder().encode(password.normalize('NFKC'))
  return new Promise((resolve, reject) => {
    scrypt(
      typed,
      salt,
      length,
      { N, r, p, maxmem: 128 * r * (N + p + 2) + 2 ** 20 },
      (error, key) => {
        if (error) reject(error)
        else resolve(new Uint8Array(key))
      },
    )
  })
}

function parse(phc: string): Parameters & { salt: Uint8Array; key: Uint8Array } {
  const [, ln, r, p, salt, key] = PHC.exec(phc) ?? []
  if (salt === undefined || key === undefined) throw new Error('not a scrypt hash in PHC form')
  return { ln: Number(ln), r: Number(r), p: Number(p), salt: fromB64(salt), key: fromB64(key) }
}

/** Passwords by the runtime's own scrypt. `random` gives the salts. */
export function createScryptPasswords(
  random: (length: number) => Uint8Array,
  current: Parameters = CURRENT,
): PasswordHasher {
  const isStale = ({ ln, r, p }: Parameters): boolean =>
    ln !== current.ln || r !== current.r || p !== current.p

  return {
    async hash(password) {
      const salt = random(SALT_BYTES)
      const key = await derive(password, salt, KEY_BYTES, current)
      return `$scrypt$ln=${current.ln},r=${current.r},p=${current.p}$${toB64(salt)}$${toB64(key)}`
    },

    async verify(password, phc) {
      const stored = parse(phc)
      const key = await derive(password, stored.salt, stored.key.length, stored)
      return { matches: timingSafeEqual(key, stored.key), stale: isStale(stored) }
    },

    async waste(password) {
      await derive(password, new Uint8Array(SALT_BYTES), KEY_BYTES, current)
    },
  }
}
