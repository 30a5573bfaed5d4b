import { ok, refuse } from '../../domain/result.ts'
import { dayAt } from '../../domain/stock/daily.ts'
import { editStockRules as decide } from '../../domain/stock/rules.ts'
import type { CommandModule } from '../command-module.ts'
import { watchPortions } from '../daily-portions.ts'
import { saveLevel } from '../stock-moves.ts'

/** Staff say when an item is low, and how many portions of it a business day begins with. */
export const editStockRules: CommandModule<'edit-stock-rules'> = {
  run(cx, { itemId, changes }) {
    const item = cx.store.menu.item(itemId)
    if (item === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
    const decided = decide(item.stock, changes, dayAt(cx.now, cx.restaurant()))
    if (!decided.ok) return decided
    saveLevel(cx, item, decided.value)
    watchPortions(cx)
    return ok({ itemId, stock: decided.value })
  },
}
