import type { Actor } from '../../domain/actor.ts'
import type { CommandEnvelope } from '../../domain/commands.ts'
import type { CouponState, CouponTerms } from '../../domain/coupon/coupon.ts'
import { checkTerms, tidied } from '../../domain/coupon/terms.ts'
import { askerFor } from '../../domain/identity/asker.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { refuse } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { couponPlace } from './coupon-place.ts'

export interface CouponWish extends Pick<CommandEnvelope, 'idempotency' | 'traceId'> {
  actor: Actor
  terms: CouponTerms
  /** From the body, and from the header; null: the one restaurant that the actor owns. */
  restaurantId: string | null
  restaurantHeader: string | null
}

type Created =
  | { ok: true; value: CouponState & { restaurantId: string }; replayed: boolean }
  | { ok: false; refusal: Refusal }

/**
 * A new coupon: its code is registered on the platform, the restaurant's object makes the coupon, and
 * the code is settled. Cut in between, the same restaurant's repeat goes on; otherwise cron finds out
 * what became of it.
 */
export async function createCoupon(
  deps: Deps,
  { actor, terms, idempotency, traceId, ...named }: CouponWish,
): Promise<Created> {
  const errors = checkTerms(tidied(terms))
  if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
  const place = await couponPlace(deps, actor, named)
  if (!place.ok) return place
  const restaurantId = place.value
  return deps.toTheEnd(async () => {
    const { code } = terms
    if (!(await deps.couponCodes.register({ code, restaurantId, registeredAt: deps.now() })))
      return refuse({ kind: 'COUPON_CODE_TAKEN' })
    const created = await deps.restaurants(restaurantId).execute<'create-coupon'>({
      command: { type: 'create-coupon', terms },
      asker: askerFor(actor, restaurantId, 'coupon:manage'),
      idempotency,
      traceId,
    })
    if (!created.ok) return created
    await deps.couponCodes.settle(code, restaurantId, deps.now())
    return { ...created, value: { ...created.value, restaurantId } }
  })
}
