import type { ClaimState, ClaimStatus, CouponState } from '../../domain/coupon/coupon.ts'

export interface RegisteredCode {
  code: string
  restaurantId: string
  registeredAt: number
}

/** Whose a code is, over all restaurants. */
export interface CouponCodes {
  /** Registers the code for the restaurant, or finds it there; false when it is another's. */
  register(entry: RegisteredCode): Promise<boolean>
  /** The restaurant's object has the coupon. */
  settle(code: string, restaurantId: string, at: number): Promise<void>
  /** Enters settled codes of coupons that the restaurant has; gives those that are another's. */
  adopt(codes: readonly string[], restaurantId: string, at: number): Promise<readonly string[]>
  restaurantOf(code: string): Promise<string | null>
  /** Registered before that time and not settled, longest first. */
  unsettled(registeredBefore: number, limit: number): Promise<readonly RegisteredCode[]>
  /** Gives up a code that is as it was read: nobody has settled it or registered it again. */
  remove(entry: RegisteredCode): Promise<boolean>
}

export interface CouponFilter {
  /** Null: of all. */
  restaurantIds: readonly string[] | null
  /** True: switched on and not over. False: the others. */
  active: boolean | null
  /** A part of the code, as codes are kept. */
  text: string | null
}

export interface CouponPage {
  limit: number
  /** The last id of the page before. */
  beforeId: string | null
  /** As an order page's. */
  bookmark?: string | null
}

/** `asOf` and `bookmark` as of orders found. */
export interface Found<T> {
  entries: readonly T[]
  asOf: number
  bookmark: string | null
}

export interface HeldCoupon {
  claim: ClaimState
  /** Null while the coupon itself has not arrived. */
  coupon: CouponState | null
  restaurant: { id: string; name: string | null }
}

/** The read model of coupons, newest first. */
export interface CouponIndex {
  page(
    filter: CouponFilter,
    page: CouponPage,
  ): Promise<Found<CouponState & { restaurantId: string }>>
  ofHolder(
    holder: string,
    filter: { status: ClaimStatus | null },
    page: CouponPage,
  ): Promise<Found<HeldCoupon>>
}
