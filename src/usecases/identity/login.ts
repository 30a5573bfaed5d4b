import type { User } from '../../db/repositories/ports.ts'
import type { SessionDevice } from '../../domain/identity/device.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { countTry } from './count-try.ts'
import { endSession } from './end-session.ts'
import { startSession, type SignedIn } from './session-tokens.ts'

const WRONG: Refusal = { kind: 'UNAUTHENTICATED', reason: 'WRONG_CREDENTIALS' }

export interface LoginForm {
  email: string
  password: string
  device?: SessionDevice | undefined
}

/**
 * Logs a member in. An unknown e-mail and a wrong password give the same answer after the same work,
 * and are counted alike.
 */
export async function login(
  deps: Deps,
  { email, password, device = 'other' }: LoginForm,
  network: string,
): Promise<Result<SignedIn, Refusal>> {
  const tried = await countTry(deps, 'login', { who: email.toLowerCase(), network })
  if (!tried.ok) return tried
  const user = await deps.users.byEmail(email)
  if (!user) {
    await deps.passwords.waste(password)
    return refuse(WRONG)
  }
  const { matches, stale } = await deps.passwords.verify(password, user.passwordHash)
  if (!matches) return refuse(WRONG)
  return deps.toTheEnd(async () => {
    await tried.value.succeeded()
    if (stale) await renewHash(deps, user, password)
    const { sessionId, ...signedIn } = await startSession(deps, user, deps.now(), device)
    return (await setMeanwhile(deps, user, password))
      ? refuseAfterAll(deps, user, sessionId)
      : ok(signedIn)
  })
}

/** The parameters have risen since the password was set; only now is it at hand to hash again. */
async function renewHash(deps: Deps, user: User, password: string): Promise<void> {
  const renewed = await deps.passwords.hash(password)
  await deps.users.renewPasswordHash(user.id, user.passwordHash, renewed)
}

/**
 * A new password ends all sessions; one that began between the check of the old password and that
 * moment would have been missed.
 */
async function setMeanwhile(deps: Deps, checked: User, password: string): Promise<boolean> {
  const now = await deps.users.byId(checked.id)
  if (now?.passwordHash === checked.passwordHash) return false
  return now === null || !(await deps.passwords.verify(password, now.passwordHash)).matches
}

async function refuseAfterAll(
  deps: Deps,
  { id: userId }: User,
  sessionId: string,
): Promise<Result<SignedIn, Refusal>> {
  await endSession(deps, { sessionId, userId, memberships: [], visit: null })
  return refuse(WRONG)
}
