import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { sameText } from '../../domain/same-text.ts'

/** 128 bits: enough that nobody guesses one, short enough for a link. */
const CHARS = 32

/**
 * What lets a browser without a token open the payment of one order, and nothing else: an id alone is
 * never a permission. Derived anew every time, so that nothing is stored.
 */
export const payLinkKey = (linkSecret: string, orderId: string): string =>
  bytesToHex(hmac(sha256, utf8ToBytes(linkSecret), utf8ToBytes(`pay\n${orderId}`))).slice(0, CHARS)

/** Whether the key belongs to the order; compared in constant time. */
export const isPayLinkKey = (linkSecret: string, orderId: string, key: string): boolean =>
  sameText(key, payLinkKey(linkSecret, orderId))
