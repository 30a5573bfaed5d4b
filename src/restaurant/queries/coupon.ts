import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** One coupon with its counts. */
export const coupon: QueryModule<'coupon'> = (cx, { couponId }) => {
  const found = cx.store.coupons.coupon(couponId)
  return found === null ? refuse({ kind: 'NOT_FOUND', what: 'coupon' }) : ok(found)
}
