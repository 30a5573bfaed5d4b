import { isOpen, type OrderFacts } from '../order/lifecycle.ts'
import type { OrderState } from '../order/order.ts'
import { CAPTURE_RETRY_SECONDS } from '../order/transition.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'

/** `void` ends what nobody has paid; `refund` ends everything and pays back what was captured. */
export type ResetForce = 'void' | 'refund'

/** The orders that clearing the table ends, oldest first; or what stands in the way of it. */
export function planReset(
  orders: readonly { order: OrderState; facts: OrderFacts }[],
  force: ResetForce | null,
): Result<readonly string[], Refusal> {
  const open = orders.filter(({ order }) => isOpen(order.status))
  const standing = force === null ? open : force === 'void' ? open.filter(holdsMoney) : []
  if (standing.length > 0)
    return refuse({ kind: 'TABLE_HAS_OPEN_ORDERS', orderIds: standing.map(idOf) })
  if (open.some(({ facts }) => facts.capturing))
    return refuse({ kind: 'CAPTURING', retryAfterSeconds: CAPTURE_RETRY_SECONDS })
  return ok(open.map(idOf))
}

const idOf = ({ order }: { order: OrderState }): string => order.id
const holdsMoney = ({ order }: { order: OrderState }): boolean =>
  order.capturedAmount > order.refundedAmount
