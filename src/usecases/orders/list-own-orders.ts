import type { OrderPage, OrdersFound } from '../../db/repositories/ports.ts'
import type { Actor } from '../../domain/actor.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

/**
 * What the caller ordered, newest first. A table's guest is answered by the restaurant itself, which
 * knows it at once and without D1; members and browsing guests by the read model over all restaurants.
 */
export async function listOwnOrders(
  deps: Pick<Deps, 'restaurants' | 'orderIndex' | 'now'>,
  actor: Actor,
  page: OrderPage,
): Promise<Result<OrdersFound, Refusal>> {
  if (actor.userId !== null) return ok(await deps.orderIndex.byUser(actor.userId, page))
  if (actor.visit === null) return ok(await deps.orderIndex.bySession(actor.sessionId, page))
  const { tableId } = actor.visit
  const answered = await deps.restaurants(tableId).query<'own-orders'>({
    query: { type: 'own-orders', limit: page.limit, beforeId: page.beforeId },
    asker: askerAt(actor, tableId),
  })
  return answered.ok ? ok({ orders: answered.value, asOf: deps.now(), bookmark: null }) : answered
}
