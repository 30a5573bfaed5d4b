import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { objectsToTell, pushRevocations } from '../identity/end-session.ts'
import { auditOf, type Acting } from './audit.ts'

/** Logs an account out everywhere, as its own log-outs would. */
export async function endAccountSessions(
  deps: Deps,
  userId: string,
  by: Acting,
): Promise<Result<null, Refusal>> {
  if ((await deps.people.byId(userId)) === null) return refuse({ kind: 'NOT_FOUND', what: 'user' })
  return deps.toTheEnd(async () => {
    const restaurantIds = await objectsToTell(deps, { userId })
    const what = { action: 'user-logged-out', subject: 'user', subjectId: userId } as const
    const ending = { userId, endedAt: deps.now(), restaurantIds }
    await pushRevocations(deps, await deps.people.endSessions(ending, auditOf(deps, by, what)))
    return ok(null)
  })
}
