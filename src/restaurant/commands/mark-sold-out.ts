import { markSoldOut as decide } from '../../domain/menu/sold-out.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { announceAvailability } from '../stock-moves.ts'

/** Staff mark an item sold out, or take the mark back. The same mark again changes nothing. */
export const markSoldOut: CommandModule<'mark-sold-out'> = {
  run(cx, { itemId, soldOut, until }) {
    const before = cx.store.menu.item(itemId)
    if (before === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
    const marked = decide(before, { soldOut, until }, cx.now)
    if (!marked.ok) return marked
    const item = marked.value
    const same = item.soldOut === before.soldOut && item.soldOutUntil === before.soldOutUntil
    if (same) return ok(before)
    cx.store.menu.saveItem(item)
    if (item.soldOutUntil === null) cx.agenda.done('sold-out-ends', itemId)
    else cx.agenda.set('sold-out-ends', itemId, item.soldOutUntil)
    announceAvailability(cx, itemId)
    return ok(item)
  },
}
