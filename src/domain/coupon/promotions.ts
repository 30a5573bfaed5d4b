import { leftOf, type CouponState } from './coupon.ts'
import { isEligible, whyNotNow, type DiscountedLine } from './discount.ts'

/**
 * The coupons to be shown with an item, those that end first first: listed, running, with some left, and
 * taking something off it. Those that take something off everything are among them.
 */
export const promotionsFor = (
  coupons: readonly CouponState[],
  item: Pick<DiscountedLine, 'itemId' | 'categoryId'>,
  now: number,
): CouponState[] =>
  coupons
    .filter(
      (coupon) =>
        coupon.listed &&
        whyNotNow(coupon, now) === null &&
        leftOf(coupon) > 0 &&
        isEligible(coupon, item),
    )
    .sort(byEnd)

const byEnd = (a: CouponState, b: CouponState): number => {
  const [left, right] = [a.endsAt ?? Infinity, b.endsAt ?? Infinity]
  if (left !== right) return left < right ? -1 : 1
  return a.code < b.code ? -1 : 1
}
