import type { TabletSession } from '../../db/repositories/ports.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { endSession } from './end-session.ts'
import { ownerNow } from './owner-now.ts'

interface Asked {
  actor: Actor
  restaurantId: string
}

/** Tablets on which people who work at the restaurant are logged in, the one used last first. */
export async function listTablets(
  deps: Deps,
  { actor, restaurantId }: Asked,
): Promise<Result<readonly TabletSession[], Refusal>> {
  const owner = await ownerNow(deps, actor, restaurantId)
  return owner.ok ? ok(await deps.sessions.tabletsAt(restaurantId, deps.now())) : owner
}

/** Logs one of them out. */
export async function endTablet(
  deps: Deps,
  { actor, restaurantId, sessionId }: Asked & { sessionId: string },
): Promise<Result<null, Refusal>> {
  const tablets = await listTablets(deps, { actor, restaurantId })
  if (!tablets.ok) return tablets
  const tablet = tablets.value.find(({ id }) => id === sessionId)
  if (tablet === undefined) return refuse({ kind: 'NOT_FOUND', what: 'tablet' })
  const { userId, visit } = tablet
  await endSession(deps, { sessionId, userId, memberships: [], visit })
  return ok(null)
}
