import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CartLine } from '../../../src/domain/cart/cart.ts'
import { mergeLines } from '../../../src/domain/cart/merge.ts'
import { MAX_LINES, MAX_QUANTITY } from '../../../src/domain/order/limits.ts'

/** `a2`: two portions of item a without a choice; `ab2`: with choice b. */
const line = (text: string): CartLine => {
  const [, id = '', quantity = ''] = /^(\D+)(\d+)$/.exec(text) ?? []
  const itemId = id.slice(0, 1)
  return { id, itemId, options: [], quantity: Number(quantity), seenUnitPrice: 100 }
}
const lines = (text: string): CartLine[] => text.split(' ').filter(Boolean).map(line)
const text = (all: readonly CartLine[]): string =>
  all.map(({ id, quantity }) => `${id}${quantity}`).join(' ')

describe('merging two carts', () => {
  it.each([
    // own, other, limits by item → lines, adjusted
    ['', '', {}, '', []],
    ['a1', '', {}, 'a1', []],
    ['', 'a1 b2', {}, 'a1 b2', []],
    ['a1 b1', 'b2 c3', {}, 'a1 b3 c3', []],
    ['a1', 'ab1', {}, 'a1 ab1', []],
    ['a2', 'a2', { a: 3 }, 'a3', ['a 4→3 ITEM_LIMIT']],
    ['a2', 'ab2', { a: 3 }, 'a2 ab1', ['ab 2→1 ITEM_LIMIT']],
    ['a3', 'ab2', { a: 3 }, 'a3', ['ab 2→0 ITEM_LIMIT']],
    // One's own is above a limit that came later: it stays, and nothing comes on top.
    ['a5', 'a2', { a: 3 }, 'a5', ['a 7→5 ITEM_LIMIT']],
    ['', 'a5', { a: 3 }, 'a3', ['a 5→3 ITEM_LIMIT']],
    [`a${MAX_QUANTITY}`, 'a1', {}, `a${MAX_QUANTITY}`, [`a 1000→999 LINE_LIMIT`]],
  ] as const)('%j and %j', (own, other, limits, merged, adjusted) => {
    const mostOf = (itemId: string) => (limits as Record<string, number>)[itemId] ?? null
    const result = mergeLines(lines(own), lines(other), mostOf)
    expect(text(result.lines)).toBe(merged)
    const said = result.adjusted.map(
      (one) => `${one.lineId} ${one.wanted}→${one.quantity} ${one.reason}`,
    )
    expect(said).toEqual(adjusted)
  })

  it('takes no more lines than an order has', () => {
    const full = Array.from({ length: MAX_LINES }, (_, n) => ({ ...line('a1'), id: `own${n}` }))
    const other = [{ ...line('b2'), id: 'own3' }, line('c1')]
    const result = mergeLines(full, other, () => null)
    expect(result.lines).toHaveLength(MAX_LINES)
    expect(result.lines[3]?.quantity).toBe(3)
    expect(result.adjusted).toMatchObject([{ lineId: 'c', quantity: 0, reason: 'TOO_MANY_LINES' }])
  })

  const some = fc
    .uniqueArray(
      fc.tuple(fc.constantFrom('a', 'ab', 'ac', 'b', 'c'), fc.integer({ min: 1, max: 9 })),
      {
        selector: ([id]) => id,
      },
    )
    .map((all) => lines(all.map(([id, quantity]) => `${id}${quantity}`).join(' ')))
  const limit = fc.option(fc.integer({ min: 1, max: 12 }))

  it('loses nothing without saying so, and never adds beyond a limit', () => {
    fc.assert(
      fc.property(some, some, limit, (own, other, most) => {
        const { lines: merged, adjusted } = mergeLines(own, other, () => most)
        const count = (all: readonly CartLine[], id: string) =>
          all.find((one) => one.id === id)?.quantity ?? 0
        for (const { id, itemId } of [...own, ...other]) {
          const wanted = count(own, id) + count(other, id)
          const said = adjusted.find(({ lineId }) => lineId === id)
          expect(count(merged, id)).toBe(said?.quantity ?? wanted)
          expect(count(merged, id)).toBeGreaterThanOrEqual(count(own, id))
          const ofItem = (all: readonly CartLine[]) =>
            all.filter((one) => one.itemId === itemId).reduce((sum, one) => sum + one.quantity, 0)
          if (most !== null) expect(ofItem(merged)).toBeLessThanOrEqual(Math.max(most, ofItem(own)))
        }
      }),
    )
  })
})
