import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createRandom, systemRuntime } from '../src/runtime.ts'

/** Every byte drawn is the next number, so that what was given out can be told apart. */
function counted() {
  let next = 0
  const draw = vi.fn((bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = (next += 1) % 251
  })
  return { draw, random: createRandom(draw) }
}

describe('random bytes', () => {
  it('are as many as were asked for, and no two draws alike', () => {
    const drawn = [16, 16, 1_024, 7, 0].map((length) => systemRuntime.random(length))
    expect(drawn.map(({ length }) => length)).toEqual([16, 16, 1_024, 7, 0])
    expect(new Set(drawn.map(String)).size).toBe(drawn.length)
  })

  it('are given out once each, whatever is asked for in which order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 40 }), (lengths) => {
        const { random, draw } = counted()
        const given = lengths.map((length) => ({ length, bytes: random(length) }))
        // Of each 251 in a row no two are alike, and none is nothing but zeros left behind.
        for (const { length, bytes } of given) {
          expect(bytes).toHaveLength(length)
          expect(new Set(bytes).size).toBe(length)
        }
        const all = lengths.reduce((sum, length) => sum + length, 0)
        expect(draw.mock.calls.length).toBeGreaterThanOrEqual(Math.ceil(all / 1_024))
        expect(draw.mock.calls.length).toBeLessThanOrEqual(Math.ceil(all / 824))
      }),
    )
  })

  it("are the receiver's own: nobody else writes or reads them later", () => {
    const { random } = counted()
    const first = random(4)
    const kept = [...first]
    first.fill(0)
    const second = random(4)
    expect(second).not.toEqual(first)
    expect(kept.filter((byte) => second.includes(byte))).toEqual([])
  })

  it('are not more than are drawn at once', () => {
    expect(() => systemRuntime.random(1_025)).toThrow(RangeError)
  })
})
