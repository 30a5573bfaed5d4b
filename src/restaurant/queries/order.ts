import { isStaff } from '../../domain/actor.ts'
import { isOwn } from '../../domain/order/lifecycle.ts'
import { ok, refuse } from '../../domain/result.ts'
import { orderView } from '../order-view.ts'
import type { QueryModule } from '../query-module.ts'

/** One order: the guest's own, or any for staff; another's is as unknown as one that never was. */
export const order: QueryModule<'order'> = (cx, { orderId }) => {
  const found = cx.store.orders.get(orderId)
  const { asker } = cx
  return found !== null && (isOwn(found, asker) || isStaff(asker) || asker.role === 'SYSTEM')
    ? ok(orderView(cx, found))
    : refuse({ kind: 'NOT_FOUND', what: 'order' })
}
