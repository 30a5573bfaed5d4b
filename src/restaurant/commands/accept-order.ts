import type { CommandModule } from '../command-module.ts'
import { moveOrder } from '../move-order.ts'

/** The kitchen takes the order; lines it cannot make are taken out and paid back. */
export const acceptOrder: CommandModule<'accept-order'> = {
  run: (cx, { orderId, ...details }) => moveOrder(cx, orderId, 'accept', details),
}
