import type { Actor, Asker } from '../../domain/actor.ts'
import { askerFor, membershipAt } from '../../domain/identity/asker.ts'
import { may, type Permission } from '../../domain/permissions.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { membershipsOf } from '../identity/memberships-of.ts'

const NO_RESTAURANT: Refusal = { kind: 'NOT_FOUND', what: 'restaurant' }

/**
 * Where the caller adds something: the restaurant that is named, or an owner's only one. Those who may
 * act anywhere have to name it; of others' an owner hears that it is not there.
 */
export async function restaurantToEdit(
  deps: Pick<Deps, 'registry'>,
  actor: Actor,
  named: string | null,
  permission: Permission,
): Promise<Result<{ restaurantId: string; asker: Asker }, Refusal>> {
  const owner = actor.role === 'OWNER' || actor.role === 'STAFF'
  // A token names the memberships of when it was signed; an owner may have opened one since.
  const known = named !== null && membershipAt(actor.memberships, named) !== null
  const memberships =
    owner && !known && actor.userId !== null
      ? await membershipsOf(deps, actor.userId)
      : actor.memberships
  const [only, ...others] = memberships.filter(({ role }) => may(role, permission))
  if (named === null && (only === undefined || others.length > 0)) {
    if (owner && only === undefined) return refuse(NO_RESTAURANT)
    return refuse({ kind: 'INVALID', errors: [{ field: 'restaurant_id', reason: 'required' }] })
  }
  const restaurantId = named ?? only?.restaurantId ?? ''
  const membership = membershipAt(memberships, restaurantId)
  const there = { ...actor, memberships: membership ? [membership] : [] }
  const asker = askerFor(there, restaurantId, permission)
  if (may(asker.role, permission)) return ok({ restaurantId, asker })
  return refuse(membership ? { kind: 'FORBIDDEN', permission } : NO_RESTAURANT)
}
