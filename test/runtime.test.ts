import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../src/runtime.ts'

const drawn = (length: number) => systemRuntime.random(length)
const text = (bytes: Uint8Array) => bytes.join()

describe('random bytes', () => {
  it.each([0, 1, 5, 16, 40, 1_023, 1_024, 1_025, 65_536])('are %i where so many are asked', (n) => {
    expect(drawn(n)).toHaveLength(n)
    expect(drawn(3)).toHaveLength(3)
  })

  it('are given out once, however many are asked at a time', () => {
    const lengths = Array.from({ length: 2_000 }, (_, n) => 8 + (n % 50))
    const seen = new Set(lengths.map((length) => text(drawn(length).slice(0, 8))))
    expect(seen.size).toBe(lengths.length)
  })

  it('are all of them random: every value comes at every place', () => {
    const places = Array.from({ length: 16 }, () => new Set<number>())
    for (let n = 0; n < 10_000; n += 1) drawn(16).forEach((byte, at) => places[at]?.add(byte))
    expect(places.map(({ size }) => size)).toEqual(places.map(() => 256))
  })

  it("belong to who asked: nobody else's are reached through them", () => {
    const mine = drawn(16)
    expect(mine.buffer.byteLength).toBe(16)
    mine.fill(0)
    expect(text(drawn(16))).not.toBe(text(mine))
  })
})
