import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveCategory } from '../menu-changes.ts'

/** Removes a part of the menu that has no items left. */
export const deleteCategory: CommandModule<'delete-category'> = {
  run(cx, { categoryId }) {
    const category = cx.store.menu.category(categoryId)
    if (category === null) return refuse({ kind: 'NOT_FOUND', what: 'category' })
    if (cx.store.menu.siblings(categoryId).items > 0)
      return refuse({ kind: 'CATEGORY_NOT_EMPTY', categoryId })
    saveCategory(cx, { ...category, deleted: true })
    return ok(null)
  },
}
