import type { Account } from '../../db/repositories/account-ports.ts'
import type { Session } from '../../db/repositories/ports.ts'
import type { Membership } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

/** An account with where it works, where it is logged in, and what its wallet holds. */
export interface AccountDetails {
  account: Account
  memberships: readonly Membership[]
  sessions: readonly Session[]
  points: number
}

/** One account as administrators look at it. */
export async function readAccount(
  deps: Pick<Deps, 'people' | 'registry' | 'sessions' | 'wallets' | 'now'>,
  id: string,
): Promise<Result<AccountDetails, Refusal>> {
  const account = await deps.people.byId(id)
  if (account === null) return refuse({ kind: 'NOT_FOUND', what: 'user' })
  const [memberships, sessions, points] = await Promise.all([
    deps.registry.memberships(id),
    deps.sessions.openOf(id, deps.now()),
    deps.wallets.balanceOf(id),
  ])
  return ok({ account, memberships, sessions, points })
}
