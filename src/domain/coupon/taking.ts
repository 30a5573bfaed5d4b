import type { Asker } from '../actor.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { notApplicable, whyNoClaim, type CouponOfHolder, type CouponRefusal } from './claiming.ts'
import type { ClaimState, CouponReason, CouponState } from './coupon.ts'
import { discountOf, type CouponDiscount, type DiscountedLine } from './discount.ts'

/** Coupons that one order may bear. */
export const MAX_COUPONS_PER_ORDER = 5

/** A coupon that an order may take. */
export interface TakenCoupon extends CouponDiscount {
  coupon: CouponState
  /** The asker's oldest free claim; null = one is made along with the order. */
  claim: ClaimState | null
}

/** What the coupons take off the lines for this asker now, and by which claims; or the first that is refused. */
export function takeCoupons(
  wanted: readonly CouponOfHolder[],
  lines: readonly DiscountedLine[],
  asker: Pick<Asker, 'userId'>,
  now: number,
): Result<readonly TakenCoupon[], Refusal> {
  const coupons = wanted.map(({ coupon }) => coupon)
  const discounts = discountOf(coupons, lines, now)
  if (!discounts.ok) {
    const coupon = coupons.find(({ code }) => code === discounts.refusal.code)
    return refuse(notApplicable(coupon ?? { startsAt: null, endsAt: null }, discounts.refusal))
  }
  const taken: TakenCoupon[] = []
  for (const discount of discounts.value) {
    const theirs = wanted.find(({ coupon }) => coupon.id === discount.couponId)
    if (theirs === undefined) throw new Error(`nobody asked for coupon ${discount.couponId}`)
    const refusal = whyNoneToTake(theirs, asker, now)
    if (refusal !== null) return refuse(refusal)
    taken.push({ ...discount, coupon: theirs.coupon, claim: freeClaim(theirs) })
  }
  return ok(taken)
}

const freeClaim = ({ mine }: CouponOfHolder): ClaimState | null =>
  mine.find(({ status }) => status === 'CLAIMED') ?? null

/**
 * Why the asker has no claim that an order could take, and cannot get one; null = they have or can. A
 * claim on an unpaid order may become free again, one that is spent will not.
 */
export function whyNoneToTake(
  theirs: CouponOfHolder,
  asker: Pick<Asker, 'userId'>,
  now: number,
): CouponRefusal | null {
  if (freeClaim(theirs) !== null) return null
  const refusal = whyNoClaim(theirs, asker, now)
  if (refusal?.kind !== 'COUPON_ALREADY_CLAIMED') return refusal
  const held = theirs.mine.findLast(({ status }) => status === 'HELD')
  return held === undefined ? refusal : { ...refusal, why: 'IN_USE', claimId: held.id }
}

/** The refusal as a reason beside others. */
export function reasonOf(refusal: CouponRefusal): CouponReason {
  if (refusal.kind === 'COUPON_EXHAUSTED') return 'EXHAUSTED'
  return refusal.kind === 'COUPON_ALREADY_CLAIMED' ? refusal.why : refusal.reason
}
