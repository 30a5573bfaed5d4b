import type { MenuItemWithStock } from '../../domain/menu/menu.ts'
import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The whole menu in the owner's order, unless the reader has this version already. */
export const menu: QueryModule<'menu'> = (cx, { knownVersion }) => {
  const restaurant = cx.restaurant()
  const version = restaurant.menuVersion
  if (knownVersion === version) return ok({ unchanged: true, version })
  const items = new Map<string, MenuItemWithStock[]>()
  for (const item of cx.store.menu.items()) {
    const siblings = items.get(item.categoryId)
    if (siblings === undefined) items.set(item.categoryId, [item])
    else siblings.push(item)
  }
  const categories = cx.store.menu
    .categories()
    .map((category) => ({ ...category, items: items.get(category.id) ?? [] }))
  return ok({ restaurant, categories })
}
