import type { CouponPage, Found, HeldCoupon } from '../../db/repositories/coupon-ports.ts'
import { stableScope, type Actor } from '../../domain/actor.ts'
import type { ClaimStatus } from '../../domain/coupon/coupon.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

export type { HeldCoupon }

interface Wanted {
  status: ClaimStatus | null
  restaurantId: string | null
}

/**
 * What the caller holds, newest first: over all restaurants from the read model, of one from its object,
 * as a table's guest always is answered.
 */
export async function listOwnCoupons(
  deps: Pick<Deps, 'couponIndex' | 'restaurants' | 'now'>,
  actor: Actor,
  { status, restaurantId }: Wanted,
  page: CouponPage,
): Promise<Result<Found<HeldCoupon>, Refusal>> {
  const at = restaurantId ?? (actor.userId === null ? (actor.visit?.tableId ?? null) : null)
  if (at === null) return ok(await deps.couponIndex.ofHolder(stableScope(actor), { status }, page))
  const restaurant = deps.restaurants(at)
  const asker = askerAt(actor, at)
  const [held, of] = await Promise.all([
    restaurant.query<'own-claims'>({
      query: { type: 'own-claims', status, limit: page.limit, beforeId: page.beforeId },
      asker,
    }),
    restaurant.query<'restaurant'>({ query: { type: 'restaurant' }, asker }),
  ])
  if (!held.ok) return held
  if (!of.ok) return of
  const { id, name } = of.value
  const entries = held.value.map((one) => ({ ...one, restaurant: { id, name } }))
  return ok({ entries, asOf: deps.now(), bookmark: null })
}
