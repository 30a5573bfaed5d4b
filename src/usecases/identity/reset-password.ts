import { mintAccountId } from '../../domain/identity/account-id.ts'
import { checkPassword } from '../../domain/identity/password.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { forgetTries } from './count-try.ts'
import { objectsToTell, pushRevocations } from './end-session.ts'
import { digestOf } from './refresh-secret.ts'

const SPENT: Refusal = {
  kind: 'INVALID',
  errors: [{ field: 'token', reason: 'used_or_expired' }],
}

/** Sets the password of the account whose link it is, once. Every session of the account ends. */
export async function resetPassword(
  deps: Deps,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<Result<null, Refusal>> {
  const digest = await digestOf(token)
  const link = await deps.passwordChanges.linkByDigest(digest)
  if (link === null || link.expiresAt <= deps.now()) return refuse(SPENT)
  const { user } = link
  const reason = checkPassword(newPassword, user)
  if (reason) return refuse({ kind: 'INVALID', errors: [{ field: 'new_password', reason }] })
  const passwordHash = await deps.passwords.hash(newPassword)
  return deps.toTheEnd(async () => {
    const ended = await deps.passwordChanges.reset({
      userId: user.id,
      digest,
      useId: mintAccountId(deps.random),
      endedAt: deps.now(),
      restaurantIds: await objectsToTell(deps, { userId: user.id }),
      passwordHash,
    })
    if (ended === null) return refuse(SPENT)
    await forgetTries(deps, 'login', user.email)
    await pushRevocations(deps, ended)
    return ok(null)
  })
}
