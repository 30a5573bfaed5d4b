import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveItem } from '../menu-changes.ts'

/** Shows another picture, or none. The old file stays in the store: other items may show it. */
export const setItemImage: CommandModule<'set-item-image'> = {
  run(cx, { itemId, image }) {
    const before = cx.store.menu.item(itemId)
    if (before === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
    if (before.image === image) return ok(before)
    const item = { ...before, image }
    saveItem(cx, item)
    return ok(item)
  },
}
