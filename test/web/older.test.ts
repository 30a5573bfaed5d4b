import { describe, expect, it } from 'vitest'
import { entryAt, lastThat, uuidOf } from '../../web/lib/older.ts'

describe('what an older browser lacks', () => {
  it('is a UUID of version 4 out of random bytes', () => {
    expect(uuidOf(new Uint8Array(16).fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
    expect(uuidOf(new Uint8Array(16))).toBe('00000000-0000-4000-8000-000000000000')
  })

  it.each([
    [0, 'a'],
    [1, 'b'],
    [-1, 'b'],
    [2, undefined],
    [-3, undefined],
  ])('is the entry at %i', (at, entry) => {
    expect(entryAt.call(['a', 'b'], at)).toBe(entry)
  })

  it('is the last that fits', () => {
    expect(lastThat.call([1, 2, 3, 4], (one) => (one as number) % 2 === 1)).toBe(3)
    expect(lastThat.call([2], (one) => one === 1)).toBeUndefined()
  })
})
