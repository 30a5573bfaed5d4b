import type { Refusal } from '../../domain/refusal.ts'
import { refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import type { Agent } from './activity-of.ts'
import { orderById, orderIdByNumber, type FoundOrder } from './find-order.ts'
import { noteView } from './note-view.ts'

type ReadingDeps = Pick<Deps, 'restaurants' | 'supportActivity' | 'now' | 'random'>

/** By its id, or by the number that it had at a restaurant on a business day (null: the one that runs now). */
export type WhichOrder =
  { orderId: string } | { restaurantId: string; number: string; day: string | null }

/** An order, a guest's too, as its restaurant has it; that it is read is noted first. */
export async function readOrder(
  deps: ReadingDeps,
  agent: Agent,
  which: WhichOrder,
): Promise<Result<FoundOrder, Refusal>> {
  const orderId = 'orderId' in which ? which.orderId : await orderIdByNumber(deps, which)
  if (orderId === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
  const found = await orderById(deps, orderId)
  if (found.ok) await noteView(deps, agent, { customerId: found.value.order.userId, orderId })
  return found
}
