import type { RefreshToken, Session } from '../../db/repositories/ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { endSession } from './end-session.ts'
import { digestOf, successorOf } from './refresh-secret.ts'
import { refreshEnds, signIn, type SignedIn } from './session-tokens.ts'

/** How long a lost answer may be asked for again. */
const GRACE_MS = 60_000

const INVALID: Refusal = { kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' }
const ENDED: Refusal = { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' }

/**
 * Exchanges a refresh token for a new pair. The same token again within 60 s, before its successor
 * was used, gets the same successor; any later reuse means a copy is about and ends the session.
 */
export async function refresh(
  deps: Deps,
  { refreshToken: presented }: { refreshToken: string },
): Promise<Result<SignedIn, Refusal>> {
  const now = deps.now()
  const token = await deps.sessions.refreshByDigest(await digestOf(presented))
  if (!token) return refuse(INVALID)
  const session = await deps.sessions.byId(token.sessionId)
  if (!session || session.endedAt !== null) return refuse(ENDED)
  if (token.usedAt === null && token.expiresAt <= now) return refuse(INVALID)

  const memberships = await deps.registry.memberships(session.userId)
  const expiresAt = refreshEnds(deps, session.device, memberships, now)
  const successor = await successorOf(deps.settings.linkSecret, presented)
  const exchanged =
    (token.usedAt === null && (await rotate(deps, token, successor, { now, expiresAt }))) ||
    (await mayRepeat(deps, token.digest, now))
  if (!exchanged) return endFamily(deps, session)

  const user = await deps.users.byId(session.userId)
  if (user?.lockedAt !== null) return refuse(ENDED)
  return ok(await signIn(deps, { user, session, memberships, refreshToken: successor, now }))
}

/** False when another request has exchanged the token in between. */
const rotate = async (
  deps: Deps,
  token: RefreshToken,
  successor: string,
  { now, expiresAt }: { now: number; expiresAt: number },
): Promise<boolean> =>
  deps.sessions.rotate(token.digest, now, {
    digest: await digestOf(successor),
    sessionId: token.sessionId,
    expiresAt,
    usedAt: null,
    successorDigest: null,
  })

/** Read afresh: the exchange may have happened a moment ago in another request. */
async function mayRepeat(deps: Deps, digest: string, now: number): Promise<boolean> {
  const token = await deps.sessions.refreshByDigest(digest)
  if (token?.usedAt == null || token.successorDigest === null) return false
  if (now - token.usedAt > GRACE_MS) return false
  const successor = await deps.sessions.refreshByDigest(token.successorDigest)
  return successor !== null && successor.usedAt === null
}

async function endFamily(deps: Deps, session: Session): Promise<Result<SignedIn, Refusal>> {
  const { id: sessionId, userId, visit } = session
  deps.log({ level: 'warn', kind: 'refresh-reused', sessionId, userId })
  await endSession(deps, { sessionId, userId, memberships: [], visit })
  return refuse({ kind: 'REFRESH_REUSED' })
}
