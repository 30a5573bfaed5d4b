import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemInput } from '../../../src/domain/commands.ts'
import { editedItem, newItem } from '../../../src/domain/menu/compose-item.ts'
import type { ItemOption, MenuItemWithStock } from '../../../src/domain/menu/menu.ts'
import { cheapest, MAX_ITEM_PRICE } from '../../../src/domain/menu/price.ts'

let minted = 0
const SUPPLY = {
  mintId: () => `id-${(minted += 1)}`,
  categoryExists: (id: string) => id === 'chicken' || id === 'drinks',
}
const PLACE = { id: 'item', number: 7, position: 3 }
const input = (more: Partial<ItemInput> = {}): ItemInput => ({
  categoryId: 'chicken',
  name: '후라이드 치킨',
  price: 18_000,
  description: null,
  options: [],
  ...more,
})
const discount = (priceDelta: number, more: { required?: boolean; min?: number } = {}) => ({
  name: '포장',
  required: false,
  choices: [{ name: '포장 할인', priceDelta }],
  ...more,
})
const item = (more: Partial<MenuItemWithStock> = {}): MenuItemWithStock => ({
  categoryId: 'chicken',
  name: '후라이드 치킨',
  price: 18_000,
  description: null,
  ...PLACE,
  options: [],
  names: {},
  descriptions: {},
  allergens: [],
  tags: [],
  spiceLevel: 0,
  maxPerOrder: null,
  image: null,
  soldOut: true,
  soldOutUntil: 99,
  deleted: false,
  stock: { itemId: 'item', level: 3, reserved: 1 },
  ...more,
})
const invalid = (field: string, reason: string) => ({
  ok: false,
  refusal: { kind: 'INVALID', errors: [{ field, reason }] },
})

describe('adding an item', () => {
  it('puts it at its place, for sale and not counted', () => {
    expect(newItem(input(), PLACE, SUPPLY)).toEqual({
      ok: true,
      value: { ...item({ soldOut: false, soldOutUntil: null, stock: null }) },
    })
  })

  it('takes the position that is given', () => {
    expect(newItem(input({ position: 0 }), PLACE, SUPPLY)).toMatchObject({ value: { position: 0 } })
  })

  it.each([
    ['category_id', 'unknown_category', input({ categoryId: 'gone' })],
    ['price', 'too_small', input({ price: -1 })],
    ['price', 'too_big', input({ price: MAX_ITEM_PRICE + 1 })],
    ['price', 'invalid_type', input({ price: 0.5 })],
    ['options', 'negative_price', input({ price: 999, options: [discount(-1000)] })],
  ])('refuses %s: %s', (field, reason, wrong) => {
    expect(newItem(wrong, PLACE, SUPPLY)).toEqual(invalid(field, reason))
  })

  it('may be free, also by a discount', () => {
    expect(newItem(input({ price: 0 }), PLACE, SUPPLY).ok).toBe(true)
    const free = input({ price: 1000, options: [discount(-1000)] })
    expect(newItem(free, PLACE, SUPPLY).ok).toBe(true)
  })
})

describe('editing an item', () => {
  it('changes what is named and keeps number, mark and stock', () => {
    const changes = { name: '양념 치킨', price: 19_000, categoryId: 'drinks', description: '새로' }
    expect(editedItem(item(), changes, SUPPLY)).toEqual({
      ok: true,
      value: { ...item(), ...changes },
    })
  })

  it('takes a description away', () => {
    const described = item({ description: '바삭' })
    expect(editedItem(described, {}, SUPPLY)).toMatchObject({ value: { description: '바삭' } })
    expect(editedItem(described, { description: null }, SUPPLY)).toMatchObject({
      value: { description: null },
    })
  })

  it('refuses a price that an option it keeps would make negative', () => {
    const kept: ItemOption = {
      ...discount(-1000),
      id: 'packed',
      min: 0,
      max: 1,
      choices: [{ id: 'c', name: '포장 할인', priceDelta: -1000 }],
    }
    const before = item({ options: [kept] })
    expect(editedItem(before, { price: 900 }, SUPPLY)).toEqual(invalid('options', 'negative_price'))
    expect(editedItem(before, { price: 900, options: [] }, SUPPLY).ok).toBe(true)
  })
})

/** Every pick of an option that a guest may make, by trying them all. */
const picks = ({ required, min, max, choices }: ItemOption): number[] =>
  Array.from({ length: 2 ** choices.length }, (_, mask) =>
    choices.filter((_choice, index) => (mask >> index) & 1),
  )
    .filter(({ length }) => (length === 0 ? !required : length >= min && length <= max))
    .map((picked) => picked.reduce((sum, { priceDelta }) => sum + priceDelta, 0))

describe('the least a portion can cost', () => {
  const anyOption: fc.Arbitrary<ItemOption> = fc
    .record({
      required: fc.boolean(),
      deltas: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 }),
      spread: fc.tuple(fc.nat(4), fc.nat(4)),
    })
    .map(({ required, deltas, spread: [a, b] }) => {
      const min = Math.min(deltas.length, required ? Math.max(1, a) : a)
      return {
        id: 'o',
        name: 'o',
        required,
        min,
        max: Math.min(deltas.length, Math.max(1, min) + b),
        choices: deltas.map((priceDelta, index) => ({
          id: `${index}`,
          name: `${index}`,
          priceDelta,
        })),
      }
    })

  it('is what trying every allowed pick finds', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.array(anyOption, { maxLength: 3 }), (price, options) => {
        const least = options.map((option) => Math.min(...picks(option)))
        expect(cheapest(price, options)).toBe(least.reduce((sum, pick) => sum + pick, price))
      }),
    )
  })
})
