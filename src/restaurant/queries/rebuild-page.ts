import type { RebuildRows, RebuildSection } from '../../domain/rebuilding.ts'
import { ok } from '../../domain/result.ts'
import type { Context } from '../context.ts'
import { orderView } from '../order-view.ts'
import type { QueryModule } from '../query-module.ts'

/** A section's rows in id order with the number of the newest event that they include. */
export const rebuildPage: QueryModule<'rebuild-page'> = (cx, { section, afterId, limit }) => {
  const { page, ids } = readPage(cx, section ?? 'orders', afterId, limit)
  const restaurant = cx.restaurant()
  return ok({
    restaurant,
    page,
    epoch: restaurant.epoch,
    asOfSeq: cx.store.events.lastSeq(),
    nextAfterId: ids.length === limit ? (ids.at(-1) ?? null) : null,
  })
}

function readPage(
  cx: Context,
  section: RebuildSection,
  afterId: string | null,
  limit: number,
): { page: RebuildRows; ids: string[] } {
  const { orders: lists, coupons: couponRows, rebuilding } = cx.store
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  switch (section) {
    case 'orders': {
      const orders = lists.pageAfter(afterId, limit)
      const views = orders.map((order) => orderView(cx, order))
      return { page: { section, orders: views }, ids: idsOf(orders) }
    }
    case 'categories': {
      const categories = rebuilding.categoriesAfter(afterId, limit)
      return { page: { section, categories }, ids: idsOf(categories) }
    }
    case 'items': {
      const items = rebuilding.itemsAfter(afterId, limit)
      return { page: { section, items }, ids: idsOf(items) }
    }
    case 'coupons': {
      const coupons = couponRows.pageAfter(afterId, limit)
      return { page: { section, coupons }, ids: idsOf(coupons) }
    }
    case 'claims': {
      const claims = couponRows.claimsAfter(afterId, limit)
      return { page: { section, claims }, ids: idsOf(claims) }
    }
  }
}
