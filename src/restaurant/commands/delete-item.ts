import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveItem } from '../menu-changes.ts'

/** Takes an item off the menu. Its row stays: its number, and portions that orders hold. */
export const deleteItem: CommandModule<'delete-item'> = {
  run(cx, { itemId }) {
    const item = cx.store.menu.item(itemId)
    if (item === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
    cx.agenda.done('sold-out-ends', itemId)
    saveItem(cx, { ...item, deleted: true })
    return ok(null)
  },
}
