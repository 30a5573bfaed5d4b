import { ok, refuse } from '../../domain/result.ts'
import { mayReadTable } from '../../domain/restaurant/read-table.ts'
import type { QueryModule } from '../query-module.ts'

/** One table, to staff and to those who sit there. */
export const table: QueryModule<'table'> = (cx, { tableId }) => {
  const found = cx.store.tables.get(tableId)
  return found !== null && mayReadTable(found, cx.asker, cx.restaurant().tableAccess)
    ? ok(found)
    : refuse({ kind: 'NOT_FOUND', what: 'table' })
}
