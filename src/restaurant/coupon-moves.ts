import { stableScope } from '../domain/actor.ts'
import {
  afterClaimEvent,
  counting,
  newClaim,
  type ClaimEvent,
  type CouponOfHolder,
} from '../domain/coupon/claiming.ts'
import type { ClaimState, ClaimStatus, CouponState } from '../domain/coupon/coupon.ts'
import type { TakenCoupon } from '../domain/coupon/taking.ts'
import type { OrderState } from '../domain/order/order.ts'
import { isCovered } from '../domain/payment/refunding.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import type { Context } from './context.ts'

/** Claims that end in one transaction; an object serves its kitchen meanwhile. */
const ENDING_AT_ONCE = 500

/** The coupons of the codes, each with what the asker has of it; an unknown code is refused. */
export function couponsOfHolder(
  cx: Context,
  codes: readonly string[],
): Result<readonly CouponOfHolder[], Refusal> {
  const holder = stableScope(cx.asker)
  const found: CouponOfHolder[] = []
  for (const code of new Set(codes)) {
    const coupon = cx.store.coupons.byCode(code)
    if (coupon === null) return refuse({ kind: 'NOT_FOUND', what: 'coupon' })
    found.push({ coupon, mine: cx.store.coupons.ofHolder(holder, coupon.id) })
  }
  return ok(found)
}

/** Announces the coupon as it is. */
export function emitCoupon(cx: Context, coupon: CouponState): void {
  cx.emit({ type: 'COUPON_CHANGED', subject: { kind: 'coupon', coupon }, message: null })
}

/** Enters when the coupon's free claims end; replaces what was entered before. */
export function watchEnd(cx: Context, { id, endsAt }: CouponState): void {
  if (endsAt === null) cx.agenda.done('coupon-ends', id)
  else cx.agenda.set('coupon-ends', id, endsAt)
}

/** The asker has one more claim; whether they may was decided before. */
export function addClaim(
  cx: Context,
  coupon: CouponState,
): { claim: ClaimState; coupon: CouponState } {
  const claim = newClaim(coupon, cx.asker, cx.mintTimedId(), cx.now)
  cx.store.coupons.addClaim(claim)
  return { claim, coupon: afterMove(cx, null, claim) }
}

/** Announces the claim and counts its change in its coupon. */
function afterMove(cx: Context, before: ClaimStatus | null, claim: ClaimState): CouponState {
  cx.emit({ type: 'COUPON_CLAIM_CHANGED', subject: { kind: 'claim', claim }, message: null })
  const coupon = couponOf(cx, claim)
  const { claimed, held, used } = counting(before, claim.status)
  if (claimed === 0 && held === 0 && used === 0) return coupon
  const counted = {
    ...coupon,
    claimed: coupon.claimed + claimed,
    held: coupon.held + held,
    used: coupon.used + used,
  }
  cx.store.coupons.save(counted)
  emitCoupon(cx, counted)
  return counted
}

function couponOf(cx: Context, { id, couponId }: ClaimState): CouponState {
  const coupon = cx.store.coupons.coupon(couponId)
  if (coupon === null) throw new Error(`claim ${id} has no coupon`)
  return coupon
}

/** Takes the claim through the events that its table has for it; they are told as one change. */
function moveClaim(
  cx: Context,
  claim: ClaimState,
  events: readonly ClaimEvent[],
  orderId: string | null,
): void {
  let next = claim
  for (const event of events) next = afterClaimEvent(next, event, orderId, cx.now) ?? next
  if (next === claim) return
  cx.store.coupons.moveClaim(claim.status, next)
  afterMove(cx, claim.status, next)
}

/** The order that is being placed has these coupons now; a free order has used them. */
export function holdCoupons(
  cx: Context,
  order: OrderState,
  taken: readonly (TakenCoupon & { claimId: string })[],
): void {
  const events: readonly ClaimEvent[] = isCovered(order) ? ['held', 'used'] : ['held']
  for (const { coupon, claim, claimId } of taken) {
    if (claim !== null) moveClaim(cx, claim, events, order.id)
    else {
      let next = newClaim(coupon, cx.asker, claimId, cx.now)
      for (const event of events) next = afterClaimEvent(next, event, order.id, cx.now) ?? next
      cx.store.coupons.addClaim(next)
      afterMove(cx, null, next)
    }
  }
}

/** What the order costs is in: its coupons are used. Nothing happens when they were before. */
export function useCoupons(cx: Context, order: OrderState): void {
  if (isCovered(order))
    for (const claim of claimsOf(cx, order)) moveClaim(cx, claim, ['used'], order.id)
}

/** The order is over before anything was made of it: its coupons are free again, or end if theirs has. */
export function giveCouponsBack(cx: Context, order: OrderState): void {
  for (const claim of claimsOf(cx, order)) {
    const { endsAt } = couponOf(cx, claim)
    const over = endsAt !== null && endsAt <= cx.now
    moveClaim(cx, claim, over ? ['given-back', 'expired'] : ['given-back'], order.id)
  }
}

const claimsOf = (cx: Context, { coupons }: OrderState): ClaimState[] =>
  (coupons ?? []).flatMap(({ claimId }) => cx.store.coupons.claim(claimId) ?? [])

/** The coupon has ended: claims that no order has end with it, some at a time. */
export function endFreeClaims(cx: Context, couponId: string): void {
  const coupon = cx.store.coupons.coupon(couponId)
  if (coupon === null || coupon.endsAt === null) return
  if (coupon.endsAt > cx.now) {
    watchEnd(cx, coupon)
    return
  }
  const free = cx.store.coupons.freeClaims(couponId, ENDING_AT_ONCE)
  for (const claim of free) moveClaim(cx, claim, ['expired'], null)
  // A millisecond on, so that the rest gets a transaction of its own.
  if (free.length === ENDING_AT_ONCE) cx.agenda.set('coupon-ends', couponId, cx.now + 1)
}
