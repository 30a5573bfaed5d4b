import type { Actor, Membership } from '../../domain/actor.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { SessionDevice } from '../../domain/identity/device.ts'
import type { Session, User } from '../../db/repositories/ports.ts'
import type { Deps } from '../deps.ts'
import { digestOf, randomSecret } from './refresh-secret.ts'

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
    memberships,
    refreshToken,
    now,
  }: {
    user: Pick<User, 'id' | 'email' | 'name' | 'role'>
    session: Pick<Session, 'id' | 'visit'>
    memberships: readonly Membership[]
    refreshToken: string
    now: number
  },
): Promise<SignedIn> {
  const actor: Actor = {
    role: user.role,
    sessionId: session.id,
    userId: user.id,
    memberships: inToken(memberships),
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

/**
 * When a refresh token given out now runs out, in ms. A tablet's lives for months, and anew with each
 * exchange, for as long as its account works at a restaurant.
 */
export function refreshEnds(
  { settings }: Pick<Deps, 'settings'>,
  device: SessionDevice,
  memberships: readonly Membership[],
  now: number,
): number {
  const atWork = device === 'tablet' && memberships.length > 0
  const seconds = atWork ? settings.tabletRefreshTtlSeconds : settings.refreshTtlSeconds
  return now + seconds * 1000
}

/** Starts a session for the user: one row, its first refresh token, and the tokens to answer with. */
export async function startSession(
  deps: Deps,
  user: Pick<User, 'id' | 'email' | 'name' | 'role'>,
  now: number,
  device: SessionDevice = 'other',
): Promise<SignedIn & { sessionId: string }> {
  const memberships = await deps.registry.memberships(user.id)
  const session = {
    id: mintAccountId(deps.random),
    userId: user.id,
    createdAt: now,
    endedAt: null,
    visit: null,
    device,
  }
  const refreshToken = randomSecret(deps.random)
  await deps.sessions.insert(session, {
    digest: await digestOf(refreshToken),
    sessionId: session.id,
    expiresAt: refreshEnds(deps, device, memberships, now),
    usedAt: null,
    successorDigest: null,
  })
  const signedIn = await signIn(deps, { user, session, memberships, refreshToken, now })
  return { ...signedIn, sessionId: session.id }
}
