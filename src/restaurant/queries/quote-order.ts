import { stableScope } from '../../domain/actor.ts'
import { normaliseCode } from '../../domain/coupon/code.ts'
import { reasonOf, whyNoneToTake } from '../../domain/coupon/taking.ts'
import type { Candidate } from '../../domain/coupon/verdict.ts'
import { quoteOrder as decide } from '../../domain/order/quote-order.ts'
import { ok } from '../../domain/result.ts'
import type { Context } from '../context.ts'
import type { QueryModule } from '../query-module.ts'

/** What an order of these lines would come to for the asker, now. */
export const quoteOrder: QueryModule<'quote-order'> = (cx, { couponCodes, ...asked }) => {
  const spelled = couponCodes.map((typed) => normaliseCode(typed) ?? typed)
  const codes = [...new Set(spelled)].map((code) => candidate(cx, code))
  const restaurant = cx.restaurant()
  const menu = cx.store.menu.itemsByIds(asked.lines.map(({ itemId }) => itemId))
  const atTable = asked.atTable ?? cx.asker.visit !== null
  return ok(decide({ restaurant, menu, codes }, { ...asked, atTable }, cx.now))
}

/** Of a code as codes are kept; what is none stands as it was typed. */
function candidate(cx: Context, code: string): Candidate {
  const coupon = cx.store.coupons.byCode(code)
  if (coupon === null) return { code, reason: 'UNKNOWN' }
  const mine = cx.store.coupons.ofHolder(stableScope(cx.asker), coupon.id)
  const refusal = whyNoneToTake({ coupon, mine }, cx.asker, cx.now)
  return refusal === null
    ? { code: coupon.code, coupon }
    : { code: coupon.code, reason: reasonOf(refusal) }
}
