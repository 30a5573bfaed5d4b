import { stableScope } from '../../domain/actor.ts'
import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** What the asker's account or session has of the restaurant's coupons, newest first. */
export const ownClaims: QueryModule<'own-claims'> = (cx, { status, limit, beforeId }) =>
  ok(
    cx.store.coupons
      .claimsOf(stableScope(cx.asker), { status, limit, beforeId })
      .flatMap((claim) => {
        const coupon = cx.store.coupons.coupon(claim.couponId)
        return coupon === null ? [] : [{ claim, coupon }]
      }),
  )
