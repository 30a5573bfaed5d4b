import type { User } from '../../db/repositories/ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { startSession, type SignedIn } from './session-tokens.ts'

const WRONG: Refusal = { kind: 'UNAUTHENTICATED', reason: 'WRONG_CREDENTIALS' }

/** Logs a member in. An unknown e-mail and a wrong password give the same answer after the same work. */
export async function login(
  deps: Deps,
  { email, password }: { email: string; password: string },
): Promise<Result<SignedIn, Refusal>> {
  const user = await deps.users.byEmail(email.toLowerCase())
  if (!user) {
    await deps.passwords.waste(password)
    return refuse(WRONG)
  }
  const { matches, stale } = await deps.passwords.verify(password, user.passwordHash)
  if (!matches) return refuse(WRONG)
  if (stale) await renewHash(deps, user, password)
  return ok(await startSession(deps, user, deps.now()))
}

/** The parameters have risen since the password was set; only now is it at hand to hash again. */
async function renewHash(deps: Deps, user: User, password: string): Promise<void> {
  await deps.users.setPasswordHash(user.id, await deps.passwords.hash(password))
}
