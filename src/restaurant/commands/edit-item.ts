import { editedItem } from '../../domain/menu/compose-item.ts'
import { refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { itemSupply, saveItem } from '../menu-changes.ts'

/** Changes an item; orders that stand keep what they ordered, as it was then. */
export const editItem: CommandModule<'edit-item'> = {
  run(cx, { itemId, changes }) {
    const before = cx.store.menu.item(itemId)
    if (before === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
    const item = editedItem(before, changes, itemSupply(cx))
    if (item.ok) saveItem(cx, item.value)
    return item
  },
}
