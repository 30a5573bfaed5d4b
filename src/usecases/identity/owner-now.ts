import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { sessionIsOpen } from './authenticate.ts'

/**
 * Whether the caller owns the restaurant at this moment. For what D1 decides by itself: no object will
 * be asked that knows of log-outs and dismissals.
 */
export async function ownerNow(
  deps: Deps,
  actor: Actor,
  restaurantId: string,
): Promise<Result<null, Refusal>> {
  if (actor.userId === null || !(await sessionIsOpen(deps, actor)))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  const memberships = await deps.registry.memberships(actor.userId)
  const present = memberships.find((membership) => membership.restaurantId === restaurantId)
  if (present === undefined) return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
  if (present.role !== 'OWNER') return refuse({ kind: 'FORBIDDEN', permission: 'staff:manage' })
  return ok(null)
}
