import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  discountOf,
  sharesByLine,
  whyNotNow,
  type DiscountedLine,
  type DiscountingCoupon,
} from '../../../src/domain/coupon/discount.ts'
import { MAX_AMOUNT_MINOR } from '../../../src/domain/money.ts'

const NOW = 1_000_000

const coupon = (changes: Partial<DiscountingCoupon> = {}): DiscountingCoupon => ({
  id: changes.code ?? 'TEN',
  code: 'TEN',
  kind: 'PERCENT',
  value: 10,
  maxDiscount: null,
  minOrderAmount: 0,
  itemIds: [],
  categoryIds: [],
  startsAt: null,
  endsAt: null,
  stackable: false,
  active: true,
  ...changes,
})
const line = (total: number, itemId = 'chicken', categoryId = 'mains'): DiscountedLine => ({
  itemId,
  categoryId,
  total,
})
const fixed = (value: number, changes: Partial<DiscountingCoupon> = {}) =>
  coupon({ code: 'OFF', kind: 'FIXED', value, ...changes })

const given = (coupons: readonly DiscountingCoupon[], lines: readonly DiscountedLine[]) => {
  const found = discountOf(coupons, lines, NOW)
  if (!found.ok) throw new Error(found.refusal.reason)
  return found.value.map(({ code, discount, shares }) => [code, discount, shares] as const)
}
const refusedFor = (coupons: readonly DiscountingCoupon[], lines: readonly DiscountedLine[]) => {
  const found = discountOf(coupons, lines, NOW)
  return found.ok ? null : found.refusal
}

describe('what a coupon takes off', () => {
  it.each([
    ['ten per cent', coupon(), [18_000], 1_800, [1_800]],
    ['whole units alone', coupon({ value: 33 }), [100], 33, [33]],
    ['a part of a unit never', coupon({ value: 7 }), [99], 6, [6]],
    ['everything', coupon({ value: 100 }), [18_000, 2_000], 20_000, [18_000, 2_000]],
    ['at most so much', coupon({ value: 50, maxDiscount: 3_000 }), [18_000], 3_000, [3_000]],
    ['a sum', fixed(3_000), [18_000], 3_000, [3_000]],
    ['a sum over lines by weight', fixed(1_000), [3_000, 1_000], 1_000, [750, 250]],
    ['a sum never beyond the lines', fixed(50_000), [18_000], 18_000, [18_000]],
    ['the odd unit off the largest remainder', fixed(100), [100, 100, 101], 100, [33, 33, 34]],
    ['odd units off the earlier of equals', fixed(2), [5, 5, 5], 2, [1, 1, 0]],
    ['nothing off a line that is free', fixed(500), [0, 1_000], 500, [0, 500]],
    [
      'sums beyond what a product of doubles counts exactly',
      fixed(MAX_AMOUNT_MINOR - 1),
      [MAX_AMOUNT_MINOR - 3, 3],
      MAX_AMOUNT_MINOR - 1,
      [MAX_AMOUNT_MINOR - 4, 3],
    ],
  ])('is %s', (_what, one, totals, discount, shares) => {
    const lines = totals.map((total) => line(total))
    expect(given([one], lines)).toEqual([[one.code, discount, shares]])
  })

  it('is off its items and the items of its categories alone', () => {
    const lines = [
      line(10_000, 'chicken', 'mains'),
      line(2_000, 'cola', 'drinks'),
      line(500, 'tea'),
    ]
    const both = coupon({ value: 50, itemIds: ['chicken'], categoryIds: ['drinks'] })
    expect(given([both], lines)).toEqual([['TEN', 6_000, [5_000, 1_000, 0]]])
    expect(given([coupon({ value: 50, itemIds: ['tea'] })], lines)).toEqual([
      ['TEN', 250, [0, 0, 250]],
    ])
  })

  it('counts all lines towards the least order, and may come to it exactly', () => {
    const lines = [line(10_000), line(2_000, 'cola', 'drinks')]
    const one = coupon({ categoryIds: ['drinks'], minOrderAmount: 12_000 })
    expect(given([one], lines)).toEqual([['TEN', 200, [0, 200]]])
  })
})

describe('several coupons on one order', () => {
  const tenPercent = coupon({ stackable: true })
  const other = coupon({ code: 'ANOTHER', value: 50, stackable: true })
  const sum = fixed(1_000, { stackable: true })

  it('take per cent first, each off what the earlier ones left, ties by code', () => {
    const taken = [
      ['ANOTHER', 5_000, [5_000]],
      ['TEN', 500, [500]],
      ['OFF', 1_000, [1_000]],
    ]
    expect(given([sum, tenPercent, other], [line(10_000)])).toEqual(taken)
    expect(given([other, sum, tenPercent], [line(10_000)])).toEqual(taken)
  })

  it('never take more than there is', () => {
    const two = [fixed(700, { stackable: true }), fixed(700, { code: 'Z', stackable: true })]
    expect(given(two, [line(1_000)]).map(([, discount]) => discount)).toEqual([700, 300])
  })

  it('are refused unless all of them may stand together', () => {
    expect(refusedFor([tenPercent, fixed(1_000)], [line(10_000)])).toEqual({
      code: 'OFF',
      reason: 'NOT_STACKABLE',
    })
    expect(given([fixed(1_000)], [line(10_000)])).toHaveLength(1)
  })

  it('are refused where one finds nothing left', () => {
    const all = coupon({ value: 100, stackable: true })
    expect(refusedFor([all, sum], [line(10_000)])).toEqual({
      code: 'OFF',
      reason: 'NOTHING_TO_TAKE_OFF',
    })
  })
})

describe('a coupon that takes nothing off', () => {
  it.each([
    ['INACTIVE', coupon({ active: false }), [line(10_000)]],
    ['NOT_STARTED', coupon({ startsAt: NOW + 1 }), [line(10_000)]],
    ['ENDED', coupon({ endsAt: NOW }), [line(10_000)]],
    ['NO_ELIGIBLE_ITEMS', coupon({ itemIds: ['tea'] }), [line(10_000)]],
    ['NO_ELIGIBLE_ITEMS', coupon(), []],
    ['NOTHING_TO_TAKE_OFF', coupon(), [line(9)]],
    ['NOTHING_TO_TAKE_OFF', fixed(500), [line(0)]],
  ] as const)('says %s', (reason, one, lines) => {
    expect(refusedFor([one], lines)).toEqual({ code: one.code, reason })
  })

  it('says what the lines must come to', () => {
    expect(refusedFor([coupon({ minOrderAmount: 10_001 })], [line(10_000)])).toEqual({
      code: 'TEN',
      reason: 'BELOW_MIN_ORDER_AMOUNT',
      minOrderAmount: 10_001,
    })
  })

  it.each([
    [NOW - 1, 'NOT_STARTED'],
    [NOW, null],
    [NOW + 9, null],
    [NOW + 10, 'ENDED'],
  ])('runs from its first moment until its last (at %i: %s)', (at, reason) => {
    expect(whyNotNow({ active: true, startsAt: NOW, endsAt: NOW + 10 }, at)).toBe(reason)
  })
})

describe('any coupons on any lines', () => {
  const anyLine = fc.record({
    itemId: fc.constantFrom('a', 'b', 'c'),
    categoryId: fc.constantFrom('x', 'y'),
    total: fc.oneof(fc.nat(50), fc.nat(MAX_AMOUNT_MINOR / 10)),
  })
  const anyCoupon = fc
    .record({
      percent: fc.option(fc.integer({ min: 1, max: 100 })),
      sum: fc.integer({ min: 1, max: MAX_AMOUNT_MINOR }),
      maxDiscount: fc.option(fc.integer({ min: 1, max: 5_000 })),
      itemIds: fc.subarray(['a', 'b', 'c']),
      categoryIds: fc.subarray(['x', 'y']),
    })
    .map(({ percent, sum, ...rest }) =>
      coupon({
        ...rest,
        kind: percent === null ? 'FIXED' : 'PERCENT',
        value: percent ?? sum,
        stackable: true,
      }),
    )

  it('take whole units, off eligible lines, never below nothing, in any order of naming', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 8 }),
        fc.array(anyCoupon, { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (lines, unnamed, turn) => {
          const coupons = unnamed.map((one, index) => ({
            ...one,
            id: String(index),
            code: `C${String(index)}`,
          }))
          const found = discountOf(coupons, lines, NOW)
          const at = turn % coupons.length
          const turned = [...coupons.slice(at), ...coupons.slice(0, at)]
          expect(discountOf(turned, lines, NOW)).toEqual(found)
          if (!found.ok) return
          for (const { couponId, discount, shares } of found.value) {
            expect(shares.reduce((sum, share) => sum + share, 0)).toBe(discount)
            expect(discount).toBeGreaterThan(0)
            const { itemIds, categoryIds, maxDiscount } = coupons[Number(couponId)] ?? coupon()
            expect(discount).toBeLessThanOrEqual(maxDiscount ?? Infinity)
            for (const [index, share] of shares.entries()) {
              expect(Number.isSafeInteger(share)).toBe(true)
              const { itemId = '', categoryId = '' } = lines[index] ?? {}
              const all = itemIds.length === 0 && categoryIds.length === 0
              if (!all && !itemIds.includes(itemId) && !categoryIds.includes(categoryId))
                expect(share).toBe(0)
            }
          }
          const shares = sharesByLine(found.value, lines.length)
          for (const [index, share] of shares.entries()) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(lines[index]?.total ?? 0)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
