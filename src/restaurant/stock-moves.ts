import { isAvailable } from '../domain/menu/availability.ts'
import type { MenuItemWithStock, StockLevel } from '../domain/menu/menu.ts'
import { release, sell, wantedPerItem } from '../domain/stock/stock.ts'
import type { Context } from './context.ts'

type Portions = readonly { itemId: string; quantity: number }[]

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
    const item = items.get(itemId)
    // Counting may have been switched off since the order was placed.
    if (item?.stock != null) saveLevel(cx, item, change(item.stock, quantity))
  }
}

/** Stores the item's new level; guests hear of it when the item ran out or came back. */
export function saveLevel(cx: Context, item: MenuItemWithStock, level: StockLevel | null): void {
  if (level === null) cx.store.menu.dropStock(item.id)
  else cx.store.menu.saveStock(level)
  if (isAvailable(item) !== isAvailable({ ...item, stock: level }))
    announceAvailability(cx, item.id)
}

/** Tells everyone who shows the menu that the item can or cannot be ordered now. */
export function announceAvailability(cx: Context, itemId: string): void {
  const item = cx.store.menu.itemsByIds([itemId]).get(itemId)
  if (item === undefined) throw new Error(`item ${itemId} is not in the menu`)
  cx.raiseMenuVersion()
  cx.emit({
    type: isAvailable(item) ? 'MENU_CHANGED' : 'SOLD_OUT',
    subject: { kind: 'item', item },
    message: null,
  })
}
