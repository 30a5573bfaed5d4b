import { POINTS_REFUSED } from '../../domain/order/lifecycle.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** Whether placing under this key came to an order; nobody who came through a route gets to ask. */
export const orderUnderKey: QueryModule<'order-under-key'> = (cx, { owner, key }) => {
  if (cx.asker.role !== 'SYSTEM') return refuse({ kind: 'NOT_FOUND', what: 'order' })
  const placed = cx.store.orders.placedUnder(owner, key)
  if (placed === null) return ok(null)
  const { order, fingerprint } = placed
  const failed = order.status === 'CANCELLED' && order.endReason === POINTS_REFUSED
  return ok({ orderId: order.id, fingerprint, failed })
}
