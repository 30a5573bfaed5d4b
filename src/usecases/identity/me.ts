import type { Actor, Membership } from '../../domain/actor.ts'
import type { User } from '../../db/repositories/ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

export interface Me extends Pick<User, 'id' | 'email' | 'name' | 'role'> {
  memberships: readonly Membership[]
  points: number
}

/** Who the caller is, as D1 has it now. */
export async function me(deps: Deps, { actor }: { actor: Actor }): Promise<Result<Me, Refusal>> {
  if (actor.userId === null) return refuse({ kind: 'FORBIDDEN', permission: 'account:read-own' })
  const [user, memberships, points] = await Promise.all([
    deps.users.byId(actor.userId),
    deps.registry.memberships(actor.userId),
    deps.wallets.balanceOf(actor.userId),
  ])
  if (!user) return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  const { id, email, name, role } = user
  return ok({ id, email, name, role, memberships, points })
}
