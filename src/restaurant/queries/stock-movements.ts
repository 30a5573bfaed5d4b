import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The log of stock, newest first, with the names that the items have now. */
export const stockMovements: QueryModule<'stock-movements'> = (cx, { filter, limit, beforeId }) => {
  const { movements, nextBefore } = cx.store.stockLog.page(filter, limit, beforeId)
  const items = cx.store.menu.itemsByIds(movements.map(({ itemId }) => itemId))
  const named = movements.map((movement) => ({
    ...movement,
    itemName: items.get(movement.itemId)?.name ?? '',
  }))
  return ok({ movements: named, nextBefore })
}
