import { isStaff, type Asker } from '../../domain/actor.ts'
import { isNamed, isOwn } from '../../domain/order/lifecycle.ts'
import type { OrderState } from '../../domain/order/order.ts'
import { ok, refuse } from '../../domain/result.ts'
import { orderView } from '../order-view.ts'
import type { QueryModule } from '../query-module.ts'

/** One order: the guest's own, or any for staff; another's is as unknown as one that never was. */
export const order: QueryModule<'order'> = (cx, { orderId }) => {
  const found = cx.store.orders.get(orderId)
  return found !== null && mayRead(found, cx.asker)
    ? ok(orderView(cx, found))
    : refuse({ kind: 'NOT_FOUND', what: 'order' })
}

const mayRead = (order: OrderState, asker: Asker): boolean =>
  isOwn(order, asker) || isNamed(order, asker) || isStaff(asker) || asker.role === 'SYSTEM'
