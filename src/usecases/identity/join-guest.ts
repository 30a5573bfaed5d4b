import type { Actor, VisitClaim } from '../../domain/actor.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { takeCartAlong } from '../cart/take-cart-along.ts'
import { sessionIsOpen } from './authenticate.ts'

export interface Scan {
  tableId: string
  code: string
}

/** The authenticated caller, with the token they sent. */
export interface Caller {
  actor: Actor
  token: string
}

export interface Joined {
  accessToken: string
  expiresInSeconds: number
  sessionId: string
  /** Null for browsing without a table. */
  table: { visitId: string; tableId: string; tableName: string; restaurantId: string } | null
}

interface Joining {
  caller: Caller | null
  scan: Scan | null
  /** Of one without a token, who has filled a cart under it. */
  namedSession?: string | null
  traceId: string | null
}

/**
 * Gives a guest a token: into the table's visit with its code, for browsing without one. A member
 * stays a member, in the same session, bound to the visit. The cart of the session that one without a
 * token names comes along.
 */
export async function joinGuest(
  deps: Deps,
  { namedSession = null, ...joining }: Joining,
): Promise<Result<Joined, Refusal>> {
  const joined = await join(deps, joining)
  if (joined.ok && joining.caller === null && namedSession !== null) {
    const { sessionId: to } = joined.value
    await deps.toTheEnd(() => takeCartAlong(deps, { from: namedSession, to }))
  }
  return joined
}

async function join(
  deps: Deps,
  { caller, scan, traceId }: Omit<Joining, 'namedSession'>,
): Promise<Result<Joined, Refusal>> {
  if (!scan) return browse(deps, caller)
  const actor = caller && staysWith(caller.actor, scan) ? caller.actor : newGuest(deps)
  return deps.toTheEnd(async () => {
    const joined = await deps.restaurants(scan.tableId).execute<'join-visit'>({
      command: { type: 'join-visit', ...scan },
      asker: askerAt(actor, scan.tableId),
      idempotency: null,
      traceId,
    })
    if (!joined.ok) return refuse(joined.refusal)
    const { visitId, tableId } = joined.value
    const visit: VisitClaim = { visitId, tableId }
    if (actor.userId !== null) await deps.sessions.bindVisit(actor.sessionId, visit)
    return ok({ ...(await tokenFor(deps, caller, { ...actor, visit })), table: joined.value })
  })
}

/** No object is asked here: without D1's word a token could outlive the log-out of its session. */
async function browse(deps: Deps, caller: Caller | null): Promise<Result<Joined, Refusal>> {
  if (caller && !(await sessionIsOpen(deps, caller.actor)))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  const actor = caller?.actor ?? newGuest(deps)
  return ok({ ...(await tokenFor(deps, caller, actor)), table: null })
}

/**
 * A guest's session belongs to one restaurant's visits, since its log-out is pushed there alone: the
 * next restaurant gives a new one.
 */
const staysWith = (actor: Actor, scan: Scan): boolean =>
  actor.userId !== null ||
  actor.visit === null ||
  restaurantKeyOf(actor.visit.tableId) === restaurantKeyOf(scan.tableId)

const newGuest = (deps: Deps): Actor => ({
  role: 'GUEST',
  sessionId: mintAccountId(deps.random),
  userId: null,
  memberships: [],
  visit: null,
})

async function tokenFor(
  deps: Deps,
  caller: Caller | null,
  actor: Actor,
): Promise<Omit<Joined, 'table'>> {
  const now = deps.now()
  const ttlSeconds = await ttlOf(deps, caller, actor, now)
  const accessToken = await deps.tokens.issue('access', actor, {
    id: mintAccountId(deps.random),
    issuedAt: now,
    ttlSeconds,
  })
  return { accessToken, expiresInSeconds: ttlSeconds, sessionId: actor.sessionId }
}

/** A member's token lives no longer for a scan: only the refresh token prolongs it. */
async function ttlOf(
  deps: Deps,
  caller: Caller | null,
  actor: Actor,
  now: number,
): Promise<number> {
  if (actor.userId === null) return deps.settings.guestTtlSeconds
  const presented = caller && (await deps.tokens.verify('access', caller.token, now))
  return presented ? Math.max(1, Math.floor((presented.expiresAt - now) / 1000)) : 1
}
