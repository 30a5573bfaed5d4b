import type { Session } from '../../db/repositories/ports.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { endAllSessions, endSession } from './end-session.ts'

/** The caller's open log-ins, the one used last first. */
export const listOwnSessions = (deps: Deps, { userId }: Actor): Promise<readonly Session[]> =>
  userId === null ? Promise.resolve([]) : deps.sessions.openOf(userId, deps.now())

/** Ends one of the caller's log-ins as its own log-out would; what is another's does not exist. */
export async function endOwnSession(
  deps: Deps,
  { userId, memberships }: Actor,
  sessionId: string,
): Promise<Result<null, Refusal>> {
  const session = await deps.sessions.byId(sessionId)
  if (userId === null || session?.userId !== userId || session.endedAt !== null)
    return refuse({ kind: 'NOT_FOUND', what: 'session' })
  await endSession(deps, { sessionId, userId, memberships, visit: session.visit })
  return ok(null)
}

/** Ends all of the caller's log-ins, or all but the one that asks. */
export async function endOwnSessions(
  deps: Deps,
  { userId, sessionId, memberships, visit }: Actor,
  { thisOneToo }: { thisOneToo: boolean },
): Promise<Result<null, Refusal>> {
  if (userId === null) return refuse({ kind: 'FORBIDDEN', permission: 'account:edit-own' })
  const keepSessionId = thisOneToo ? null : sessionId
  await endAllSessions(deps, { userId, keepSessionId, memberships, visit })
  return ok(null)
}
