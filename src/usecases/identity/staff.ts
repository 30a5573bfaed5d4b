import type { StaffMember } from '../../db/repositories/ports.ts'
import type { Actor, MembershipRole } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { ownerNow } from './owner-now.ts'
import { pushMembershipChange } from './push-membership-changes.ts'

interface Asked {
  actor: Actor
  restaurantId: string
}

/** Who works at the restaurant, longest first. */
export async function listStaff(
  deps: Deps,
  { actor, restaurantId }: Asked,
): Promise<Result<readonly StaffMember[], Refusal>> {
  const owner = await ownerNow(deps, actor, restaurantId)
  return owner.ok ? ok(await deps.staff.at(restaurantId)) : owner
}

/**
 * Gives somebody with an account work here, or another role. An e-mail without an account is said to
 * be one: registering with it says so too.
 */
export async function setStaffRole(
  deps: Deps,
  { actor, restaurantId, email, role }: Asked & { email: string; role: MembershipRole },
): Promise<Result<StaffMember, Refusal>> {
  const owner = await ownerNow(deps, actor, restaurantId)
  if (!owner.ok) return owner
  const user = await deps.users.byEmail(email)
  if (user === null) return refuse({ kind: 'NOT_FOUND', what: 'account', field: 'email' })
  return deps.toTheEnd(async () => {
    const wanted = { userId: user.id, restaurantId, role }
    const set = await deps.staff.setRole(wanted, deps.now())
    if (set === null) return refuse({ kind: 'LAST_OWNER' })
    if (set.change !== null) await pushMembershipChange(deps, set.change)
    return ok(set.member)
  })
}

/** Dismisses somebody: tokens that name the work are refused from the next request on. */
export async function dismissStaff(
  deps: Deps,
  { actor, restaurantId, userId }: Asked & { userId: string },
): Promise<Result<null, Refusal>> {
  const owner = await ownerNow(deps, actor, restaurantId)
  if (!owner.ok) return owner
  return deps.toTheEnd(async () => {
    const change = await deps.staff.dismiss({ userId, restaurantId }, deps.now())
    if (change === 'UNKNOWN') return refuse({ kind: 'NOT_FOUND', what: 'staff' })
    if (change === 'LAST_OWNER') return refuse({ kind: 'LAST_OWNER' })
    await pushMembershipChange(deps, change)
    return ok(null)
  })
}
