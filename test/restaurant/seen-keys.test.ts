import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { SeenKeys } from '../../src/restaurant/store/seen-keys.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `key-${n}`)

/** Rows of so many keys by owner. */
function rowsOf(keys: Record<string, string[]>) {
  const read = vi.fn((owner: string, most: number) => (keys[owner] ?? []).slice(0, most))
  return { read, seen: new SeenKeys(read) }
}

describe('keys that were seen', () => {
  it('are read once for each owner', () => {
    const { seen, read } = rowsOf({ sujin: ['a', 'b'] })
    expect(['a', 'c', 'b'].map((key) => seen.mayHave('sujin', key))).toEqual([true, false, true])
    expect(seen.mayHave('minho', 'a')).toBe(false)
    expect(read.mock.calls.map(([owner]) => owner)).toEqual(['sujin', 'minho'])
  })

  it('are also those that came later', () => {
    const { seen } = rowsOf({})
    expect(seen.mayHave('sujin', 'a')).toBe(false)
    seen.add('sujin', 'a')
    expect(seen.mayHave('sujin', 'a')).toBe(true)
    expect(seen.mayHave('minho', 'a')).toBe(false)
  })

  it.each([300, 301, 5_000])('of an owner with %i of them are never taken for new', (count) => {
    const keys = numbered(count)
    const { seen, read } = rowsOf({ tablet: keys })
    expect(keys.every((key) => seen.mayHave('tablet', key))).toBe(true)
    expect(read).toHaveBeenCalledTimes(1)
    expect(seen.mayHave('tablet', 'new')).toBe(count > 300)
  })

  it("are asked of the rows from the owner's three hundred and first on", () => {
    const { seen } = rowsOf({ tablet: numbered(300) })
    expect(seen.mayHave('tablet', 'new')).toBe(false)
    seen.add('tablet', 'new')
    expect(seen.mayHave('tablet', 'newer')).toBe(true)
  })

  it('are not remembered beyond so many in all', () => {
    const owners = numbered(100)
    const { seen, read } = rowsOf(Object.fromEntries(owners.map((of) => [of, numbered(250)])))
    for (const owner of owners) expect(seen.mayHave(owner, 'key-7')).toBe(true)
    expect(seen.mayHave('key-0', 'key-7')).toBe(true)
    expect(read).toHaveBeenCalledTimes(101)
  })

  it('are never taken for new, whatever comes in which order', () => {
    const step = fc.record({
      owner: fc.constantFrom('a', 'b', 'c'),
      key: fc.constantFrom('k', 'l', 'm'),
      places: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const rows: Record<string, string[]> = { a: numbered(299), b: ['k'] }
        const { seen } = rowsOf(rows)
        for (const { owner, key, places } of steps) {
          const has = rows[owner]?.includes(key) ?? false
          if (has) expect(seen.mayHave(owner, key)).toBe(true)
          else if (places) {
            ;(rows[owner] ??= []).push(key)
            seen.add(owner, key)
          }
        }
      }),
    )
  })
})
