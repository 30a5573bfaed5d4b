import type { RandomBytes } from '../ids.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LENGTH = 22

/** What a table's QR code proves a scan by: 22 characters that need no escaping in a URL, 132 bits. */
export const mintTableCode = (random: RandomBytes): string =>
  Array.from(random(LENGTH), (byte) => ALPHABET.charAt(byte & 0x3f)).join('')
