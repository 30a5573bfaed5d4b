import { stableScope } from '../domain/actor.ts'
import { isAvailable } from '../domain/menu/availability.ts'
import type { MenuItemWithStock, StockLevel } from '../domain/menu/menu.ts'
import type { OrderState } from '../domain/order/order.ts'
import type { StockMovement } from '../domain/stock/movement.ts'
import { isLow } from '../domain/stock/state.ts'
import { release, sell, wantedPerItem } from '../domain/stock/stock.ts'
import type { Context } from './context.ts'
import { alertLow } from './low-stock.ts'

type Portions = readonly { itemId: string; quantity: number }[]
type Changed = readonly { item: MenuItemWithStock; level: StockLevel }[]

/** Held portions go back on the menu. */
export function givePortionsBack(cx: Context, lines: Portions): void {
  saveLevels(cx, moved(cx, lines, release))
}

/** Held portions of the order are made. */
export function sellPortions(
  cx: Context,
  lines: Portions,
  { id: orderId, number: reason }: Pick<OrderState, 'id' | 'number'>,
): void {
  const sold = moved(cx, lines, sell)
  saveLevels(cx, sold)
  noteMovements(cx, 'SOLD', sold, { reason, orderId })
}

function moved(
  cx: Context,
  lines: Portions,
  change: (stock: StockLevel, quantity: number) => StockLevel,
): Changed {
  const wanted = wantedPerItem(lines)
  const items = cx.store.menu.itemsByIds(wanted.keys())
  return [...wanted].flatMap(([itemId, quantity]) => {
    const item = items.get(itemId)
    // Counting may have been switched off since the order was placed.
    return item?.stock == null ? [] : [{ item, level: change(item.stock, quantity) }]
  })
}

/** Enters in the log what became of the levels, and through whom. */
export function noteMovements(
  cx: Context,
  kind: StockMovement['kind'],
  changed: readonly { item: MenuItemWithStock; level: StockLevel | null }[],
  { reason, orderId }: Pick<StockMovement, 'reason' | 'orderId'>,
): void {
  cx.store.stockLog.note(
    changed.map(({ item, level }) => ({
      itemId: item.id,
      at: cx.now,
      by: stableScope(cx.asker),
      kind,
      reason,
      orderId,
      levelBefore: item.stock?.level ?? null,
      levelAfter: level?.level ?? null,
    })),
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
export function saveLevels(cx: Context, changed: Changed): void {
  cx.store.menu.saveStock(changed.map(({ level }) => level))
  for (const { item, level } of changed) announceChange(cx, item, level)
}

/** Guests hear of it when the item ran out or came back, staff when it came to its threshold. */
function announceChange(cx: Context, item: MenuItemWithStock, stock: StockLevel | null): void {
  const low = isLow(stock)
  if (isLow(item.stock) !== low) {
    const subject = { kind: 'item', item: { ...item, stock } } as const
    cx.emit({ type: low ? 'STOCK_LOW' : 'STOCK_ENOUGH', subject, message: null })
    if (low) alertLow(cx, item.id)
  }
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
