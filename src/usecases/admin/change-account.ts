import type { Account } from '../../db/repositories/account-ports.ts'
import { accountAfter, administers, type AccountWish } from '../../domain/identity/account.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { objectsToTell, pushRevocations } from '../identity/end-session.ts'
import { auditOf, type Acting } from './audit.ts'

/** Others change the same account: more at once there never are. */
const MOST_TRIES = 5

/**
 * Gives an account another role, locks or unlocks it. Its sessions end with the change, and every
 * object that its tokens name is told.
 */
export async function changeAccount(
  deps: Deps,
  { id, reason, ...wish }: AccountWish & { id: string; reason: string },
  by: Acting,
): Promise<Result<Account, Refusal>> {
  const { userId: asker } = by
  if (asker === null) return refuse({ kind: 'FORBIDDEN', permission: 'user:manage' })
  return deps.toTheEnd(async () => {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const account = await deps.people.byId(id)
      if (account === null) return refuse({ kind: 'NOT_FOUND', what: 'user' })
      if (account.erasedAt !== null) return refuse({ kind: 'CUSTOMER_ERASED' })
      const change = accountAfter(account, wish, deps.now())
      if (change === null) return ok(account)
      if (asker === id) return refuse({ kind: 'OWN_ACCOUNT' })
      const { action, changes, after, endsSessions } = change
      const audit = auditOf(deps, by, { action, subject: 'user', subjectId: id, reason, changes })
      const ending = endsSessions
        ? { endedAt: deps.now(), restaurantIds: await objectsToTell(deps, { userId: id }) }
        : null
      const wanted = { id, by: asker, before: account, after, ending }
      const toPush = await deps.people.change(wanted, audit)
      if (toPush !== null) {
        deps.log({ level: 'info', kind: action, accountId: id, userId: asker })
        await pushRevocations(deps, toPush)
        return ok({ ...account, ...after })
      }
      const refusal = await whyNot(deps, { asker, account, removesAdmin: !administers(after) })
      if (refusal !== null) return refuse(refusal)
    }
    throw new Error(`account ${id} does not stand still`)
  })
}

/** Null: the account itself has changed meanwhile, and is looked at again. */
async function whyNot(
  deps: Deps,
  { asker, account, removesAdmin }: { asker: string; account: Account; removesAdmin: boolean },
): Promise<Refusal | null> {
  const [own, present] = [await deps.people.byId(asker), await deps.people.byId(account.id)]
  if (own === null || !administers(own)) return { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' }
  const unchanged = present?.role === account.role && present.lockedAt === account.lockedAt
  return unchanged && removesAdmin && administers(account) ? { kind: 'LAST_ADMIN' } : null
}
