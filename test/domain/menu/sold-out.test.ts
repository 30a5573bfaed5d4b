import { describe, expect, it } from 'vitest'
import { isAvailable } from '../../../src/domain/menu/availability.ts'
import type { MenuItemWithStock } from '../../../src/domain/menu/menu.ts'
import { nextPosition } from '../../../src/domain/menu/position.ts'
import { markSoldOut } from '../../../src/domain/menu/sold-out.ts'

const NOW = 1_000
const item = (more: Partial<MenuItemWithStock> = {}): MenuItemWithStock => ({
  id: 'item',
  categoryId: 'chicken',
  number: 1,
  name: '후라이드 치킨',
  description: null,
  price: 18_000,
  position: 0,
  options: [],
  names: {},
  descriptions: {},
  allergens: [],
  tags: [],
  spiceLevel: 0,
  maxPerOrder: null,
  image: null,
  soldOut: false,
  soldOutUntil: null,
  deleted: false,
  stock: null,
  ...more,
})

describe('marking an item sold out', () => {
  it.each([
    ['until taken back', { soldOut: true, until: null }, { soldOut: true, soldOutUntil: null }],
    ['until a time', { soldOut: true, until: 1_001 }, { soldOut: true, soldOutUntil: 1_001 }],
    ['no more', { soldOut: false, until: null }, { soldOut: false, soldOutUntil: null }],
    [
      'no more, whatever time',
      { soldOut: false, until: 5 },
      { soldOut: false, soldOutUntil: null },
    ],
  ])('%s', (_, mark, marked) => {
    const before = item({ soldOut: true, soldOutUntil: 2_000 })
    expect(markSoldOut(before, mark, NOW)).toEqual({ ok: true, value: { ...before, ...marked } })
  })

  it.each([NOW, NOW - 1])('refuses an end that is not to come (%i)', (until) => {
    expect(markSoldOut(item(), { soldOut: true, until }, NOW)).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'until', reason: 'in_the_past' }] },
    })
  })
})

describe('whether an item can be ordered', () => {
  const stock = (level: number, reserved: number) => ({ itemId: 'item', level, reserved })
  it.each([
    [{}, true],
    [{ soldOut: true }, false],
    [{ deleted: true }, false],
    [{ stock: stock(1, 0) }, true],
    [{ stock: stock(1, 1) }, false],
    [{ stock: stock(0, 0) }, false],
    [{ stock: stock(1, 0), soldOut: true }, false],
  ])('%o: %s', (state, expected) => {
    expect(isAvailable(item(state))).toBe(expected)
  })
})

describe('the place after the last', () => {
  it.each([
    [[], 0],
    [[0], 1],
    [[5, 2], 6],
  ])('of %o is %i', (positions, next) => {
    expect(nextPosition(positions.map((position) => ({ position })))).toBe(next)
  })
})
