import type { Role } from '../../../src/domain/actor.ts'
import { may, type Permission } from '../../../src/domain/permissions.ts'
import type { RouteRecord } from '../../../src/http/route.ts'
import type { Caller } from './people.ts'
import type { Thing } from './things.ts'

/** What somebody in good standing is told. */
export type Verdict = 'ADMITTED' | 'FORBIDDEN' | 'NOT_FOUND'

/** Their roles are of the platform: what these are granted beyond everybody, they may anywhere. */
const EVERYWHERE: readonly Role[] = ['SUPPORT', 'INVENTORY', 'MARKETING', 'ADMIN', 'EXTERNAL']

export interface Asked {
  restaurant: RouteRecord['restaurant']
  permission: Permission
  /** Whose thing the ids name; null = no thing of anybody's. */
  thing: Thing | null
}

/**
 * The whole rule: who works where a thing is has the role of that work, and whoever has a role on the
 * platform has that one anywhere; elsewhere people who work are customers. Whoever has no role that
 * may do it is forbidden it; for whoever has one, what is not theirs is not there.
 */
export function verdictOn(who: Caller, { restaurant, permission, thing }: Asked): Verdict {
  const grants = (role: Role): boolean => may(role, permission)
  if (restaurant === 'me') {
    if (who.work === null) return grants(who.role) ? 'NOT_FOUND' : 'FORBIDDEN'
    if (!grants(who.work.role)) return 'FORBIDDEN'
    return thing === null || thing.at === who.work.at ? 'ADMITTED' : 'NOT_FOUND'
  }
  // A table's guest is a guest of one house.
  const strange = thing?.at != null && who.sits !== null && who.sits !== thing.at
  if (strange) return grants(who.role) ? 'NOT_FOUND' : 'FORBIDDEN'
  const worksThere = thing?.at != null && who.work?.at === thing.at
  if (worksThere && who.work !== null && grants(who.work.role)) return 'ADMITTED'
  const elsewhere = restaurant === 'any-own' && who.work !== null && grants(who.work.role)
  if (!grants(who.role) && !elsewhere) return 'FORBIDDEN'
  if (thing === null || thing.whose === 'anybody' || thing.whose.includes(who)) return 'ADMITTED'
  return EVERYWHERE.includes(who.role) && grants(who.role) && !grants('CUSTOMER')
    ? 'ADMITTED'
    : 'NOT_FOUND'
}
