import { announceAvailability } from '../stock-moves.ts'
import type { CommandModule } from '../command-module.ts'
import { moveOrder } from '../move-order.ts'

/** The kitchen refuses the order and may mark what it ran out of; money goes back by itself. */
export const rejectOrder: CommandModule<'reject-order'> = {
  run(cx, { orderId, reason, soldOutItemIds }) {
    const moved = moveOrder(cx, orderId, 'reject', { reason })
    if (!moved.ok) return moved
    for (const item of cx.store.menu.itemsByIds(soldOutItemIds).values()) {
      if (item.deleted || item.soldOut) continue
      cx.store.menu.saveItem({ ...item, soldOut: true, soldOutUntil: null })
      announceAvailability(cx, item.id)
    }
    return moved
  },
}
