import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CartLine } from '../../../src/domain/cart/cart.ts'
import {
  addLine,
  findLine,
  lineIdOf,
  setLine,
  subtractLines,
  type WantedLine,
} from '../../../src/domain/cart/lines.ts'
import { restaurantKeyOf } from '../../../src/domain/ids.ts'
import { MAX_LINES, MAX_QUANTITY } from '../../../src/domain/order/limits.ts'

const KEY = '9c1d2e3f4a5b'
const id = (n: number): string => `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`
const item = (n: number): string =>
  `${id(n).slice(0, -12)}${KEY}`.replace('0000-8', `${1000 + n}-8`)
const want = (n: number, quantity: number, ...choices: number[]): WantedLine => ({
  itemId: item(n),
  quantity,
  options: choices.map((choice) => ({ optionId: id(choice % 3), choice: id(choice) })),
})
const lines = (...wanted: WantedLine[]): readonly CartLine[] =>
  wanted.reduce<readonly CartLine[]>((all, one) => {
    const put = setLine(all, one)
    if (!put.ok) throw new Error(put.refusal.kind)
    return put.value
  }, [])
const quantities = (all: readonly CartLine[]): number[] => all.map(({ quantity }) => quantity)

describe('the id of a line', () => {
  const choices = fc.uniqueArray(fc.nat(20), { maxLength: 5 })

  it('follows from item and choices in any order, and carries the restaurant', () => {
    fc.assert(
      fc.property(fc.nat(9), choices, (n, chosen) => {
        const one = want(n, 1, ...chosen)
        const same = want(n, 5, ...chosen.toReversed())
        expect(lineIdOf(one.itemId, one.options)).toBe(lineIdOf(same.itemId, same.options))
        expect(restaurantKeyOf(lineIdOf(one.itemId, one.options))).toBe(KEY)
      }),
    )
  })

  it('is another for another item or other choices', () => {
    fc.assert(
      fc.property(fc.nat(9), choices, fc.nat(9), choices, (n, chosen, m, others) => {
        const [one, other] = [want(n, 1, ...chosen), want(m, 1, ...others)]
        const same = n === m && chosen.toSorted().join() === others.toSorted().join()
        expect(lineIdOf(one.itemId, one.options) === lineIdOf(other.itemId, other.options)).toBe(
          same,
        )
      }),
    )
  })
})

describe('putting a line in', () => {
  it.each([
    ['a first line', [], want(1, 2), 'add', [2]],
    ['more of it', [want(1, 2)], want(1, 3), 'add', [5]],
    ['another choice of it', [want(1, 2, 1)], want(1, 3, 2), 'add', [2, 3]],
    ['the same choices in another order', [want(1, 2, 1, 2)], want(1, 3, 2, 1), 'add', [5]],
    ['a number', [want(1, 2), want(2, 2)], want(1, 7), 'set', [7, 2]],
    ['the number that it has', [want(1, 2)], want(1, 2), 'set', [2]],
    ['nought', [want(1, 2), want(2, 2)], want(1, 0), 'set', [2]],
    ['nought of what is not there', [want(1, 2)], want(3, 0), 'set', [2]],
    ['as many as a line holds', [want(1, 1)], want(1, MAX_QUANTITY), 'set', [MAX_QUANTITY]],
  ] as const)('%s', (_, before, wanted, how, after) => {
    const put = (how === 'add' ? addLine : setLine)(lines(...before), wanted)
    expect(put.ok && quantities(put.value)).toEqual(after)
  })

  it('is refused beyond what an order holds', () => {
    const tooBig = (field: string) => ({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field, reason: 'too_big' }] },
    })
    const full = lines(want(1, MAX_QUANTITY))
    expect(addLine(full, want(1, 1))).toEqual(tooBig('quantity'))
    const many = lines(...Array.from({ length: MAX_LINES }, (_, n) => want(n, 1)))
    expect(addLine(many, want(MAX_LINES, 1))).toEqual(tooBig('items'))
    expect(addLine(many, want(3, 1)).ok).toBe(true)
  })
})

describe('naming a line', () => {
  const all = lines(want(1, 1, 1), want(1, 1, 2), want(2, 1))
  const [first, second, third] = all.map((line) => line.id)
  it.each([
    ['its own id', second, second],
    ['its item, where that is in one line', item(2), third],
    ['an item that is in none', item(3), 'NOT_FOUND'],
    ['an item that is in several', item(1), 'CART_LINE_AMBIGUOUS'],
  ])('by %s', (_, name, found) => {
    const named = findLine(all, name ?? '')
    expect(named.ok ? named.value.id : named.refusal.kind).toBe(found)
  })
  it('says which lines it could be', () => {
    expect(findLine(all, item(1))).toMatchObject({ refusal: { lineIds: [first, second] } })
  })
})

describe('taking out what was ordered', () => {
  it.each([
    ['all of it', [want(1, 2), want(2, 1)], []],
    ['not what was put in since', [want(1, 5), want(2, 1), want(3, 4)], [3, 4]],
    ['nothing of what was taken out since', [want(2, 1)], []],
    ['not below nought', [want(1, 1), want(3, 1)], [1]],
    ['nothing from an empty cart', [], []],
  ])('%s', (_, now, left) => {
    const ordered = lines(want(1, 2), want(2, 1))
    expect(quantities(subtractLines(lines(...now), ordered))).toEqual(left)
  })

  const wanted = fc
    .uniqueArray(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 })), { selector: ([n]) => n })
    .map((all) => all.map(([n, quantity]) => want(n, quantity)))
  it('leaves of every line what was put in meanwhile, and of no line less than nothing', () => {
    fc.assert(
      fc.property(wanted, wanted, (before, since) => {
        const ordered = lines(...before)
        const now = since.reduce((all, one) => {
          const put = addLine(all, one)
          return put.ok ? put.value : all
        }, ordered)
        const left = subtractLines(now, ordered)
        const bySince = (a: WantedLine, b: WantedLine) => (a.itemId < b.itemId ? -1 : 1)
        expect(left.map(({ itemId, quantity }) => [itemId, quantity]).toSorted()).toEqual(
          since.toSorted(bySince).map(({ itemId, quantity }) => [itemId, quantity]),
        )
      }),
    )
  })
})
