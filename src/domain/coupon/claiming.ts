import { stableScope, type Asker } from '../actor.ts'
import type { Refusal } from '../refusal.ts'
import type { ClaimMove, ClaimState, ClaimStatus, CouponState } from './coupon.ts'
import { leftOf } from './coupon.ts'
import { whyNotNow, type NotApplicable } from './discount.ts'

/** Moves of a claim after it was made. Given back on an order's end; expired with its coupon. */
export const CLAIM_EVENTS = ['held', 'used', 'given-back', 'expired'] as const
export type ClaimEvent = (typeof CLAIM_EVENTS)[number]

/** event × status → status. A pair that is not here changes nothing. */
export const CLAIM_TABLE: Record<ClaimEvent, Partial<Record<ClaimStatus, ClaimStatus>>> = {
  held: { CLAIMED: 'HELD' },
  used: { HELD: 'USED' },
  'given-back': { HELD: 'CLAIMED', USED: 'CLAIMED' },
  expired: { CLAIMED: 'EXPIRED' },
}

const HISTORY_KEPT = 50

/** A coupon and what the asker has of it, oldest claim first. */
export interface CouponOfHolder {
  coupon: CouponState
  mine: readonly ClaimState[]
}

export type CouponRefusal = Extract<
  Refusal,
  { kind: 'COUPON_EXHAUSTED' | 'COUPON_ALREADY_CLAIMED' | 'COUPON_NOT_APPLICABLE' }
>

/** Why the asker cannot have another claim of the coupon now; null = they can. */
export function whyNoClaim(
  { coupon, mine }: CouponOfHolder,
  asker: Pick<Asker, 'userId'>,
  now: number,
): CouponRefusal | null {
  const { code } = coupon
  const reason = whyNotNow(coupon, now) ?? whyNotTheirs(coupon, asker)
  if (reason !== null) return notApplicable(coupon, { code, reason })
  const newest = mine.at(-1)
  if (newest !== undefined && mine.length >= coupon.perUserLimit)
    return { kind: 'COUPON_ALREADY_CLAIMED', code, why: 'LIMIT_REACHED', claimId: newest.id }
  return leftOf(coupon) > 0 ? null : { kind: 'COUPON_EXHAUSTED', code }
}

const whyNotTheirs = (
  { forGuests }: CouponState,
  { userId }: Pick<Asker, 'userId'>,
): 'ACCOUNT_NEEDED' | null => (userId === null && !forGuests ? 'ACCOUNT_NEEDED' : null)

/** The refusal, with what would have been needed. */
export const notApplicable = (
  { startsAt, endsAt }: Pick<CouponState, 'startsAt' | 'endsAt'>,
  { code, reason, minOrderAmount }: NotApplicable,
): CouponRefusal => ({
  kind: 'COUPON_NOT_APPLICABLE',
  code,
  reason,
  ...(minOrderAmount !== undefined && { minOrderAmount }),
  ...(reason === 'NOT_STARTED' && startsAt !== null && { startsAt }),
  ...(reason === 'ENDED' && endsAt !== null && { endsAt }),
})

/** A claim as it begins; its coupon counts it with `counting(null, 'CLAIMED')`. */
export const newClaim = (
  { id: couponId, code }: CouponState,
  { sessionId, userId }: Pick<Asker, 'sessionId' | 'userId'>,
  id: string,
  now: number,
): ClaimState => ({
  id,
  couponId,
  code,
  holder: stableScope({ sessionId, userId }),
  userId,
  sessionId,
  status: 'CLAIMED',
  orderId: null,
  claimedAt: now,
  changedAt: now,
  history: [{ to: 'CLAIMED', at: now, orderId: null }],
})

/** The claim after the event; null when its table has no such move. `orderId` is of the order that moves it. */
export function afterClaimEvent(
  claim: ClaimState,
  event: ClaimEvent,
  orderId: string | null,
  now: number,
): ClaimState | null {
  const status = CLAIM_TABLE[event][claim.status]
  if (status === undefined) return null
  // What another order has is not this one's to move.
  if (claim.orderId !== null && claim.orderId !== orderId) return null
  const to = event === 'given-back' ? 'RELEASED' : status
  const move: ClaimMove = { to, at: now, orderId }
  return {
    ...claim,
    status,
    orderId: status === 'CLAIMED' || status === 'EXPIRED' ? null : orderId,
    changedAt: now,
    history: [...claim.history, move].slice(-HISTORY_KEPT),
  }
}

/** What the change of one claim does to its coupon's counts. */
export function counting(
  before: ClaimStatus | null,
  after: ClaimStatus,
): Pick<CouponState, 'claimed' | 'held' | 'used'> {
  const is = (status: ClaimStatus): number => Number(after === status) - Number(before === status)
  return { claimed: before === null ? 1 : 0, held: is('HELD'), used: is('USED') }
}
