import { nextPosition } from '../../domain/menu/position.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveCategory } from '../menu-changes.ts'

/** A new part of the menu, at its end unless a position is given. */
export const createCategory: CommandModule<'create-category'> = {
  run(cx, { name, names = {}, position }) {
    const category = {
      id: cx.mintRandomId(),
      name,
      names,
      position: position ?? nextPosition(cx.store.menu.categories()),
    }
    saveCategory(cx, { ...category, deleted: false })
    return ok(category)
  },
}
