import { mintTableCode } from '../../domain/restaurant/table-code.ts'
import { nameTable } from '../../domain/restaurant/table-name.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveTable } from '../table-changes.ts'

/** A new table with a code of its own. */
export const createTable: CommandModule<'create-table'> = {
  run(cx, { name: wanted }) {
    const name = nameTable(wanted, new Set(cx.store.tables.all().map((table) => table.name)))
    if (!name.ok) return name
    const table = {
      id: cx.mintRandomId(),
      name: name.value,
      code: mintTableCode((length) => cx.randomBytes(length)),
      openVisitId: null,
      deleted: false,
    }
    saveTable(cx, table)
    return ok(table)
  },
}
