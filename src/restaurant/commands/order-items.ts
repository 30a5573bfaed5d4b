import { reordered } from '../../domain/menu/ordering.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { announceMenu } from '../menu-changes.ts'

/** The owner's order of a category's items, or of all items at once. */
export const orderItems: CommandModule<'order-items'> = {
  run(cx, { categoryId, ids }) {
    const { menu } = cx.store
    if (categoryId !== null && menu.category(categoryId) === null)
      return refuse({ kind: 'NOT_FOUND', what: 'category' })
    const scope = menu
      .items()
      .filter((item) => categoryId === null || item.categoryId === categoryId)
    const moved = reordered(scope, ids)
    if (!moved.ok) return moved
    for (const item of moved.value) menu.saveItem(item)
    if (moved.value.length > 0) announceMenu(cx, { items: moved.value })
    return ok(null)
  },
}
