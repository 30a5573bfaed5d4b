import type { AmountMinor } from '../money.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { CouponReason, CouponTerms } from './coupon.ts'

/** A coupon as the discount sees it; terms that are not written yet have no id and need none. */
export type DiscountingCoupon = { id: string } & Pick<
  CouponTerms,
  | 'code'
  | 'kind'
  | 'value'
  | 'maxDiscount'
  | 'minOrderAmount'
  | 'itemIds'
  | 'categoryIds'
  | 'startsAt'
  | 'endsAt'
  | 'stackable'
  | 'active'
>

export interface DiscountedLine {
  itemId: string
  categoryId: string
  /** Of all its portions, before any discount. */
  total: AmountMinor
}

export interface CouponDiscount {
  couponId: string
  code: string
  discount: AmountMinor
  /** By line, in the lines' order; they sum up to the discount. */
  shares: readonly AmountMinor[]
}

/** Which coupon takes nothing off, and why. */
export interface NotApplicable {
  code: string
  reason: CouponReason
  /** With BELOW_MIN_ORDER_AMOUNT: what the lines must come to. */
  minOrderAmount?: AmountMinor
}

/** Whether the coupon runs at that time: the first moment is in, the last one is not. */
export function whyNotNow(
  coupon: Pick<CouponTerms, 'active' | 'startsAt' | 'endsAt'>,
  now: number,
): 'INACTIVE' | 'NOT_STARTED' | 'ENDED' | null {
  if (!coupon.active) return 'INACTIVE'
  if (coupon.startsAt !== null && now < coupon.startsAt) return 'NOT_STARTED'
  return coupon.endsAt !== null && now >= coupon.endsAt ? 'ENDED' : null
}

/**
 * What each coupon takes off, and off which lines. PERCENT comes before FIXED, each on what the earlier
 * ones left, ties by code; several only where all are stackable. One that would take nothing is refused,
 * so that nobody spends it for nothing.
 */
export function discountOf(
  coupons: readonly DiscountingCoupon[],
  lines: readonly DiscountedLine[],
  now: number,
): Result<readonly CouponDiscount[], NotApplicable> {
  const sum = lines.reduce((total, line) => total + line.total, 0)
  let left = lines.map(({ total }) => total)
  const given: CouponDiscount[] = []
  for (const coupon of [...coupons].sort(inOrder)) {
    const { code } = coupon
    const reason = whyNotNow(coupon, now)
    if (reason !== null) return refuse({ code, reason })
    if (coupons.length > 1 && !coupon.stackable) return refuse({ code, reason: 'NOT_STACKABLE' })
    if (sum < coupon.minOrderAmount) {
      const { minOrderAmount } = coupon
      return refuse({ code, reason: 'BELOW_MIN_ORDER_AMOUNT', minOrderAmount })
    }
    if (!lines.some((line) => isEligible(coupon, line)))
      return refuse({ code, reason: 'NO_ELIGIBLE_ITEMS' })
    const open = lines.map((line, index) => (isEligible(coupon, line) ? (left[index] ?? 0) : 0))
    const discount = takenOff(
      coupon,
      open.reduce((total, amount) => total + amount, 0),
    )
    if (discount === 0) return refuse({ code, reason: 'NOTHING_TO_TAKE_OFF' })
    const shares = spreadOver(discount, open)
    left = left.map((amount, index) => amount - (shares[index] ?? 0))
    given.push({ couponId: coupon.id, code, discount, shares })
  }
  return ok(given)
}

/** The lines' shares of all coupons together. */
export const sharesByLine = (discounts: readonly CouponDiscount[], lines: number): AmountMinor[] =>
  Array.from({ length: lines }, (_, index) =>
    discounts.reduce((sum, { shares }) => sum + (shares[index] ?? 0), 0),
  )

function inOrder(a: DiscountingCoupon, b: DiscountingCoupon): number {
  if (a.kind !== b.kind) return a.kind === 'PERCENT' ? -1 : 1
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0
}

/** Whether the coupon is for that item, or for everything. */
export const isEligible = (
  { itemIds, categoryIds }: Pick<CouponTerms, 'itemIds' | 'categoryIds'>,
  line: Pick<DiscountedLine, 'itemId' | 'categoryId'>,
): boolean =>
  (itemIds.length === 0 && categoryIds.length === 0) ||
  itemIds.includes(line.itemId) ||
  categoryIds.includes(line.categoryId)

function takenOff({ kind, value, maxDiscount }: DiscountingCoupon, base: AmountMinor): AmountMinor {
  const wanted = kind === 'PERCENT' ? Math.floor((base * value) / 100) : value
  return Math.min(wanted, base, maxDiscount ?? wanted)
}

/** By largest remainder, ties to the earlier line. The products are beyond what a double counts exactly. */
function spreadOver(amount: AmountMinor, weights: readonly AmountMinor[]): AmountMinor[] {
  const whole = BigInt(weights.reduce((sum, weight) => sum + weight, 0))
  const parts = weights.map((weight, index) => {
    const product = BigInt(amount) * BigInt(weight)
    return { index, share: Number(product / whole), remainder: product % whole }
  })
  let rest = amount - parts.reduce((sum, { share }) => sum + share, 0)
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )
  for (const part of byRemainder) {
    if (rest === 0) break
    part.share += 1
    rest -= 1
  }
  return parts.map(({ share }) => share)
}
