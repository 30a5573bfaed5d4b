import type { CommandModule } from '../command-module.ts'
import { moveOrder } from '../move-order.ts'

/** Ends an order that the guest cannot cancel any more; its money goes back by itself. */
export const voidOrder: CommandModule<'void-order'> = {
  run: (cx, { orderId, reason }) => moveOrder(cx, orderId, 'void', { reason }),
}
