import { ok } from '../../domain/result.ts'
import { orderView } from '../order-view.ts'
import type { QueryModule } from '../query-module.ts'

/** Orders in id order with the number of the newest event that their state includes. */
export const rebuildPage: QueryModule<'rebuild-page'> = (cx, { afterId, limit }) => {
  const orders = cx.store.orders.pageAfter(afterId, limit)
  const restaurant = cx.restaurant()
  return ok({
    restaurant,
    orders: orders.map((order) => orderView(cx, order)),
    epoch: restaurant.epoch,
    asOfSeq: cx.store.events.lastSeq(),
    nextAfterId: orders.length === limit ? (orders.at(-1)?.id ?? null) : null,
  })
}
