import type { MenuDocument } from '../../domain/menu/menu-document.ts'
import { planImport, type ImportState } from '../../domain/menu/plan-import.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import type { Context } from '../context.ts'
import { watchPortions } from '../daily-portions.ts'
import { announceMenu } from '../menu-changes.ts'

/** Takes in a whole menu at once: it is judged before the first row is written. */
export const importMenu: CommandModule<'import-menu'> = {
  run(cx, { mode, document }) {
    const planned = planImport(stateFor(cx, document), document, mode, () => cx.mintRandomId())
    if (!planned.ok) return planned
    const { categories, items, summary } = planned.value
    for (const category of categories) cx.store.menu.saveCategory(category)
    for (const item of items) {
      if (item.soldOutUntil !== null && item.deleted) cx.agenda.done('sold-out-ends', item.id)
      cx.store.menu.saveItem(item)
    }
    if (categories.length + items.length > 0) announceMenu(cx, { categories, items })
    // What comes back to the menu has its portions of the day again.
    if (items.length > 0) watchPortions(cx)
    return ok({ ...summary, menuVersion: cx.restaurant().menuVersion })
  },
}

function stateFor(cx: Context, { categories }: MenuDocument): ImportState {
  const { menu } = cx.store
  const named = menu.itemsByIds(
    categories.flatMap(({ items }) => items.flatMap(({ id }) => id ?? [])),
  )
  return {
    restaurantKey: cx.key,
    currency: cx.restaurant().currency,
    categories: menu.categories(),
    items: menu.items(),
    removedCategories: menu.removedCategories(categories.flatMap(({ id }) => id ?? [])),
    removedItems: [...named.values()].filter(({ deleted }) => deleted),
    images: menu.images(),
    nextNumber: menu.nextNumber(),
  }
}
