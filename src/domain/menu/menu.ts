import type { AmountMinor } from '../money.ts'
import type { Allergen } from './allergens.ts'
import type { Translations } from './translations.ts'

export interface Choice {
  id: string
  name: string
  /** Absent where there are none, as in rows from before there were any. */
  names?: Translations
  priceDelta: AmountMinor
}

export interface ItemOption {
  id: string
  name: string
  /** As a choice's. */
  names?: Translations
  required: boolean
  /** Fewest and most choices a line may carry of this option. */
  min: number
  max: number
  choices: readonly Choice[]
}

export interface Category {
  id: string
  name: string
  names: Translations
  position: number
}

export interface MenuItem {
  id: string
  categoryId: string
  /** Small, the restaurant's own, never reused. */
  number: number
  name: string
  names: Translations
  description: string | null
  descriptions: Translations
  price: AmountMinor
  position: number
  options: readonly ItemOption[]
  allergens: readonly Allergen[]
  tags: readonly string[]
  /** From 0 (not at all) to 3. */
  spiceLevel: number
  /** Most portions of it in one order, over all its lines; null = as many as there are. */
  maxPerOrder: number | null
  /** File name in the image store, under the restaurant's key. */
  image: string | null
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
  /** At or below this many available portions staff are warned; null or absent = never. */
  lowAt?: number | null
  /** What the level is set to when a business day begins; null or absent = never. */
  dailyPortions?: number | null
  /** The newest business day that the level was set for; null or absent without daily portions. */
  portionsDay?: string | null
}

export interface MenuItemWithStock extends MenuItem {
  stock: StockLevel | null
}
