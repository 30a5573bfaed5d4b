import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StockLevel } from '../../../src/domain/menu/menu.ts'
import { adjustStock, MAX_LEVEL } from '../../../src/domain/stock/adjust.ts'
import {
  available,
  release,
  reserve,
  sell,
  wantedPerItem,
} from '../../../src/domain/stock/stock.ts'

const counted = (level: number, reserved = 0): StockLevel => ({
  itemId: 'chicken',
  level,
  reserved,
})
const nothingHeld = () => 0
const invalid = (field: string, reason: string) => ({
  ok: false,
  refusal: { kind: 'INVALID', errors: [{ field, reason }] },
})

describe('correcting a level', () => {
  it.each([
    ['adds', counted(5, 2), { delta: 3 }, 8],
    ['takes away', counted(5, 2), { delta: -3 }, 2],
    ['sets', counted(5, 2), { set: 2 }, 2],
    ['changes nothing', counted(5, 2), { delta: 0 }, 5],
    ['takes a negative nothing for nothing', counted(0), { delta: -0 }, 0],
    ['sets nothing, be it negative', counted(5), { set: -0 }, 0],
    ['reaches the most', counted(1), { set: MAX_LEVEL }, MAX_LEVEL],
  ])('%s', (_, stock, change, level) => {
    expect(adjustStock('chicken', stock, change, nothingHeld)).toEqual({
      ok: true,
      value: { ...stock, level },
    })
  })

  it.each([
    ['by taking', { delta: -4 }, 1],
    ['by setting', { set: 1 }, 1],
    ['by taking more than there is', { delta: -9 }, -4],
  ])('never goes below what orders hold, %s', (_, change, level) => {
    expect(adjustStock('chicken', counted(5, 2), change, nothingHeld)).toEqual({
      ok: false,
      refusal: { kind: 'STOCK_BELOW_RESERVED', itemId: 'chicken', reserved: 2, level },
    })
  })

  it.each([
    ['set', { set: -1 }, 'too_small'],
    ['set', { set: MAX_LEVEL + 1 }, 'too_big'],
    ['delta', { delta: MAX_LEVEL }, 'too_big'],
    ['delta', { delta: Number.MAX_SAFE_INTEGER }, 'invalid_type'],
    ['delta', { delta: MAX_LEVEL - 4 }, 'too_big'],
    ['delta', { delta: 0.5 }, 'invalid_type'],
    ['set', { set: 1.5 }, 'invalid_type'],
    ['set', { set: Number.MAX_VALUE }, 'invalid_type'],
    ['set', { set: NaN }, 'invalid_type'],
  ])('refuses %s: %o', (field, change, reason) => {
    expect(adjustStock('chicken', counted(5), change, nothingHeld)).toEqual(invalid(field, reason))
  })
})

it('keeps the rules of what is counted', () => {
  const stock = { ...counted(5), lowAt: 2, dailyPortions: 30, portionsDay: '2026-11-20' }
  expect(adjustStock('chicken', stock, { delta: 1 }, nothingHeld)).toEqual({
    ok: true,
    value: { ...stock, level: 6 },
  })
})

describe('counting an item', () => {
  it('starts with what open orders hold already', () => {
    expect(adjustStock('chicken', null, { set: 10 }, () => 4)).toEqual({
      ok: true,
      value: counted(10, 4),
    })
  })

  it('does not start with less than they hold', () => {
    expect(adjustStock('chicken', null, { set: 3 }, () => 4)).toEqual({
      ok: false,
      refusal: { kind: 'STOCK_BELOW_RESERVED', itemId: 'chicken', reserved: 4, level: 3 },
    })
  })

  it('cannot add to what is not counted', () => {
    expect(adjustStock('chicken', null, { delta: 1 }, nothingHeld)).toEqual(
      invalid('delta', 'not_counted'),
    )
  })

  it.each([null, counted(5, 5)])('stops whenever staff say so (%o)', (stock) => {
    expect(adjustStock('chicken', stock, { set: null }, nothingHeld)).toEqual({
      ok: true,
      value: null,
    })
  })
})

describe('portions wanted', () => {
  it('are summed over lines of one item', () => {
    const lines = [
      { itemId: 'chicken', quantity: 2 },
      { itemId: 'cola', quantity: 1 },
      { itemId: 'chicken', quantity: 3 },
    ]
    expect([...wantedPerItem(lines)]).toEqual([
      ['chicken', 5],
      ['cola', 1],
    ])
  })
})

type Step =
  | { kind: 'reserve'; quantity: number }
  | { kind: 'release' | 'sell'; which: number }
  | { kind: 'adjust'; change: { delta: number } | { set: number | null } }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('reserve' as const), quantity: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constantFrom('release' as const, 'sell' as const), which: fc.nat(20) }),
  fc.record({
    kind: fc.constant('adjust' as const),
    change: fc.oneof(
      fc.record({ delta: fc.integer({ min: -20, max: 20 }) }),
      fc.record({ set: fc.option(fc.integer({ min: -1, max: 30 }), { nil: null }) }),
    ),
  }),
)

/** What the object does, in the small: orders hold, give back and take; staff correct. */
function walk(steps: readonly Step[], check: (stock: StockLevel | null, held: number) => void) {
  let stock: StockLevel | null = counted(10)
  const holds: number[] = []
  const held = () => holds.reduce((sum, quantity) => sum + quantity, 0)
  for (const next of steps) {
    if (next.kind === 'adjust') {
      const after = adjustStock('chicken', stock, next.change, held)
      if (after.ok) stock = after.value
    } else if (next.kind === 'reserve') {
      const left = available(stock)
      if (left !== null && left < next.quantity) continue
      holds.push(next.quantity)
      if (stock !== null) stock = reserve(stock, next.quantity)
    } else if (holds.length > 0) {
      const [quantity = 0] = holds.splice(next.which % holds.length, 1)
      const move = next.kind === 'sell' ? sell : release
      if (stock !== null) stock = move(stock, quantity)
    }
    check(stock, held())
  }
}

describe('any history of orders and corrections', () => {
  it('keeps 0 ≤ reserved ≤ level, and reserved is what open orders hold', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        walk(steps, (stock, held) => {
          if (stock === null) return
          expect(stock.reserved).toBe(held)
          expect(stock.reserved).toBeLessThanOrEqual(stock.level)
        })
      }),
    )
  })

  it.each([
    ['gives back more than was held', () => release(counted(5, 1), 2)],
    ['sells more than was held', () => sell(counted(5, 1), 2)],
    ['holds more than there is', () => reserve(counted(5, 1), 5)],
  ])('is a bug, not a state, when it %s', (_, move) => {
    expect(move).toThrow('stock of chicken')
  })
})
