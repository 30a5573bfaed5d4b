import { and, eq } from 'drizzle-orm'
import type { Product } from '../../domain/catalogue/product.ts'
import { openingOf } from '../../domain/restaurant/opening.ts'
import { LATER_SETTINGS, type RestaurantState } from '../../domain/restaurant/settings.ts'
import { categoryIndex, productIndex } from '../schema/catalogue.ts'
import { projectionState, restaurantIndex } from '../schema/order-index.ts'

/** What lists, searches and boards read of a product; they join by the conditions below. */
export const PRODUCT = {
  rowId: productIndex.rowId,
  item: productIndex.item,
  stockState: productIndex.stockState,
  settings: restaurantIndex.settings,
  category: { id: categoryIndex.id, name: categoryIndex.name, names: categoryIndex.names },
  movedAt: projectionState.updatedAt,
}

export const ITS_RESTAURANT = eq(restaurantIndex.id, productIndex.restaurantId)
export const ITS_CATEGORY = and(
  eq(categoryIndex.id, productIndex.categoryId),
  eq(categoryIndex.deleted, false),
)
export const ITS_PROJECTION = eq(projectionState.restaurantId, productIndex.restaurantId)

type Row = Pick<Product, 'item' | 'stockState' | 'category'> & { settings: RestaurantState }

/** The product of a row, with whether its restaurant is open. */
export function productOf({ item, stockState, category, settings }: Row, now: number): Product {
  const restaurant = { ...LATER_SETTINGS, ...settings }
  return { item, stockState, category, restaurant, opening: openingOf(restaurant, now) }
}

/** A list is as fresh as the restaurant that moved longest ago; null where none is in it. */
export function oldestMove(rows: readonly { movedAt: number | null }[]): number | null {
  const moved = rows.flatMap(({ movedAt }) => (movedAt === null ? [] : [movedAt]))
  return moved.length === 0 ? null : Math.min(...moved)
}
