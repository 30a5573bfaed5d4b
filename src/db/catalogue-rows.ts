import { searchTerms } from '../domain/catalogue/search-terms.ts'
import type { Category, MenuItemWithStock } from '../domain/menu/menu.ts'
import { stockStateOf } from '../domain/stock/state.ts'
import { originOf, type Origin } from './origin.ts'
import type { categoryIndex, productIndex } from './schema/catalogue.ts'

export type ProductRow = typeof productIndex.$inferInsert
export type CategoryRow = typeof categoryIndex.$inferInsert

/** Levels stay in the restaurant: of them, readers elsewhere know the state alone. */
export function productRow({ stock, ...item }: MenuItemWithStock, from: Origin): ProductRow {
  const { id, categoryId, name, price, position, deleted } = item
  return {
    ...{ id, categoryId, name, price, position, deleted, item },
    restaurantId: from.restaurantId,
    stockState: stockStateOf({ ...item, stock }),
    ...searchTerms(item),
    ...originOf(from),
  }
}

export function categoryRow(category: Category & { deleted: boolean }, from: Origin): CategoryRow {
  const { id, name, names, position, deleted } = category
  return {
    ...{ id, name, names, position, deleted },
    restaurantId: from.restaurantId,
    ...originOf(from),
  }
}
