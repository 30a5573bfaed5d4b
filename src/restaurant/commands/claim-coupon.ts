import { whyNoClaim } from '../../domain/coupon/claiming.ts'
import { leftOf } from '../../domain/coupon/coupon.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { addClaim, couponsOfHolder } from '../coupon-moves.ts'

/** First come, first served: one claim for the asker's account or session. */
export const claimCoupon: CommandModule<'claim-coupon'> = {
  run(cx, { code }) {
    const found = couponsOfHolder(cx, [code])
    if (!found.ok) return found
    for (const theirs of found.value) {
      const refusal = whyNoClaim(theirs, cx.asker, cx.now)
      if (refusal !== null) return refuse(refusal)
      const { claim, coupon } = addClaim(cx, theirs.coupon)
      return ok({ claim, coupon, left: leftOf(coupon) })
    }
    return refuse({ kind: 'NOT_FOUND', what: 'coupon' })
  },
}
