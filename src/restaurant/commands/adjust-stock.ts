import { ok, refuse } from '../../domain/result.ts'
import { adjustStock as decide } from '../../domain/stock/adjust.ts'
import { wantedPerItem } from '../../domain/stock/stock.ts'
import type { CommandModule } from '../command-module.ts'
import type { Context } from '../context.ts'
import { saveLevel } from '../stock-moves.ts'

/** Staff correct a level, start counting an item, or stop; who, when and why is kept. */
export const adjustStock: CommandModule<'adjust-stock'> = {
  run(cx, { itemId, change, reason }) {
    const item = cx.store.menu.item(itemId)
    if (item === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
    const decided = decide(itemId, item.stock, change, () => heldByOrders(cx, itemId))
    if (!decided.ok) return decided
    const stock = decided.value
    saveLevel(cx, item, stock)
    cx.store.menu.noteMovement({
      itemId,
      at: cx.now,
      by: cx.asker.userId ?? cx.asker.sessionId,
      kind: 'ADJUSTED',
      reason,
      levelBefore: item.stock?.level ?? null,
      levelAfter: stock?.level ?? null,
    })
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
