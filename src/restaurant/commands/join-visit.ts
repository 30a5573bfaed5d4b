import { mayJoin } from '../../domain/restaurant/join.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { visitAt } from '../visits.ts'

/** A scan: the code puts the session into the table's visit, the next one too when the last has ended. */
export const joinVisit: CommandModule<'join-visit'> = {
  run(cx, { tableId, code }) {
    const { id: restaurantId, tableAccess } = cx.restaurant()
    const joined = mayJoin(cx.store.tables.get(tableId), code, tableAccess)
    if (!joined.ok) return joined
    const table = joined.value
    const visitId = visitAt(cx, table)
    return ok({ visitId, tableId: table.id, tableName: table.name, restaurantId })
  },
}
