import { planReset } from '../../domain/restaurant/reset.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { moveOrder } from '../move-order.ts'
import { ordersAt } from '../table-changes.ts'
import { closeVisit } from '../visits.ts'

/** The party has left: its visit ends. Orders still open stand in the way unless staff say what becomes of them. */
export const resetTable: CommandModule<'reset-table'> = {
  run(cx, { tableId, force }) {
    const table = cx.store.tables.get(tableId)
    if (table === null) return refuse({ kind: 'NOT_FOUND', what: 'table' })
    const ending = planReset(ordersAt(cx, table), force)
    if (!ending.ok) return ending
    for (const orderId of ending.value) {
      const moved = moveOrder(cx, orderId, 'void', { reason: 'TABLE_RESET' })
      // The plan has seen every guard; a refusal now must undo the moves before it.
      if (!moved.ok) throw new Error(`order ${orderId} could not be voided: ${moved.refusal.kind}`)
    }
    return ok({ closedVisitId: closeVisit(cx, table), endedOrderIds: ending.value })
  },
}
