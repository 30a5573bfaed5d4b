import { checkTerms, sameTerms, tidied } from '../../domain/coupon/terms.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { emitCoupon, watchEnd } from '../coupon-moves.ts'
import { unknownInMenu } from '../menu-ids.ts'

/** A new coupon of the restaurant's; whose code it is on the platform was settled before. */
export const createCoupon: CommandModule<'create-coupon'> = {
  run(cx, command) {
    const terms = tidied(command.terms)
    const existing = cx.store.coupons.byCode(terms.code)
    if (existing !== null)
      return sameTerms(existing, terms) ? ok(existing) : refuse({ kind: 'COUPON_CODE_TAKEN' })
    const errors = [...checkTerms(terms), ...unknownInMenu(cx, terms)]
    if (terms.endsAt !== null && terms.endsAt <= cx.now)
      errors.push({ field: 'ends_at', reason: 'not_in_the_future' })
    if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
    const coupon = {
      ...terms,
      id: cx.mintRandomId(),
      createdAt: cx.now,
      changedAt: cx.now,
      claimed: 0,
      held: 0,
      used: 0,
    }
    cx.store.coupons.add(coupon)
    watchEnd(cx, coupon)
    emitCoupon(cx, coupon)
    return ok(coupon)
  },
}
