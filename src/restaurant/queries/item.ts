import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** One item that is on the menu. */
export const item: QueryModule<'item'> = (cx, { itemId }) => {
  const found = cx.store.menu.item(itemId)
  return found === null ? refuse({ kind: 'NOT_FOUND', what: 'item' }) : ok(found)
}
