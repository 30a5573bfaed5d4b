import type { CartLine } from '../../domain/cart/cart.ts'
import type { ClaimState } from '../../domain/coupon/coupon.ts'
import type { WholeOrder } from '../../domain/order/forget.ts'

/** A page of what is held of a person: `next` is where the one after it begins, null at the end. */
export interface HeldPage<T> {
  items: readonly T[]
  next: string | null
}

export interface HeldCart {
  restaurantId: string | null
  lines: readonly CartLine[]
  updatedAt: number
}

export interface HeldNote {
  text: string
  createdAt: number
}

/** Everything that is held of one person, to be handed out to them. */
export interface PersonalData {
  orders(userId: string, after: string | null): Promise<HeldPage<WholeOrder>>
  claims(userId: string, after: string | null): Promise<HeldPage<ClaimState>>
  carts(userId: string): Promise<readonly HeldCart[]>
  /** What support wrote of them. */
  notes(userId: string): Promise<readonly HeldNote[]>
  /** Whether a link that sets a new password is out. */
  hasResetLink(userId: string): Promise<boolean>
}
