import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** What there is of the items on the menu; null where one is not counted. */
export const stockLevels: QueryModule<'stock-levels'> = (cx, { itemId = null }) => {
  const item = itemId === null ? null : cx.store.menu.item(itemId)
  if (itemId !== null && item === null) return refuse({ kind: 'NOT_FOUND', what: 'item' })
  const items = item === null ? cx.store.menu.items() : [item]
  return ok(items.map(({ id, name, stock }) => ({ itemId: id, name, stock })))
}
