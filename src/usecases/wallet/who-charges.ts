import { restaurantKeyOf } from '../../domain/ids.ts'
import { may } from '../../domain/permissions.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { ChargeState } from '../../domain/wallet/charge.ts'
import type { Deps } from '../deps.ts'
import { membershipsOf } from '../identity/memberships-of.ts'
import type { ChargeWish } from './charge-points.ts'

type Who = Pick<ChargeState, 'method' | 'askedBy' | 'restaurantId'>

const NO_SUCH_WALLET: Refusal = { kind: 'NOT_FOUND', what: 'wallet' }
const NO_CASH: Refusal = { kind: 'FORBIDDEN', permission: 'points:take-cash' }

/**
 * Whether the caller may charge this account, and how. Members charge their own; cash is taken by
 * others than whose points they are, so that nobody gives points to himself.
 */
export async function whoCharges(deps: Deps, wish: ChargeWish): Promise<Result<Who, Refusal>> {
  const { actor, userId, method } = wish
  if (actor.userId === null) return refuse({ kind: 'POINTS_NEED_ACCOUNT' })
  if (method === 'CASH') return takesCash(deps, wish, actor.userId)
  if (actor.userId !== userId || (await deps.users.byId(userId)) === null)
    return refuse(NO_SUCH_WALLET)
  const instant = method === null && deps.settings.points.instant
  return ok({ method: instant ? 'INSTANT' : 'CARD', askedBy: userId, restaurantId: null })
}

async function takesCash(
  deps: Deps,
  { actor, userId, restaurantId: named }: ChargeWish,
  askedBy: string,
): Promise<Result<Who, Refusal>> {
  const self = askedBy === userId
  const roles = [actor.role, ...actor.memberships.map(({ role }) => role)]
  if (!roles.some((role) => may(role, 'points:take-cash')))
    return refuse(self ? NO_CASH : NO_SUCH_WALLET)
  if (self) return refuse(NO_CASH)
  const where = actor.role === 'ADMIN' ? ok(null) : await workplace(deps, askedBy, named)
  if (!where.ok) return where
  if ((await deps.users.byId(userId)) === null) return refuse(NO_SUCH_WALLET)
  return ok({ method: 'CASH', askedBy, restaurantId: where.value })
}

/** Where the caller works at this moment: who was dismissed takes no cash any more. */
async function workplace(
  deps: Deps,
  askedBy: string,
  named: string | null,
): Promise<Result<string, Refusal>> {
  if (!deps.settings.points.cashByStaff) return refuse(NO_CASH)
  const works = await membershipsOf(deps, askedBy)
  const there = works.filter(
    ({ restaurantId }) =>
      named === null || restaurantKeyOf(restaurantId) === restaurantKeyOf(named),
  )
  const [first, second] = there
  if (first === undefined) return refuse(NO_CASH)
  if (second !== undefined)
    return refuse({ kind: 'INVALID', errors: [{ field: 'X-Restaurant-Id', reason: 'required' }] })
  return ok(first.restaurantId)
}
