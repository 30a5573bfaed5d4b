import { asSeenAtTable } from '../../domain/restaurant/bill.ts'
import { mayReadTable } from '../../domain/restaurant/read-table.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'
import { ordersAt } from '../table-changes.ts'

/** The bill of the table's current visit, oldest order first. */
export const tableOrders: QueryModule<'table-orders'> = (cx, { tableId }) => {
  const table = cx.store.tables.get(tableId)
  if (table === null || !mayReadTable(table, cx.asker, cx.restaurant().tableAccess))
    return refuse({ kind: 'NOT_FOUND', what: 'table' })
  const orders = ordersAt(cx, table)
  return ok({
    table,
    visit: table.openVisitId === null ? null : cx.store.tables.visit(table.openVisitId),
    currency: cx.restaurant().currency,
    orders: orders.map(({ order }) => asSeenAtTable(order, cx.asker)),
    capturing: orders.filter(({ facts }) => facts.capturing).map(({ order }) => order.id),
  })
}
