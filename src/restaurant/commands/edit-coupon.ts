import { checkTerms, newIds, sameTerms, tidied } from '../../domain/coupon/terms.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { emitCoupon, watchEnd } from '../coupon-moves.ts'
import { unknownInMenu } from '../menu-ids.ts'

/** Other terms from now on. Orders that took it keep theirs, and claims that ended stay so. */
export const editCoupon: CommandModule<'edit-coupon'> = {
  run(cx, { couponId, changes }) {
    const coupon = cx.store.coupons.coupon(couponId)
    if (coupon === null) return refuse({ kind: 'NOT_FOUND', what: 'coupon' })
    const edited = { ...coupon, ...tidied(changes), changedAt: cx.now }
    const errors = [...checkTerms(edited), ...unknownInMenu(cx, newIds(coupon, edited))]
    if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
    if (edited.totalQuantity < coupon.claimed)
      return refuse({ kind: 'COUPON_BELOW_CLAIMED', claimed: coupon.claimed })
    if (sameTerms(coupon, edited)) return ok(coupon)
    cx.store.coupons.save(edited)
    watchEnd(cx, edited)
    emitCoupon(cx, edited)
    return ok(edited)
  },
}
