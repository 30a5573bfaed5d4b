import type { CommandModule } from '../command-module.ts'
import { moveOrder } from '../move-order.ts'

/** The food stands ready. */
export const readyOrder: CommandModule<'ready-order'> = {
  run: (cx, { orderId }) => moveOrder(cx, orderId, 'ready'),
}
