import { ok, refuse } from '../../domain/result.ts'
import { adjustStock as decide } from '../../domain/stock/adjust.ts'
import { wantedPerItem } from '../../domain/stock/stock.ts'
import type { CommandModule } from '../command-module.ts'
import type { Context } from '../context.ts'
import { watchPortions } from '../daily-portions.ts'
import { noteMovements, saveLevel } from '../stock-moves.ts'

/** Staff correct a level, start counting an item, or stop; who, when and why is kept. */
export const adjustStock: CommandModule<'adjust-stock'> = {
  run(cx, { itemId, change, reason }) {
    const item = cx.store.menu.item(itemId)
    if (item === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
    const decided = decide(itemId, item.stock, change, () => heldByOrders(cx, itemId))
    if (!decided.ok) return decided
    const stock = decided.value
    saveLevel(cx, item, stock)
    noteMovements(cx, 'ADJUSTED', [{ item, level: stock }], { reason, orderId: null })
    // With the level its rules have gone.
    if (stock === null) watchPortions(cx)
    return ok({ itemId, stock })
  },
}

/** Portions of the item that orders hold which the kitchen has not taken yet. */
function heldByOrders(cx: Context, itemId: string): number {
  const pending = cx.store.orders.open().filter(({ status }) => status === 'PENDING')
  const lines = pending.flatMap((order) =>
    order.lines.map((line) => ({
      itemId: line.itemId,
      quantity: line.quantity - line.unavailableQuantity,
    })),
  )
  return wantedPerItem(lines).get(itemId) ?? 0
}
