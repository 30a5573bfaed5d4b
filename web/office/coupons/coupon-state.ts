import type { Coupon } from './coupons-view.tsx'

export type CouponState = 'over' | 'paused' | 'usedUp' | 'later' | 'running'

type Terms = Pick<Coupon, 'active' | 'starts_at' | 'ends_at' | 'left'>

/** Where a coupon stands: what ends it for good is said before what somebody can change. */
export function stateOf({ active, starts_at, ends_at, left }: Terms, now: number): CouponState {
  if (ends_at !== null && Date.parse(ends_at) <= now) return 'over'
  if (!active) return 'paused'
  if (left <= 0) return 'usedUp'
  if (starts_at !== null && Date.parse(starts_at) > now) return 'later'
  return 'running'
}
