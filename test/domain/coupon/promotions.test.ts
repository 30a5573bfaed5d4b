import { describe, expect, it } from 'vitest'
import type { CouponState } from '../../../src/domain/coupon/coupon.ts'
import { promotionsFor } from '../../../src/domain/coupon/promotions.ts'

const NOW = Date.UTC(2026, 10, 20)
const CHICKEN = { itemId: 'chicken', categoryId: 'mains' }

const coupon = (changes: Partial<CouponState> = {}): CouponState => ({
  id: 'id',
  code: 'SPRING',
  kind: 'FIXED',
  value: 1000,
  maxDiscount: null,
  minOrderAmount: 0,
  itemIds: [],
  categoryIds: [],
  startsAt: null,
  endsAt: null,
  totalQuantity: 10,
  perUserLimit: 1,
  stackable: false,
  forGuests: false,
  listed: true,
  active: true,
  createdAt: 0,
  changedAt: 0,
  claimed: 0,
  held: 0,
  used: 0,
  ...changes,
})

describe('what is shown with an item', () => {
  it.each<[string, Partial<CouponState>, boolean]>([
    ['is off everything', {}, true],
    ['is for the item', { itemIds: ['soup', 'chicken'] }, true],
    ['is for its category', { categoryIds: ['mains'] }, true],
    ['is for another item', { itemIds: ['soup'] }, false],
    ['is for another category', { categoryIds: ['drinks'] }, false],
    ['is not listed', { listed: false }, false],
    ['is switched off', { active: false }, false],
    ['starts this moment', { startsAt: NOW }, true],
    ['starts in a millisecond', { startsAt: NOW + 1 }, false],
    ['ends in a millisecond', { endsAt: NOW + 1 }, true],
    ['ends this moment', { endsAt: NOW }, false],
    ['has one left', { claimed: 9 }, true],
    ['has none left', { claimed: 10 }, false],
  ])('a coupon that %s', (_, changes, shown) => {
    expect(promotionsFor([coupon(changes)], CHICKEN, NOW)).toHaveLength(shown ? 1 : 0)
  })

  it('comes with what ends first first, then by code', () => {
    const shown = promotionsFor(
      [
        coupon({ code: 'B' }),
        coupon({ code: 'LATE', endsAt: NOW + 2 }),
        coupon({ code: 'A' }),
        coupon({ code: 'SOON', endsAt: NOW + 1 }),
      ],
      CHICKEN,
      NOW,
    )
    expect(shown.map(({ code }) => code)).toEqual(['SOON', 'LATE', 'A', 'B'])
  })
})
