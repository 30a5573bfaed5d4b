import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveCategory } from '../menu-changes.ts'

/** Renames or moves a part of the menu. */
export const editCategory: CommandModule<'edit-category'> = {
  run(cx, { categoryId, name, names, position }) {
    const before = cx.store.menu.category(categoryId)
    if (before === null) return refuse({ kind: 'NOT_FOUND', what: 'category' })
    const category = {
      ...before,
      name: name ?? before.name,
      names: names ?? before.names,
      position: position ?? before.position,
    }
    saveCategory(cx, { ...category, deleted: false })
    return ok(category)
  },
}
