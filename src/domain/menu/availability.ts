import { available } from '../stock/stock.ts'
import type { MenuItemWithStock } from './menu.ts'

/** Whether a guest can order the item now: on the menu, not marked sold out, a portion left. */
export function isAvailable(item: MenuItemWithStock): boolean {
  return !item.deleted && !item.soldOut && available(item.stock) !== 0
}
