import type { AmountMinor } from '../money.ts'

export const COUPON_KINDS = ['FIXED', 'PERCENT'] as const
export type CouponKind = (typeof COUPON_KINDS)[number]

/** What a coupon gives, to whom and until when; what was said when an order took it stays with the order. */
export interface CouponTerms {
  /** As `normaliseCode` leaves it; unique on the platform, never used again. */
  code: string
  kind: CouponKind
  /** FIXED: minor units of the restaurant's currency. PERCENT: whole per cent, 1 to 100. */
  value: number
  /** Most that it takes off one order; null = no limit. */
  maxDiscount: AmountMinor | null
  /** The order's lines must come to this before any discount. */
  minOrderAmount: AmountMinor
  /** Takes off these items and the items of these categories alone; both empty = off everything. */
  itemIds: readonly string[]
  categoryIds: readonly string[]
  /** From and until, the first moment included and the last not; null = no such limit. */
  startsAt: number | null
  endsAt: number | null
  totalQuantity: number
  /** Claims one holder may ever have. */
  perUserLimit: number
  /** May stand on one order beside other stackable ones. */
  stackable: boolean
  /** Sessions without an account may claim it; the limit then counts sessions. */
  forGuests: boolean
  /** Shown to everybody with the items it applies to, code and all; others have to know the code. */
  listed: boolean
  /** False: neither claimed nor taken any more; what is held stays held. */
  active: boolean
}

/** A coupon with what has become of its claims; `claimed` counts every claim ever made. */
export interface CouponState extends CouponTerms {
  id: string
  createdAt: number
  /** When its terms were last changed; counts change without it. */
  changedAt: number
  claimed: number
  held: number
  used: number
}

/** CLAIMED: free to be taken. HELD: an order that is not paid yet has it. USED: a paid order has it. */
export const CLAIM_STATUSES = ['CLAIMED', 'HELD', 'USED', 'EXPIRED'] as const
export type ClaimStatus = (typeof CLAIM_STATUSES)[number]

export interface ClaimMove {
  /** RELEASED: an order gave it back, and it is CLAIMED again. */
  to: ClaimStatus | 'RELEASED'
  at: number
  orderId: string | null
}

/** One use of a coupon that belongs to one holder. */
export interface ClaimState {
  id: string
  couponId: string
  code: string
  /** `stableScope` of who claimed it: the account, or the session without one. */
  holder: string
  userId: string | null
  sessionId: string
  status: ClaimStatus
  /** The order that has it; null while CLAIMED or EXPIRED. */
  orderId: string | null
  claimedAt: number
  changedAt: number
  /** Oldest first; the newest 50. */
  history: readonly ClaimMove[]
}

/** Why a coupon takes nothing off. */
export type CouponReason =
  | 'INACTIVE'
  | 'NOT_STARTED'
  | 'ENDED'
  | 'EXHAUSTED'
  | 'ACCOUNT_NEEDED'
  | 'LIMIT_REACHED'
  | 'IN_USE'
  | 'BELOW_MIN_ORDER_AMOUNT'
  | 'NO_ELIGIBLE_ITEMS'
  /** What it applies to costs nothing, or so little that its part rounds to nothing. */
  | 'NOTHING_TO_TAKE_OFF'
  | 'NOT_STACKABLE'

/** What may be edited; a coupon keeps its code. */
export type CouponChanges = Partial<Omit<CouponTerms, 'code'>>

/** Claims that can still be made. */
export const leftOf = (coupon: Pick<CouponState, 'totalQuantity' | 'claimed'>): number =>
  coupon.totalQuantity - coupon.claimed

/**
 * Whether what happened at `at` is of interest beyond the claimants: its terms, or its last claim. Not
 * every claim: a rush for a coupon would drown everything else.
 */
export const isCouponNews = (
  { changedAt, claimed, totalQuantity }: CouponState,
  at: number,
): boolean => changedAt === at || claimed === totalQuantity

/** What has come of a coupon, counted from its claims and their orders. */
export interface CouponStats {
  coupon: CouponState
  /** Every claim ever made; each is free, held, used or expired now. */
  claimed: number
  free: number
  held: number
  used: number
  expired: number
  left: number
  /** How often an order gave a claim back. */
  released: number
  /** Taken off the paid orders that used it. */
  discountAmount: AmountMinor
  /** What was captured for those orders and not paid back. */
  revenueAmount: AmountMinor
  firstUsedAt: number | null
  lastUsedAt: number | null
}
