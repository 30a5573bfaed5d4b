import type { Actor, Membership } from '../../domain/actor.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { Session, User } from '../../db/repositories/ports.ts'
import type { Deps } from '../deps.ts'
import { digestOf, firstRefreshToken } from './refresh-secret.ts'

/** What a member gets at log-in, registration and refresh. */
export interface SignedIn {
  accessToken: string
  refreshToken: string
  expiresInSeconds: number
  user: { id: string; email: string; name: string; role: User['role'] }
}

/** More would outgrow a header; the others are looked up (`memberships-of.ts`). */
const MEMBERSHIPS_IN_TOKEN = 50

export const inToken = (memberships: readonly Membership[]): readonly Membership[] =>
  memberships.slice(0, MEMBERSHIPS_IN_TOKEN)

/** Signs a member's access token for the session and puts it beside the refresh token. */
export async function signIn(
  deps: Deps,
  {
    user,
    session,
    refreshToken,
    now,
  }: { user: User; session: Session; refreshToken: string; now: number },
): Promise<SignedIn> {
  const actor: Actor = {
    role: user.role,
    sessionId: session.id,
    userId: user.id,
    memberships: inToken(await deps.registry.memberships(user.id)),
    visit: session.visit,
  }
  const ttlSeconds = deps.settings.accessTtlSeconds
  return {
    accessToken: await deps.tokens.issue('access', actor, {
      id: mintAccountId(deps.random),
      issuedAt: now,
      ttlSeconds,
    }),
    refreshToken,
    expiresInSeconds: ttlSeconds,
    user: { id: user.id, email: user.email, name: user.name, role: user.role },
  }
}

/** Starts a session for the user: one row, its first refresh token, and the tokens to answer with. */
export async function startSession(deps: Deps, user: User, now: number): Promise<SignedIn> {
  const session: Session = {
    id: mintAccountId(deps.random),
    userId: user.id,
    createdAt: now,
    endedAt: null,
    visit: null,
  }
  const refreshToken = firstRefreshToken(deps.random)
  await deps.sessions.insert(session, {
    digest: await digestOf(refreshToken),
    sessionId: session.id,
    expiresAt: now + deps.settings.refreshTtlSeconds * 1000,
    usedAt: null,
    successorDigest: null,
  })
  return signIn(deps, { user, session, refreshToken, now })
}
