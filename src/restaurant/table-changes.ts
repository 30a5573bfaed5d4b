import type { OrderFacts } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import type { TableState } from '../domain/restaurant/table.ts'
import { factsOf, type Context } from './context.ts'

/** Stores the table and tells the boards that it is there, or no longer. */
export function saveTable(cx: Context, table: TableState): void {
  const { id, name, deleted } = table
  cx.store.tables.save(table)
  cx.emit({
    type: 'TABLE_CHANGED',
    subject: { kind: 'table', table: { id, name, deleted } },
    message: null,
  })
}

/** The orders of the table's current visit with what guards need to know, oldest first. */
export const ordersAt = (
  cx: Context,
  table: TableState,
): { order: OrderState; facts: OrderFacts }[] =>
  table.openVisitId === null
    ? []
    : cx.store.orders
        .ofVisit(table.openVisitId)
        .map((order) => ({ order, facts: factsOf(cx, order.id) }))
