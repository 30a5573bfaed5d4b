import type { Actor, Asker, Membership, Role } from '../actor.ts'
import { restaurantKeyOf } from '../ids.ts'

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
export const askerAt = (actor: Actor, idWithKey: string): Asker => {
  const membership = membershipAt(actor.memberships, idWithKey)
  return {
    role: membership?.role ?? roleWithoutMembership(actor.role),
    sessionId: actor.sessionId,
    userId: actor.userId,
    visit: actor.visit,
    ...(membership?.version !== undefined && { membershipVersion: membership.version }),
  }
}
