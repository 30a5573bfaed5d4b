import type { AmountMinor } from '../money.ts'
import type { CouponReason } from './coupon.ts'
import {
  discountOf,
  sharesByLine,
  type CouponDiscount,
  type DiscountedLine,
  type DiscountingCoupon,
} from './discount.ts'

/** What a code would take off an order, or why nothing. UNKNOWN: no coupon of this restaurant. */
export type CouponVerdict =
  | { code: string; applicable: true; couponId: string; discount: AmountMinor }
  | {
      code: string
      applicable: false
      reason: CouponReason | 'UNKNOWN'
      minOrderAmount?: AmountMinor
    }

/** A code with its coupon, or with what keeps this holder from taking it. */
export type Candidate =
  { code: string; coupon: DiscountingCoupon } | { code: string; reason: CouponReason | 'UNKNOWN' }

/**
 * Each code on its own where it does not fit, the others together: where one that cannot stand beside
 * others is among them, it says so and these take off what they do without it.
 */
export function judgeCodes(
  candidates: readonly Candidate[],
  lines: readonly DiscountedLine[],
  now: number,
): { verdicts: CouponVerdict[]; shares: AmountMinor[] } {
  const refused = new Map<string, CouponVerdict>()
  const coupons = candidates.flatMap((one) => ('coupon' in one ? [one.coupon] : []))
  let left = [...new Map(coupons.map((coupon) => [coupon.id, coupon])).values()]
  let given: readonly CouponDiscount[] = []
  while (left.length > 0) {
    const found = discountOf(left, lines, now)
    if (found.ok) {
      given = found.value
      break
    }
    const { code } = found.refusal
    refused.set(code, { ...found.refusal, applicable: false })
    left = left.filter((coupon) => coupon.code !== code)
  }
  const verdicts = candidates.map((one): CouponVerdict => {
    const { code } = one
    if (!('coupon' in one)) return { code, applicable: false, reason: one.reason }
    const taken = given.find(({ couponId }) => couponId === one.coupon.id)
    if (taken === undefined)
      return refused.get(one.coupon.code) ?? { code, applicable: false, reason: 'UNKNOWN' }
    return { code, applicable: true, couponId: taken.couponId, discount: taken.discount }
  })
  return { verdicts, shares: sharesByLine(given, lines.length) }
}
