import type { User } from '../../db/repositories/ports.ts'
import type { SessionDevice } from '../../domain/identity/device.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { countTry } from './count-try.ts'
import { endSession } from './end-session.ts'
import { startSession, type SignedIn } from './session-tokens.ts'

const WRONG: Refusal = { kind: 'UNAUTHENTICATED', reason: 'WRONG_CREDENTIALS' }
const ENDED: Refusal = { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' }
const LOCKED: Refusal = { kind: 'ACCOUNT_LOCKED' }

export interface LoginForm {
  email: string
  password: string
  device?: SessionDevice | undefined
}

/**
 * Logs a member in. An unknown e-mail and a wrong password give the same answer after the same work,
 * and are counted alike. That an account is locked is told to who has its password alone.
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
  if (user.lockedAt !== null) return refuse(LOCKED)
  return deps.toTheEnd(async () => {
    await tried.value.succeeded()
    if (stale) await renewHash(deps, user, password)
    const { sessionId, ...signedIn } = await startSession(deps, user, deps.now(), device)
    const why = await changedMeanwhile(deps, user, password)
    return why === null ? ok(signedIn) : refuseAfterAll(deps, user, { sessionId, why })
  })
}

/** The parameters have risen since the password was set; only now is it at hand to hash again. */
async function renewHash(deps: Deps, user: User, password: string): Promise<void> {
  const renewed = await deps.passwords.hash(password)
  await deps.users.renewPasswordHash(user.id, user.passwordHash, renewed)
}

/**
 * A new password, a lock and another role end all sessions; one that began between the check of the
 * old password and that moment would have been missed.
 */
async function changedMeanwhile(
  deps: Deps,
  checked: User,
  password: string,
): Promise<Refusal | null> {
  const now = await deps.users.byId(checked.id)
  if (now === null) return WRONG
  if (now.lockedAt !== null) return LOCKED
  if (now.role !== checked.role) return ENDED
  if (now.passwordHash === checked.passwordHash) return null
  return (await deps.passwords.verify(password, now.passwordHash)).matches ? null : WRONG
}

async function refuseAfterAll(
  deps: Deps,
  { id: userId }: User,
  { sessionId, why }: { sessionId: string; why: Refusal },
): Promise<Result<SignedIn, Refusal>> {
  await endSession(deps, { sessionId, userId, memberships: [], visit: null })
  return refuse(why)
}
