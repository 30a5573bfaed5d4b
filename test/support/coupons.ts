import type { CouponState, CouponTerms } from '../../src/domain/coupon/coupon.ts'

/** Ten per cent off everything, for accounts, once each. */
export const someTerms = (changes: Partial<CouponTerms> = {}): CouponTerms => ({
  code: 'WELCOME',
  kind: 'PERCENT',
  value: 10,
  maxDiscount: null,
  minOrderAmount: 0,
  itemIds: [],
  categoryIds: [],
  startsAt: null,
  endsAt: null,
  totalQuantity: 100,
  perUserLimit: 1,
  stackable: false,
  forGuests: false,
  active: true,
  listed: false,
  ...changes,
})

export const aCoupon = (changes: Partial<CouponState> = {}): CouponState => ({
  ...someTerms(),
  id: `coupon-${changes.code ?? 'WELCOME'}`,
  createdAt: 0,
  changedAt: 0,
  claimed: 0,
  held: 0,
  used: 0,
  ...changes,
})
