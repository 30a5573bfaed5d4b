import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { sameText } from '../same-text.ts'
import type { TableAccess } from './settings.ts'
import type { TableState } from './table.ts'

/**
 * Whether a scan lets its session into the table's visit. Only who knows the code learns anything of
 * the table beyond that it exists.
 */
export function mayJoin(
  table: TableState | null,
  code: string,
  access: TableAccess,
): Result<TableState, Refusal> {
  if (table === null) return refuse({ kind: 'NOT_FOUND', what: 'table' })
  if (!sameText(code, table.code)) return refuse({ kind: 'WRONG_TABLE_CODE' })
  if (access === 'SEATED' && table.openVisitId === null) return refuse({ kind: 'NOT_SEATED' })
  return ok(table)
}
