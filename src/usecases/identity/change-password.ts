import type { Actor } from '../../domain/actor.ts'
import { checkPassword } from '../../domain/identity/password.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { countTry } from './count-try.ts'
import { objectsToTell, pushRevocations } from './end-session.ts'

const WRONG: Refusal = {
  kind: 'INVALID',
  errors: [{ field: 'current_password', reason: 'wrong' }],
}

/** Sets a new password. Every other session of the account ends; the caller's stays. */
export async function changePassword(
  deps: Deps,
  {
    actor: { userId, sessionId },
    currentPassword,
    newPassword,
    network,
  }: { actor: Actor; currentPassword: string; newPassword: string; network: string },
): Promise<Result<null, Refusal>> {
  const user = userId === null ? null : await deps.users.byId(userId)
  if (user === null) return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  const reason = checkPassword(newPassword, user)
  if (reason) return refuse({ kind: 'INVALID', errors: [{ field: 'new_password', reason }] })
  // A stolen access token must not become a way to guess the password.
  const tried = await countTry(deps, 'login', { who: user.email, network })
  if (!tried.ok) return tried
  const { matches } = await deps.passwords.verify(currentPassword, user.passwordHash)
  if (!matches) return refuse(WRONG)
  return deps.toTheEnd(async () => {
    await tried.value.succeeded()
    const ended = await deps.passwordChanges.change({
      userId: user.id,
      keepSessionId: sessionId,
      endedAt: deps.now(),
      restaurantIds: await objectsToTell(deps, { userId: user.id }),
      replaces: user.passwordHash,
      passwordHash: await deps.passwords.hash(newPassword),
    })
    if (ended === null) return refuse(WRONG)
    await pushRevocations(deps, ended)
    return ok(null)
  })
}
