import type { z } from '@hono/zod-openapi'
import type { CommandValue } from '../domain/commands.ts'
import { leftOf, type CouponState, type CouponStats } from '../domain/coupon/coupon.ts'
import type { Currency } from '../domain/money.ts'
import { chargesJson } from '../domain/order/order-json.ts'
import type { QuotedOrder } from '../domain/order/quote-order.ts'
import type { HeldCoupon } from '../usecases/coupons/list-own-coupons.ts'
import type { Locale } from './context.ts'
import { messages } from './messages/index.ts'
import { verdictJson } from './order-quote-json.ts'
import { isoTime } from './schemas/common.ts'
import type {
  claimSchema,
  couponSchema,
  couponStats,
  couponTerms,
  ownCoupon,
  validated,
} from './schemas/coupons.ts'

type Json<T extends z.ZodType> = z.input<T>

export const termsJson = (coupon: CouponState): Json<typeof couponTerms> => ({
  id: coupon.id,
  code: coupon.code,
  kind: coupon.kind,
  value: coupon.value,
  max_discount: coupon.maxDiscount,
  min_order_amount: coupon.minOrderAmount,
  item_ids: [...coupon.itemIds],
  category_ids: [...coupon.categoryIds],
  starts_at: isoTime(coupon.startsAt),
  ends_at: isoTime(coupon.endsAt),
  per_user_limit: coupon.perUserLimit,
  stackable: coupon.stackable,
  for_guests: coupon.forGuests,
})

/** A coupon as those see it who manage it. */
export const couponJson = (
  coupon: CouponState & { restaurantId: string },
): Json<typeof couponSchema> => ({
  ...termsJson(coupon),
  restaurant_id: coupon.restaurantId,
  total_quantity: coupon.totalQuantity,
  listed: coupon.listed,
  active: coupon.active,
  claimed: coupon.claimed,
  held: coupon.held,
  used: coupon.used,
  left: leftOf(coupon),
  created_at: isoTime(coupon.createdAt),
  changed_at: isoTime(coupon.changedAt),
})

export const statsJson = (stats: CouponStats, currency: Currency): Json<typeof couponStats> => ({
  coupon_id: stats.coupon.id,
  code: stats.coupon.code,
  currency,
  total_quantity: stats.coupon.totalQuantity,
  claimed: stats.claimed,
  left: stats.left,
  free: stats.free,
  held: stats.held,
  used: stats.used,
  expired: stats.expired,
  released: stats.released,
  discount_amount: stats.discountAmount,
  revenue_amount: stats.revenueAmount,
  first_used_at: isoTime(stats.firstUsedAt),
  last_used_at: isoTime(stats.lastUsedAt),
})

export const claimJson = ({
  claim,
  coupon,
  left,
}: CommandValue<'claim-coupon'>): Json<typeof claimSchema> => ({
  claim_id: claim.id,
  status: claim.status,
  claimed_at: isoTime(claim.claimedAt),
  left,
  coupon: termsJson(coupon),
})

/** A claim as its holder sees it. */
export const ownCouponJson = ({
  claim,
  coupon,
  restaurant,
}: HeldCoupon): Json<typeof ownCoupon> => ({
  claim_id: claim.id,
  code: claim.code,
  status: claim.status,
  order_id: claim.orderId,
  claimed_at: isoTime(claim.claimedAt),
  changed_at: isoTime(claim.changedAt),
  history: claim.history.map(({ to, at, orderId }) => ({
    to,
    at: isoTime(at),
    order_id: orderId,
  })),
  coupon: coupon && termsJson(coupon),
  restaurant,
})

/** What the codes take off, or the first reason why one of them takes nothing. */
export function validatedJson(quote: QuotedOrder, locale: Locale): Json<typeof validated> {
  const refused = quote.coupons.find(({ applicable }) => !applicable)
  const reason = refused?.applicable === false ? refused.reason : null
  return {
    applicable: refused === undefined,
    reason,
    message: reason === null || reason === 'UNKNOWN' ? null : messages[locale][`COUPON_${reason}`],
    coupons: quote.coupons.map(verdictJson),
    currency: quote.restaurant.currency,
    ...chargesJson(quote.charges, 0),
    total_amount: quote.totalAmount,
    problems: quote.lines.flatMap(({ itemId, problem }) =>
      problem === null ? [] : [{ menu_id: itemId, reason: problem.kind }],
    ),
  }
}
