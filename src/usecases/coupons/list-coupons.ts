import type { CouponFilter, CouponPage, Found } from '../../db/repositories/coupon-ports.ts'
import type { Actor } from '../../domain/actor.ts'
import { foldedCode } from '../../domain/coupon/code.ts'
import type { CouponState } from '../../domain/coupon/coupon.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { managesAll, ownedBy } from './coupon-place.ts'

/** The text as it was typed. */
interface Wanted extends Omit<CouponFilter, 'restaurantIds'> {
  restaurantId: string | null
}

/** Coupons that the actor may manage, over all their restaurants or of one. */
export async function listCoupons(
  deps: Pick<Deps, 'couponIndex' | 'registry'>,
  actor: Actor,
  { restaurantId, active, text }: Wanted,
  page: CouponPage,
): Promise<Result<Found<CouponState & { restaurantId: string }>, Refusal>> {
  const filter = { active, text: text === null ? null : foldedCode(text) }
  const named = restaurantId === null ? null : [restaurantId]
  if (managesAll(actor))
    return ok(await deps.couponIndex.page({ ...filter, restaurantIds: named }, page))
  const owned = (await ownedBy(deps, actor)).map((membership) => membership.restaurantId)
  if (restaurantId !== null && !owned.includes(restaurantId))
    return refuse({ kind: 'NOT_FOUND', what: 'restaurant', field: 'restaurant_id' })
  return ok(await deps.couponIndex.page({ ...filter, restaurantIds: named ?? owned }, page))
}
