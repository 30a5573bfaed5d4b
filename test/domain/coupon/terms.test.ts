import { describe, expect, it } from 'vitest'
import type { CouponTerms } from '../../../src/domain/coupon/coupon.ts'
import {
  checkTerms,
  newIds,
  sameTerms,
  tidied,
  unknownIds,
} from '../../../src/domain/coupon/terms.ts'
import { MAX_AMOUNT_MINOR } from '../../../src/domain/money.ts'
import { someTerms } from '../../support/coupons.ts'

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index))

describe('the terms of a coupon', () => {
  it.each<[string, Partial<CouponTerms>]>([
    ['one per cent', { value: 1 }],
    ['all of it', { value: 100 }],
    ['the least sum', { kind: 'FIXED', value: 1 }],
    ['the largest sum', { kind: 'FIXED', value: MAX_AMOUNT_MINOR }],
    ['a time of one millisecond', { startsAt: 1_000, endsAt: 1_001 }],
    ['a hundred items', { itemIds: ids(100), categoryIds: ids(100) }],
    ['a million', { totalQuantity: 1_000_000 }],
    ['more for one than there are', { totalQuantity: 1, perUserLimit: 1_000 }],
    ['a code of Hangul', { code: '첫주문' }],
  ])('may be %s', (_what, changes) => {
    expect(checkTerms(someTerms(changes))).toEqual([])
  })

  it.each<[Partial<CouponTerms>, string, string]>([
    [{ code: 'welcome' }, 'code', 'invalid_format'],
    [{ code: 'AB' }, 'code', 'invalid_format'],
    [{ value: 0 }, 'value', 'too_small'],
    [{ value: -5 }, 'value', 'too_small'],
    [{ value: 101 }, 'value', 'too_big'],
    [{ value: 1.5 }, 'value', 'invalid_type'],
    [{ value: NaN }, 'value', 'invalid_type'],
    [{ kind: 'FIXED', value: MAX_AMOUNT_MINOR + 1 }, 'value', 'too_big'],
    [{ kind: 'FIXED', value: Number.MAX_SAFE_INTEGER + 1 }, 'value', 'invalid_type'],
    [{ maxDiscount: 0 }, 'max_discount', 'too_small'],
    [{ maxDiscount: MAX_AMOUNT_MINOR + 1 }, 'max_discount', 'too_big'],
    [{ minOrderAmount: -1 }, 'min_order_amount', 'too_small'],
    [{ startsAt: -1 }, 'starts_at', 'too_small'],
    [{ endsAt: 8_640_000_000_000_001 }, 'ends_at', 'too_big'],
    [{ startsAt: 1_000, endsAt: 1_000 }, 'ends_at', 'not_after_start'],
    [{ totalQuantity: 0 }, 'total_quantity', 'too_small'],
    [{ totalQuantity: 1_000_001 }, 'total_quantity', 'too_big'],
    [{ perUserLimit: 0 }, 'per_user_limit', 'too_small'],
    [{ itemIds: ids(101) }, 'item_ids', 'too_big'],
    [{ categoryIds: ids(101) }, 'category_ids', 'too_big'],
  ])('may not be %j', (changes, field, reason) => {
    expect(checkTerms(someTerms(changes))).toEqual([{ field, reason }])
  })

  it('are refused all together', () => {
    const errors = checkTerms(someTerms({ value: 0, totalQuantity: 0, perUserLimit: 0 }))
    expect(errors.map(({ field }) => field)).toEqual(['value', 'total_quantity', 'per_user_limit'])
  })

  it('name what is not on the menu, each by its place', () => {
    const known = { item: (id: string) => id === 'a', category: (id: string) => id === 'x' }
    expect(unknownIds({ itemIds: ['a', 'x'], categoryIds: ['a', 'x'] }, known)).toEqual([
      { field: 'item_ids.1', reason: 'unknown' },
      { field: 'category_ids.0', reason: 'unknown' },
    ])
  })

  it('are the same whatever the order of ids, and not when a word differs', () => {
    const one = tidied(someTerms({ itemIds: ['b', 'a', 'b'] }))
    expect(sameTerms(one, tidied(someTerms({ itemIds: ['a', 'b'] })))).toBe(true)
    for (const changes of [{ value: 11 }, { endsAt: 5 }, { active: false }, { itemIds: ['a'] }])
      expect(sameTerms(one, { ...one, ...changes })).toBe(false)
  })

  it('bring in what they did not have before', () => {
    const before = { itemIds: ['a'], categoryIds: ['x'] }
    expect(newIds(before, { itemIds: ['a', 'b'], categoryIds: [] })).toEqual({
      itemIds: ['b'],
      categoryIds: [],
    })
  })
})
