import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  belongsTo,
  isPlatformId,
  mintRandomId,
  mintRestaurantKey,
  mintTimedId,
  parseId,
  PLATFORM_KEY,
  restaurantKeyOf,
  type RandomBytes,
} from '../../src/domain/ids.ts'
import { NOW } from '../support/orders.ts'

const KEY = '0123456789ab'
const filledWith =
  (byte: number): RandomBytes =>
  (length) =>
    new Uint8Array(length).fill(byte)
/** Random bytes of the test's own choice, taken one after the other. */
const fromBytes = (bytes: Uint8Array): RandomBytes => {
  let at = 0
  return (length) => bytes.slice(at, (at += length))
}
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
const keys = fc.string({
  unit: fc.constantFrom(...'0123456789abcdef'.split('')),
  minLength: 12,
  maxLength: 12,
})
const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 })

/** RFC 9562 §5.8: version 8 in the high nibble of octet 6, variant 10 in the high bits of octet 8. */
const VERSION_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('an id', () => {
  it('is laid out as a version 8 UUID whose last group is the restaurant', () => {
    expect(mintRandomId(KEY, filledWith(0x00))).toBe(`00000000-0000-8000-8000-${KEY}`)
    expect(mintRandomId(KEY, filledWith(0xff))).toBe(`ffffffff-ffff-8fff-bfff-${KEY}`)
    expect(mintTimedId(KEY, 0x0123456789ab, filledWith(0xff))).toBe(
      `01234567-89ab-8fff-bfff-${KEY}`,
    )
  })

  it('keeps its layout, its restaurant and its parse whatever the random bits are', () => {
    fc.assert(
      fc.property(bytes, keys, instants, (random, key, at) => {
        for (const id of [
          mintRandomId(key, fromBytes(random)),
          mintTimedId(key, at, fromBytes(random)),
        ]) {
          expect(id).toMatch(VERSION_8)
          expect(restaurantKeyOf(id)).toBe(key)
          expect(belongsTo(id, key)).toBe(true)
          expect(parseId(id)).toBe(id)
          expect(parseId(id.toUpperCase())).toBe(id)
        }
      }),
    )
  })

  it('sorts by time when it is timed, whatever its random bits are', () => {
    fc.assert(
      fc.property(instants, instants, bytes, bytes, (one, two, first, second) => {
        fc.pre(one !== two)
        const [a, b] = [
          mintTimedId(KEY, one, fromBytes(first)),
          mintTimedId(KEY, two, fromBytes(second)),
        ]
        expect(a < b).toBe(one < two)
      }),
    )
  })

  it('carries every one of its 74 random bits, or 26 beside the time', () => {
    const ids = (mint: (random: RandomBytes) => string) =>
      new Set(
        Array.from({ length: 11 * 8 }, (_, bit) => {
          const flipped = new Uint8Array(16)
          flipped[bit >> 3] = 1 << (bit & 7)
          return mint(fromBytes(flipped))
        }),
      ).size
    const unchanged = 1
    expect(ids((random) => mintRandomId(KEY, random))).toBe(74 + unchanged)
    expect(ids((random) => mintTimedId(KEY, NOW, random))).toBe(26 + unchanged)
  })

  it('belongs to no other restaurant', () => {
    expect(belongsTo(mintRandomId(KEY, filledWith(1)), '0123456789ac')).toBe(false)
  })
})

describe('the key of a restaurant', () => {
  it('is 48 random bits in hex, zeros in front kept', () => {
    expect(mintRestaurantKey(fromBytes(new Uint8Array([0, 1, 2, 0xab, 0xcd, 0xef])))).toBe(
      '000102abcdef',
    )
  })
})

describe('parsing an id', () => {
  const id = '018f3a4e-0000-8000-8000-9c1d2e3f4a5b'

  it.each([
    '',
    'A1',
    id.slice(1),
    `${id}0`,
    ` ${id}`,
    `${id}\n`,
    id.replaceAll('-', ''),
    `{${id}}`,
    id.replace('8f', 'gf'),
    id.replace('-8000-', '-800-0'),
    "' OR 1=1 --",
    '０18f3a4e-0000-8000-8000-9c1d2e3f4a5b',
  ])('takes %j for no id', (text) => expect(parseId(text)).toBeNull())

  it('takes no text for an id that is not 32 hex digits in five groups', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[0-9a-f-]{36}$/i.test(text))
        expect(parseId(text)).toBeNull()
      }),
    )
  })
})

describe("the platform's key", () => {
  it('is never given to a restaurant', () => {
    const bits = [new Uint8Array(6).fill(0xff), new Uint8Array(6).fill(0x01)]
    expect(mintRestaurantKey(() => bits.shift() ?? new Uint8Array(6))).toBe('010101010101')
  })

  it("tells the platform's things from a restaurant's", () => {
    expect(isPlatformId(mintTimedId(PLATFORM_KEY, NOW, filledWith(0)))).toBe(true)
    expect(isPlatformId(mintTimedId(KEY, NOW, filledWith(0xff)))).toBe(false)
  })
})
