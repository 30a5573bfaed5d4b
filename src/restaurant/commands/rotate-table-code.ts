import { mintTableCode } from '../../domain/restaurant/table-code.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveTable } from '../table-changes.ts'

/** A new code: the printed one lets nobody in any more. Who is in the visit already stays there. */
export const rotateTableCode: CommandModule<'rotate-table-code'> = {
  run(cx, { tableId }) {
    const table = cx.store.tables.get(tableId)
    if (table === null) return refuse({ kind: 'NOT_FOUND', what: 'table' })
    const rotated = { ...table, code: mintTableCode((length) => cx.randomBytes(length)) }
    saveTable(cx, rotated)
    return ok(rotated)
  },
}
