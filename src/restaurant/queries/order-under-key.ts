import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** Whether placing under this key came to an order; nobody who came through a route gets to ask. */
export const orderUnderKey: QueryModule<'order-under-key'> = (cx, { owner, key }) => {
  if (cx.asker.role !== 'SYSTEM') return refuse({ kind: 'NOT_FOUND', what: 'order' })
  const placed = cx.store.orders.placedUnder(owner, key)
  return ok(placed && { orderId: placed.order.id, fingerprint: placed.fingerprint })
}
