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

export interface CartState {
  id: string
  owner: string
  restaurantId: string | null
  lines: readonly CartLine[]
  version: number
  createdAt: number
  updatedAt: number
  expiresAt: number
}
