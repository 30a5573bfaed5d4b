import { planReset } from '../../domain/restaurant/reset.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { ordersAt, saveTable } from '../table-changes.ts'
import { closeVisit } from '../visits.ts'

/** The table goes, and whoever sits there; not while their orders are open. Its name is free again. */
export const deleteTable: CommandModule<'delete-table'> = {
  run(cx, { tableId }) {
    const table = cx.store.tables.get(tableId)
    if (table === null) return refuse({ kind: 'NOT_FOUND', what: 'table' })
    const cleared = planReset(ordersAt(cx, table), null)
    if (!cleared.ok) return cleared
    closeVisit(cx, table)
    saveTable(cx, { ...table, openVisitId: null, deleted: true })
    return ok(null)
  },
}
