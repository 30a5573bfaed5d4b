import type { ClaimState, CouponState } from '../domain/coupon/coupon.ts'
import { originOf, type Origin } from './origin.ts'
import type { claimIndex, couponIndex } from './schema/coupons.ts'

export type CouponRow = typeof couponIndex.$inferInsert
export type ClaimRow = typeof claimIndex.$inferInsert

export function couponRow(coupon: CouponState, from: Origin): CouponRow {
  const { id, code, active, endsAt, createdAt } = coupon
  return {
    ...{ id, code, active, endsAt, createdAt },
    restaurantId: from.restaurantId,
    state: coupon,
    ...originOf(from),
  }
}

export function claimRow(claim: ClaimState, from: Origin): ClaimRow {
  const { id, couponId, holder, status, claimedAt } = claim
  return {
    ...{ id, couponId, holder, status, claimedAt },
    restaurantId: from.restaurantId,
    state: claim,
    ...originOf(from),
  }
}
