import type { AmountMinor } from '../money.ts'

export interface Choice {
  id: string
  name: string
  priceDelta: AmountMinor
}

export interface ItemOption {
  id: string
  name: string
  required: boolean
  /** Fewest and most choices a line may carry of this option. */
  min: number
  max: number
  choices: readonly Choice[]
}

export interface Category {
  id: string
  name: string
  position: number
}

export interface MenuItem {
  id: string
  categoryId: string
  /** Small, the restaurant's own, never reused. */
  number: number
  name: string
  description: string | null
  price: AmountMinor
  position: number
  options: readonly ItemOption[]
  soldOut: boolean
  /** When a sold-out mark ends by itself; null = until taken back. */
  soldOutUntil: number | null
  deleted: boolean
}

/** Level and holds of an item that is counted; an item without a row is not counted. */
export interface StockLevel {
  itemId: string
  /** Portions that exist and are not yet sold. */
  level: number
  /** Of those, held by orders that are not yet accepted. */
  reserved: number
}

export interface MenuItemWithStock extends MenuItem {
  stock: StockLevel | null
}
