import { isPartner, type Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { endSession, oncePerObject, tellObject, watchedOrders } from './end-session.ts'

const RETRY_AFTER_SECONDS = 2

/** Ends the caller's session: its access token is refused from the next request on. */
export async function logout(
  deps: Deps,
  { actor }: { actor: Actor },
): Promise<Result<null, Refusal>> {
  // A partner's tokens run out by themselves, or end when an administrator disables the partner.
  if (isPartner(actor)) return refuse({ kind: 'FORBIDDEN', permission: 'session:end' })
  const { sessionId, userId, memberships, visit } = actor
  if (userId === null) return logoutGuest(deps, actor)
  await endSession(deps, { sessionId, userId, memberships, visit })
  return ok(null)
}

/** A visit's object decides over its guests; D1 answers for whatever the session does elsewhere. */
async function logoutGuest(
  deps: Deps,
  { sessionId, visit }: Actor,
): Promise<Result<null, Refusal>> {
  return deps.toTheEnd(async () => {
    const endedAt = deps.now()
    const forgetAfter = endedAt + deps.settings.guestTtlSeconds * 1000
    if (visit && !(await tellObject(deps, visit.tableId, { sessionId, forgetAfter })))
      return refuse({
        kind: 'TEMPORARILY_UNAVAILABLE',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      })
    await deps.sessions.endGuest(sessionId, endedAt, forgetAfter)
    // From here on every request is refused; its sockets close where they can be told, and at the
    // latest with the token they were opened by.
    const watched = oncePerObject(await watchedOrders(deps, { sessionId, userId: null }))
    await Promise.all(watched.map((id) => tellObject(deps, id, { sessionId, forgetAfter })))
    return ok(null)
  })
}
