import type { Refusal } from '../../domain/refusal.ts'
import type { ErasureProgress } from '../../db/repositories/erasure-ports.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { objectsToTell, pushRevocations } from '../identity/end-session.ts'
import { newEntryId } from '../wallet/wallet-provider.ts'
import { auditOf, type Acting } from './audit.ts'
import { forgetEverywhere } from './finish-erasures.ts'

export interface ErasureWish {
  userId: string
  reason: string
  /** The account's e-mail, typed again: this cannot be taken back. */
  confirm: string
  /** Points that are left are given up. */
  forfeitPoints: boolean
}

/**
 * Takes a person out of everything: name, e-mail and password at once, everything else step by step,
 * which the cron finishes alone. Their orders stay, as nobody's. Asked again it answers how far it is.
 */
export async function erasePerson(
  deps: Deps,
  wish: ErasureWish,
  by: Acting,
): Promise<Result<ErasureProgress, Refusal>> {
  const { userId, reason } = wish
  const account = await deps.people.byId(userId)
  if (account === null) return refuse({ kind: 'NOT_FOUND', what: 'user' })
  if (by.userId === null || by.userId === userId) return refuse({ kind: 'OWN_ACCOUNT' })
  const standing = await deps.erasures.progress(userId)
  if (standing !== null) return ok(standing)
  if (wish.confirm.toLowerCase() !== account.email)
    return refuse({ kind: 'INVALID', errors: [{ field: 'confirm', reason: 'does_not_match' }] })
  const { userId: askedBy } = by
  return deps.toTheEnd(async () => {
    const audit = auditOf(deps, by, {
      ...{ action: 'user-erased', subject: 'user', subjectId: userId, reason },
      changes: { pointsForfeited: { from: false, to: wish.forfeitPoints } },
    })
    const toPush = await deps.erasures.begin(
      {
        userId,
        askedBy,
        endedAt: deps.now(),
        restaurantIds: await objectsToTell(deps, { userId }),
        forfeitEntryId: wish.forfeitPoints ? newEntryId(deps) : null,
      },
      audit,
    )
    if (toPush === null) return whyNot(deps, wish, askedBy)
    deps.log({ level: 'info', kind: 'user-erased', accountId: userId, userId: askedBy })
    await pushRevocations(deps, toPush)
    const begun = { userId, askedBy, askedAt: audit.at, doneAt: null }
    try {
      await forgetEverywhere(deps, begun)
    } catch (error) {
      const what = error instanceof Error ? error.name : 'unknown'
      deps.log({ level: 'warn', kind: 'erasure-cut', accountId: userId, error: what })
    }
    const progress = await deps.erasures.progress(userId)
    return ok(progress ?? { ...begun, restaurants: 0, restaurantsDone: 0 })
  })
}

async function whyNot(
  deps: Deps,
  { userId, forfeitPoints }: ErasureWish,
  askedBy: string,
): Promise<Result<ErasureProgress, Refusal>> {
  const standing = await deps.erasures.progress(userId)
  if (standing !== null) return ok(standing)
  const blockers = await deps.erasures.blockers(userId, forfeitPoints)
  if (blockers.length > 0) return refuse({ kind: 'ERASURE_BLOCKED', blockers })
  const own = await deps.people.byId(askedBy)
  if (own?.role !== 'ADMIN' || own.lockedAt !== null)
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  // What was in the way has gone meanwhile: asked again, it is done.
  return refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 1 })
}
