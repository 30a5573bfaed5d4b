import { isAvailable } from '../domain/menu/availability.ts'
import type { StockLevel } from '../domain/menu/menu.ts'
import { release, reserve, sell, wantedPerItem } from '../domain/stock/stock.ts'
import type { Context } from './context.ts'

type Portions = readonly { itemId: string; quantity: number }[]

/** Orders take portions: held when placed. */
export const holdPortions = (cx: Context, lines: Portions): void => moveStock(cx, lines, reserve)
/** Held portions go back on the menu. */
export const givePortionsBack = (cx: Context, lines: Portions): void =>
  moveStock(cx, lines, release)
/** Held portions are made. */
export const sellPortions = (cx: Context, lines: Portions): void => moveStock(cx, lines, sell)

function moveStock(
  cx: Context,
  lines: Portions,
  change: (stock: StockLevel, quantity: number) => StockLevel,
): void {
  const wanted = wantedPerItem(lines)
  const items = cx.store.menu.itemsByIds(wanted.keys())
  for (const [itemId, quantity] of wanted) {
    const stock = items.get(itemId)?.stock
    // Counting may have been switched off since the order was placed.
    if (stock != null) saveLevel(cx, itemId, change(stock, quantity))
  }
}

/** Stores a level; guests hear of it when the item ran out or came back. */
export function saveLevel(cx: Context, itemId: string, level: StockLevel | null): void {
  const before = cx.store.menu.itemsByIds([itemId]).get(itemId)
  if (before === undefined) throw new Error(`item ${itemId} is not in the menu`)
  if (level === null) cx.store.menu.dropStock(itemId)
  else cx.store.menu.saveStock(level)
  const after = { ...before, stock: level }
  if (isAvailable(before) !== isAvailable(after)) announceAvailability(cx, itemId)
}

/** Tells everyone who shows the menu that the item can or cannot be ordered now. */
export function announceAvailability(cx: Context, itemId: string): void {
  const item = cx.store.menu.itemsByIds([itemId]).get(itemId)
  if (item === undefined) throw new Error(`item ${itemId} is not in the menu`)
  cx.store.restaurant.raiseMenuVersion()
  cx.emit({
    type: isAvailable(item) ? 'MENU_CHANGED' : 'SOLD_OUT',
    subject: { kind: 'item', item },
    message: null,
  })
}
