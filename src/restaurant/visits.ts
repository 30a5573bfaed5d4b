import type { TableState } from '../domain/restaurant/table.ts'
import type { Context } from './context.ts'

/** A party sits down: the table's next visit begins. */
export function openVisit(cx: Context, table: TableState, visitId: string): void {
  cx.store.tables.saveVisit({ id: visitId, tableId: table.id, openedAt: cx.now, closedAt: null })
  cx.store.tables.save({ ...table, openVisitId: visitId })
}

/** The party has left: its tokens are refused from the next command on, its sockets close. */
export function closeVisit(cx: Context, table: TableState): string | null {
  const visit = table.openVisitId === null ? null : cx.store.tables.visit(table.openVisitId)
  cx.store.tables.save({ ...table, openVisitId: null })
  if (visit === null) return null
  cx.store.tables.saveVisit({ ...visit, closedAt: cx.now })
  cx.emit({
    type: 'VISIT_CHANGED',
    subject: { kind: 'visit', visit: { id: visit.id, tableId: table.id, closed: true } },
    message: null,
  })
  return visit.id
}

/** The table's open visit, begun now where there is none; boards hear of a new one. */
export function visitAt(cx: Context, table: TableState): string {
  if (table.openVisitId !== null) return table.openVisitId
  const visitId = cx.mintRandomId()
  openVisit(cx, table, visitId)
  cx.emit({
    type: 'VISIT_CHANGED',
    subject: { kind: 'visit', visit: { id: visitId, tableId: table.id, closed: false } },
    message: null,
  })
  return visitId
}
