import {
  ACCOUNT_ROLES,
  type Actor,
  type Membership,
  type Role,
  type VisitClaim,
} from '../domain/actor.ts'
import { parseId } from '../domain/ids.ts'

const ROLES: readonly unknown[] = ['GUEST', ...ACCOUNT_ROLES]
const isRole = (value: unknown): value is Role => ROLES.includes(value)

const isId = (value: unknown): value is string =>
  typeof value === 'string' && parseId(value) === value

const isVersion = (value: unknown): value is number => Number.isSafeInteger(value)

/** What a token says of its actor, beside the registered claims. */
export interface ActorClaims {
  sub: string
  sid: string
  role: Role
  mem: readonly (readonly [restaurantId: string, role: Membership['role'], version?: number])[]
  visit?: readonly [visitId: string, tableId: string]
}

export const toClaims = (actor: Actor): ActorClaims => ({
  sub: actor.userId ?? actor.sessionId,
  sid: actor.sessionId,
  role: actor.role,
  mem: actor.memberships.map(({ restaurantId, role, version }) =>
    version === undefined ? ([restaurantId, role] as const) : [restaurantId, role, version],
  ),
  ...(actor.visit && { visit: [actor.visit.visitId, actor.visit.tableId] as const }),
})

/** The actor, or null when any claim is missing or malformed. */
export function toActor(claims: Readonly<Record<string, unknown>>): Actor | null {
  const { sub, sid, role } = claims
  if (!isId(sub) || !isId(sid) || !isRole(role)) return null
  const userId = sub === sid ? null : sub
  const memberships = toMemberships(claims['mem'])
  const visit = claims['visit'] === undefined ? null : toVisit(claims['visit'])
  if (memberships === null || visit === false) return null
  const isGuest = role === 'GUEST'
  // Only guests, and partner systems, have no account; a guest works nowhere.
  if (isGuest !== (userId === null) && role !== 'EXTERNAL') return null
  if (isGuest && memberships.length > 0) return null
  return { role, sessionId: sid, userId, memberships, visit }
}

function toMemberships(value: unknown): Membership[] | null {
  if (!Array.isArray(value)) return null
  const memberships: Membership[] = []
  for (const entry of value as unknown[]) {
    if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3) return null
    const [restaurantId, role, version] = entry as unknown[]
    if (!isId(restaurantId) || (role !== 'OWNER' && role !== 'STAFF')) return null
    if (version !== undefined && !isVersion(version)) return null
    memberships.push({ restaurantId, role, ...(version !== undefined && { version }) })
  }
  return memberships
}

/** False when it is not a visit. */
function toVisit(value: unknown): VisitClaim | false {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [visitId, tableId] = value as unknown[]
  return isId(visitId) && isId(tableId) && { visitId, tableId }
}
