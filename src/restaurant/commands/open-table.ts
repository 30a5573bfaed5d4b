import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { visitAt } from '../visits.ts'

/** Staff seat a party; a table that is open stays as it is. */
export const openTable: CommandModule<'open-table'> = {
  run(cx, { tableId }) {
    const table = cx.store.tables.get(tableId)
    return table === null
      ? refuse({ kind: 'NOT_FOUND', what: 'table' })
      : ok({ visitId: visitAt(cx, table) })
  },
}
