import type { MenuItemWithStock } from '../../domain/menu/menu.ts'
import type { Menu } from '../../domain/queries.ts'
import { openingOf } from '../../domain/restaurant/opening.ts'
import { ok } from '../../domain/result.ts'
import type { Context } from '../context.ts'
import type { QueryModule } from '../query-module.ts'

/** The whole menu in the owner's order. */
export const menu: QueryModule<'menu'> = (cx) => ok(readMenu(cx))

/** Every part of the menu with its items, from the rows. */
export function readMenu(cx: Context): Menu {
  const items = new Map<string, MenuItemWithStock[]>()
  for (const item of cx.store.menu.items()) {
    const siblings = items.get(item.categoryId)
    if (siblings === undefined) items.set(item.categoryId, [item])
    else siblings.push(item)
  }
  const categories = cx.store.menu
    .categories()
    .map((category) => ({ ...category, items: items.get(category.id) ?? [] }))
  const restaurant = cx.restaurant()
  return { restaurant, opening: openingOf(restaurant, cx.now), categories }
}
