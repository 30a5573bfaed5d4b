import type { StockLevel } from '../menu/menu.ts'

/** Portions that can still be ordered; null when the item is not counted. */
export const available = (stock: StockLevel | null): number | null =>
  stock === null ? null : stock.level - stock.reserved

/** Portions wanted per item: two lines on one item draw on the same stock. */
export function wantedPerItem(
  lines: readonly { itemId: string; quantity: number }[],
): Map<string, number> {
  const wanted = new Map<string, number>()
  for (const line of lines) wanted.set(line.itemId, (wanted.get(line.itemId) ?? 0) + line.quantity)
  return wanted
}

/** An order holds portions. The caller has checked that they are available. */
export const reserve = (stock: StockLevel, quantity: number): StockLevel =>
  checked({ ...stock, reserved: stock.reserved + quantity })

/** An order that ends before the kitchen took it gives its portions back. */
export const release = (stock: StockLevel, quantity: number): StockLevel =>
  checked({ ...stock, reserved: stock.reserved - quantity })

/** The kitchen takes held portions: they are gone. */
export const sell = (stock: StockLevel, quantity: number): StockLevel =>
  checked({ ...stock, level: stock.level - quantity, reserved: stock.reserved - quantity })

/** A new level by staff; null when it would fall below what orders hold, or below nothing. */
export function adjusted(
  stock: StockLevel,
  change: { delta: number } | { set: number },
): StockLevel | null {
  const level = 'set' in change ? change.set : stock.level + change.delta
  if (level < stock.reserved || !Number.isSafeInteger(level)) return null
  // JSON knows a -0, which would be told apart from what the row gives back.
  return { ...stock, level: level === 0 ? 0 : level }
}

function checked(stock: StockLevel): StockLevel {
  if (stock.reserved < 0 || stock.reserved > stock.level)
    throw new Error(`stock of ${stock.itemId} would hold ${stock.reserved} of ${stock.level}`)
  return stock
}
