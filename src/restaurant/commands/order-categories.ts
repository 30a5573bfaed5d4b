import { reordered } from '../../domain/menu/ordering.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { announceMenu } from '../menu-changes.ts'

/** The owner's order of the parts of the menu. */
export const orderCategories: CommandModule<'order-categories'> = {
  run(cx, { ids }) {
    const moved = reordered(cx.store.menu.categories(), ids)
    if (!moved.ok) return moved
    const categories = moved.value.map((category) => ({ ...category, deleted: false }))
    for (const category of categories) cx.store.menu.saveCategory(category)
    if (categories.length > 0) announceMenu(cx, { categories })
    return ok(null)
  },
}
