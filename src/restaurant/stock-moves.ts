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
  saveLevels(
    cx,
    [...wanted].flatMap(([itemId, quantity]) => {
      const item = items.get(itemId)
      // Counting may have been switched off since the order was placed.
      return item?.stock == null ? [] : [{ item, level: change(item.stock, quantity) }]
    }),
  )
}

/** Stores the item's new level; null: it is counted no more. */
export function saveLevel(cx: Context, item: MenuItemWithStock, level: StockLevel | null): void {
  if (level !== null) saveLevels(cx, [{ item, level }])
  else {
    cx.store.menu.dropStock(item.id)
    announceChange(cx, item, null)
  }
}

/** Stores new levels of different items, by one statement. */
export function saveLevels(
  cx: Context,
  changed: readonly { item: MenuItemWithStock; level: StockLevel }[],
): void {
  cx.store.menu.saveStock(changed.map(({ level }) => level))
  for (const { item, level } of changed) announceChange(cx, item, level)
}

/** Guests hear of it when the item ran out or came back. */
function announceChange(cx: Context, item: MenuItemWithStock, stock: StockLevel | null): void {
  if (isAvailable(item) !== isAvailable({ ...item, stock })) announceAvailability(cx, item.id)
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
