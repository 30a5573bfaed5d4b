import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The log of stock, newest first, with the names that the items have now. */
export const stockMovements: QueryModule<'stock-movements'> = (cx, { filter, limit, beforeId }) => {
  const { menu, stockLog } = cx.store
  // One that was taken off the menu has its log still.
  if (filter.itemId !== null && !menu.itemsByIds([filter.itemId]).has(filter.itemId))
    return refuse({ kind: 'NOT_FOUND', what: 'item' })
  const { movements, nextBefore } = stockLog.page(filter, limit, beforeId)
  const items = menu.itemsByIds(movements.map(({ itemId }) => itemId))
  const named = movements.map((movement) => ({
    ...movement,
    itemName: items.get(movement.itemId)?.name ?? '',
  }))
  return ok({ movements: named, nextBefore })
}
