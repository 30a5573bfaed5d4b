import { isAvailable } from '../menu/availability.ts'
import type { MenuItemWithStock, StockLevel } from '../menu/menu.ts'
import { available } from './stock.ts'

/** What a reader of the menu may know of an item's stock. */
export const STOCK_STATES = ['IN_STOCK', 'LOW', 'SOLD_OUT'] as const
export type StockState = (typeof STOCK_STATES)[number]

/** Whether no more portions than the owner's threshold can be ordered; never without a threshold. */
export function isLow(stock: StockLevel | null): boolean {
  const left = available(stock)
  return stock?.lowAt != null && left !== null && left <= stock.lowAt
}

/** The item as a catalogue shows it. */
export function stockStateOf(item: MenuItemWithStock): StockState {
  if (!isAvailable(item)) return 'SOLD_OUT'
  return isLow(item.stock) ? 'LOW' : 'IN_STOCK'
}
