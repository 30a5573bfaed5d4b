import { bytesToHex } from '@noble/hashes/utils.js'
import type { RandomBytes } from '../ids.ts'

/** A version 4 UUID: accounts, sessions and tokens belong to the platform, not to a restaurant. */
export function mintAccountId(random: RandomBytes): string {
  const hex = bytesToHex(random(16))
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
