import type { Actor, Asker, Membership, Role } from '../actor.ts'
import { restaurantKeyOf } from '../ids.ts'
import { may, type Permission } from '../permissions.ts'

/** The membership of the restaurant whose key `idWithKey` carries. */
export function membershipAt(
  memberships: readonly Membership[],
  idWithKey: string,
): Membership | null {
  const key = restaurantKeyOf(idWithKey)
  return memberships.find(({ restaurantId }) => restaurantKeyOf(restaurantId) === key) ?? null
}

/** Those who work elsewhere are customers here: an owner's account opens no other restaurant. */
const roleWithoutMembership = (role: Role): Role =>
  role === 'OWNER' || role === 'STAFF' ? 'CUSTOMER' : role

/** The actor as the restaurant whose key `idWithKey` carries sees it. */
export const askerAt = (actor: Actor, idWithKey: string): Asker & { role: Role } => {
  const membership = membershipAt(actor.memberships, idWithKey)
  return {
    role: membership?.role ?? roleWithoutMembership(actor.role),
    sessionId: actor.sessionId,
    userId: actor.userId,
    visit: actor.visit,
    ...(membership?.version !== undefined && { membershipVersion: membership.version }),
    ...(actor.named !== undefined && { named: actor.named }),
  }
}

/**
 * The same, for something that asks for a permission: where the membership does not grant it, whoever
 * has a role on the platform acts by that one, as they would if they did not work here.
 */
export function askerFor(
  actor: Actor,
  idWithKey: string,
  permission: Permission,
): Asker & { role: Role } {
  const asker = askerAt(actor, idWithKey)
  if (may(asker.role, permission)) return asker
  const visitor = askerAt({ ...actor, memberships: [] }, idWithKey)
  return may(visitor.role, permission) ? visitor : asker
}
