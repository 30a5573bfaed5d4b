import { SYSTEM, type Membership, type VisitClaim } from '../../domain/actor.ts'
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
    const current = inToken(await deps.registry.memberships(userId))
    const bound = (await deps.sessions.byId(sessionId))?.visit ?? null
    const idsWithKey = [...memberships, ...current].map(({ restaurantId }) => restaurantId)
    for (const claim of [visit, bound]) if (claim) idsWithKey.push(claim.tableId)
    idsWithKey.push(...(await watchedOrders(deps, { sessionId, userId })))
    const objects = oncePerObject(idsWithKey)
    await deps.sessions.end(sessionId, endedAt, objects)
    await Promise.all(
      objects.map((restaurantId) => pushRevocation(deps, { sessionId, restaurantId, endedAt })),
    )
  })
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
  revocation: { sessionId: string; restaurantId: string; endedAt: number },
): Promise<boolean> {
  const { sessionId, restaurantId, endedAt } = revocation
  const forgetAfter = endedAt + (deps.settings.accessTtlSeconds + MARGIN_SECONDS) * 1000
  if (!(await tellObject(deps, restaurantId, { sessionId, forgetAfter }))) return false
  await deps.sessions.confirmRevocation(sessionId, restaurantId)
  return true
}

/** Has the object of `idWithKey` refuse the session from now on; `forgetAfter` in ms. */
export async function tellObject(
  deps: Deps,
  idWithKey: string,
  { sessionId, forgetAfter }: { sessionId: string; forgetAfter: number },
): Promise<boolean> {
  const failed = (attempt: number, reason: string) =>
    deps.log({ level: 'warn', kind: 'revocation-not-pushed', sessionId, attempt, reason })
  for (let attempt = 1; attempt <= PUSH_ATTEMPTS; attempt += 1) {
    try {
      const outcome = await deps.restaurants(idWithKey).execute<'end-session'>({
        command: { type: 'end-session', sessionId, forgetAfter },
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
