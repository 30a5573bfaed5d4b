import type { Revocation } from '../../db/repositories/ports.ts'
import { SYSTEM, type Membership, type VisitClaim } from '../../domain/actor.ts'
import type { Command } from '../../domain/commands.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { Deps } from '../deps.ts'
import { inToken } from './session-tokens.ts'

/** A new handle each time: one that threw stays broken. */
const PUSH_ATTEMPTS = 3
/** Nobody watches more of their latest orders than these. */
const WATCHED_ORDERS = 50
/** Clocks of two machines, and tickets (30 s) made from a token's last moment. */
const MARGIN_SECONDS = 120

/**
 * Ends a member's session and tells every object whose staff or table its tokens may name. What
 * cannot be told now stays noted for the cron.
 */
export async function endSession(
  deps: Deps,
  {
    sessionId,
    userId,
    memberships,
    visit,
  }: {
    sessionId: string
    userId: string
    /** As the presented token has them; D1's are told too, since other tokens may be newer. */
    memberships: readonly Membership[]
    visit: VisitClaim | null
  },
): Promise<void> {
  await deps.toTheEnd(async () => {
    const endedAt = deps.now()
    const bound = (await deps.sessions.byId(sessionId))?.visit ?? null
    const visits = [visit, bound].filter((claim) => claim !== null)
    const objects = await objectsToTell(deps, { userId, memberships, visits })
    await deps.sessions.end(sessionId, endedAt, objects)
    await pushRevocations(
      deps,
      objects.map((restaurantId) => ({ sessionId, restaurantId, endedAt })),
    )
  })
}

/**
 * Ends all of the user's sessions, or all but one, and tells every object that their tokens may name.
 * Each session's own table is told besides.
 */
export async function endAllSessions(
  deps: Deps,
  {
    userId,
    keepSessionId,
    memberships,
    visit,
  }: {
    userId: string
    keepSessionId: string | null
    memberships: readonly Membership[]
    visit: VisitClaim | null
  },
): Promise<void> {
  await deps.toTheEnd(async () => {
    const visits = visit ? [visit] : []
    const restaurantIds = await objectsToTell(deps, { userId, memberships, visits })
    const ending = { userId, keepSessionId, endedAt: deps.now(), restaurantIds }
    await pushRevocations(deps, await deps.sessions.endAll(ending))
  })
}

/** One id per object that may know tokens of the user: work, tables, and orders being watched. */
export async function objectsToTell(
  deps: Deps,
  {
    userId,
    memberships = [],
    visits = [],
  }: { userId: string; memberships?: readonly Membership[]; visits?: readonly VisitClaim[] },
): Promise<string[]> {
  const current = inToken(await deps.registry.memberships(userId))
  return oncePerObject([
    ...[...memberships, ...current].map(({ restaurantId }) => restaurantId),
    ...visits.map(({ tableId }) => tableId),
    ...(await watchedOrders(deps, { sessionId: '', userId })),
  ])
}

export async function pushRevocations(
  deps: Deps,
  revocations: readonly Revocation[],
): Promise<void> {
  await Promise.all(revocations.map((revocation) => pushRevocation(deps, revocation)))
}

/** Orders that the session may be watching live: their objects close its sockets. */
export async function watchedOrders(
  { orderIndex }: Pick<Deps, 'orderIndex'>,
  { sessionId, userId }: { sessionId: string; userId: string | null },
): Promise<string[]> {
  const page = { limit: WATCHED_ORDERS, beforeId: null }
  const { orders } =
    userId === null
      ? await orderIndex.bySession(sessionId, page)
      : await orderIndex.byUser(userId, page)
  return orders.map(({ id }) => id)
}

export const oncePerObject = (idsWithKey: readonly string[]): string[] => [
  ...new Map(idsWithKey.map((id) => [restaurantKeyOf(id), id])).values(),
]

/** Tells one object and notes that it knows. False when it could not be reached. */
export async function pushRevocation(
  deps: Deps,
  { sessionId, restaurantId, endedAt }: Revocation,
): Promise<boolean> {
  const forgetAfter = lastTokenEnds(deps, endedAt)
  if (!(await tellObject(deps, restaurantId, { sessionId, forgetAfter }))) return false
  await deps.sessions.confirmRevocation(sessionId, restaurantId)
  return true
}

/** When the last access token signed by `moment` has certainly run out. All in ms. */
export const lastTokenEnds = ({ settings }: Pick<Deps, 'settings'>, moment: number): number =>
  moment + (settings.accessTtlSeconds + MARGIN_SECONDS) * 1000

/** Has the object of `idWithKey` refuse the session from now on; `forgetAfter` in ms. */
export const tellObject = (
  deps: Deps,
  idWithKey: string,
  { sessionId, forgetAfter }: { sessionId: string; forgetAfter: number },
): Promise<boolean> =>
  tell(deps, idWithKey, { type: 'end-session', sessionId, forgetAfter }, { sessionId })

/** Has the object take in that something ended; false when it could not be reached. `about` is for the log. */
export async function tell(
  deps: Deps,
  idWithKey: string,
  command: Command<'end-session' | 'end-membership'>,
  about: Record<string, string>,
): Promise<boolean> {
  const failed = (attempt: number, reason: string) =>
    deps.log({ ...about, level: 'warn', kind: 'revocation-not-pushed', attempt, reason })
  for (let attempt = 1; attempt <= PUSH_ATTEMPTS; attempt += 1) {
    try {
      const outcome = await deps.restaurants(idWithKey).execute({
        command,
        asker: SYSTEM,
        idempotency: null,
        traceId: null,
      })
      // An object that was never set up has nothing to refuse.
      if (outcome.ok || outcome.refusal.kind === 'NOT_FOUND') return true
      failed(attempt, outcome.refusal.kind)
      return false
    } catch (error) {
      failed(attempt, error instanceof Error ? error.name : 'unknown')
    }
  }
  return false
}
