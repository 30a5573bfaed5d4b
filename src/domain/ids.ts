import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * Ids carry their restaurant (docs/storage.md): a version 8 UUID (RFC 9562 §5.8) whose last
 * 48 bits are the restaurant's key. `timed` ids (orders, payments, events) start with the
 * millisecond and sort by time; `random` ids (restaurants, tables, items) start with random bits.
 */
export type RandomBytes = (length: number) => Uint8Array

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** 48 bits of head and 26 random ones, from ten hex digits; joined, so that it is in one piece (decision 64). */
const layout = (head48: string, random10: string, key: string): string => {
  const a = random10.slice(0, 3)
  const b = random10.slice(3, 6)
  const variant = ((parseInt(random10.slice(6, 7), 16) & 0x3) | 0x8).toString(16)
  return [head48.slice(0, 8), head48.slice(8, 12), `8${a}`, `${variant}${b}`, key].join('-')
}

/** What the platform's own things carry in a restaurant's place: charges of wallets, their refunds. */
export const PLATFORM_KEY = 'ffffffffffff'

/** 48 random bits in hex: the restaurant's key, and the name of its object. Never the platform's. */
export function mintRestaurantKey(random: RandomBytes): string {
  const key = bytesToHex(random(6))
  return key === PLATFORM_KEY ? mintRestaurantKey(random) : key
}

/** An id that cannot be guessed (74 random bits): restaurants, tables, categories, items, coupons. */
export function mintRandomId(key: string, random: RandomBytes): string {
  const bits = bytesToHex(random(11))
  return layout(bits.slice(0, 12), bits.slice(12), key)
}

/** An id that sorts by time (26 random bits within one restaurant's millisecond): orders, payments. */
export const mintTimedId = (key: string, nowMs: number, random: RandomBytes): string =>
  layout(nowMs.toString(16).padStart(12, '0'), bytesToHex(random(5)), key)

/** What every timed id of that millisecond or a later one is not less than, as text. */
export function firstTimedId(atMs: number): string {
  const head = Math.max(0, atMs).toString(16).padStart(12, '0')
  return `${head.slice(0, 8)}-${head.slice(8)}`
}

/** The id in lower case, or null when it is not a UUID at all. */
export function parseId(text: string): string | null {
  const id = text.toLowerCase()
  return UUID.test(id) ? id : null
}

/** The restaurant's key that an id carries. The id must have passed `parseId`. */
export const restaurantKeyOf = (id: string): string => id.slice(-12)

/** True when the id belongs to the restaurant (another tenant's id is answered as unknown). */
export const belongsTo = (id: string, key: string): boolean => restaurantKeyOf(id) === key

/** True when the id names something of the platform's, which no restaurant's object knows. */
export const isPlatformId = (id: string): boolean => belongsTo(id, PLATFORM_KEY)
