import type { CommandModule } from '../command-module.ts'
import { moveOrder } from '../move-order.ts'

/** The guest has it. */
export const completeOrder: CommandModule<'complete-order'> = {
  run: (cx, { orderId }) => moveOrder(cx, orderId, 'complete'),
}
