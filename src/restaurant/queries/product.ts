import { promotionsFor } from '../../domain/coupon/promotions.ts'
import { openingOf } from '../../domain/restaurant/opening.ts'
import { ok, refuse } from '../../domain/result.ts'
import { stockStateOf } from '../../domain/stock/state.ts'
import type { QueryModule } from '../query-module.ts'

/** So many coupons are looked through for those that are for the item. */
const MOST_LISTED = 200

/** One item that is on the menu, for everybody. */
export const product: QueryModule<'product'> = (cx, { itemId }) => {
  const found = cx.store.menu.item(itemId)
  if (found === null) return refuse({ kind: 'NOT_FOUND', what: 'product' })
  const restaurant = cx.restaurant()
  const { stock: _, ...item } = found
  return ok({
    item,
    stockState: stockStateOf(found),
    restaurant,
    opening: openingOf(restaurant, cx.now),
    category: cx.store.menu.category(item.categoryId),
    promotions: promotionsFor(
      cx.store.coupons.listed(cx.now, MOST_LISTED),
      { itemId, categoryId: item.categoryId },
      cx.now,
    ),
  })
}
