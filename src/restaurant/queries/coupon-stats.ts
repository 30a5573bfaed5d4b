import { leftOf } from '../../domain/coupon/coupon.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** What has come of a coupon, counted from its claims. */
export const couponStats: QueryModule<'coupon-stats'> = (cx, { couponId }) => {
  const coupon = cx.store.coupons.coupon(couponId)
  if (coupon === null) return refuse({ kind: 'NOT_FOUND', what: 'coupon' })
  return ok({ coupon, ...cx.store.coupons.counted(couponId), left: leftOf(coupon) })
}
