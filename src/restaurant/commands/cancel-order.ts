import { isStaff } from '../../domain/actor.ts'
import { isOwn } from '../../domain/order/lifecycle.ts'
import { refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { moveOrder } from '../move-order.ts'

/** The guest takes it back before the kitchen took it: stock and money return. Another's is unknown. */
export const cancelOrder: CommandModule<'cancel-order'> = {
  run(cx, { orderId, reason }) {
    const order = cx.store.orders.get(orderId)
    if (order === null || (!isOwn(order, cx.asker) && !isStaff(cx.asker)))
      return refuse({ kind: 'NOT_FOUND', what: 'order' })
    return moveOrder(cx, orderId, 'cancel', { reason })
  },
}
