import type { AmountMinor } from '../money.ts'

/** A line as it was put into the cart; its price is only what the person saw then. */
export interface CartLine {
  /** Follows from item and options: the same line added again is the same line. */
  id: string
  itemId: string
  /** Choices by id, sorted. */
  options: readonly { optionId: string; choice: string }[]
  quantity: number
  /** Null while no restaurant was asked. */
  seenUnitPrice: AmountMinor | null
}

/** The Idempotency-Key of a change that was made, and the digest of what was asked. */
export interface RecentKey {
  key: string
  fingerprint: string
}

export interface CartState {
  id: string
  /** `cartOwner` of whose it is. */
  owner: string
  restaurantId: string | null
  lines: readonly CartLine[]
  version: number
  recentKeys: readonly RecentKey[]
  createdAt: number
  updatedAt: number
  expiresAt: number
}

/** The cart of someone who has none; its version is that of no cart that was ever stored. */
export const emptyCart = (owner: string, id: string, now: number): CartState => ({
  ...{ id, owner, restaurantId: null, lines: [], version: 0, recentKeys: [] },
  ...{ createdAt: now, updatedAt: now, expiresAt: now },
})

/** What an order under way takes of a cart. */
export interface CheckoutState {
  owner: string
  idempotencyKey: string
  fingerprint: string
  cartId: string
  restaurantId: string
  lines: readonly CartLine[]
  startedAt: number
  orderId: string | null
}
