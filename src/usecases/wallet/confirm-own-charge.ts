import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { ChargeState } from '../../domain/wallet/charge.ts'
import type { Deps } from '../deps.ts'
import { sessionIsOpen } from '../identity/authenticate.ts'
import { confirmCharge, type ConfirmChargeWish } from './confirm-charge.ts'

export interface OwnCharge {
  charge: ChargeState
  balance: number
}

/** A member confirms a charge of their own; no object is asked that knows of log-outs. */
export async function confirmOwnCharge(
  deps: Deps,
  { actor, ...wish }: Omit<ConfirmChargeWish, 'userId'> & { actor: Actor },
): Promise<Result<OwnCharge, Refusal>> {
  const { userId } = actor
  if (!(await sessionIsOpen(deps, actor)))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  if (userId === null) return refuse({ kind: 'NOT_FOUND', what: 'payment' })
  const confirmed = await confirmCharge(deps, { ...wish, userId })
  if (!confirmed.ok) return confirmed
  return ok({ charge: confirmed.value, balance: await deps.wallets.balanceOf(userId) })
}
