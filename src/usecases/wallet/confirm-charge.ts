import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import { stepAfterCapture } from '../../domain/payment/capturing.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { chargeAfter, claimCharge, PROVIDER_OF_CHARGE } from '../../domain/wallet/charge.ts'
import type { ChargeState } from '../../domain/wallet/charge.ts'
import type { Deps } from '../deps.ts'
import { UNEXPLAINED } from '../payments/unexplained.ts'
import { moveCharge } from './move-charge.ts'
import { newEntryId } from './wallet-provider.ts'

export interface ConfirmChargeWish {
  id: string
  providerKey: string
  amount: number
  /** Whose charge it must be; null: the browser came back from the provider with its key. */
  userId: string | null
}

export type ConfirmingDeps = Pick<Deps, 'charges' | 'provider' | 'now' | 'random' | 'toTheEnd'>

const LOOK_UP_SECONDS = 3

/**
 * Takes the money of a charge: claim, ask the provider, write what came of it with the points. Cut
 * anywhere, a webhook or the cron looks it up.
 */
export function confirmCharge(
  deps: ConfirmingDeps,
  wish: ConfirmChargeWish,
): Promise<Result<ChargeState, Refusal>> {
  return deps.toTheEnd(async () => {
    const claim = await claimed(deps, wish)
    if (!claim.ok) return claim
    const { found, attemptId } = claim.value
    if (attemptId === null) return ok(found.state)
    const { id, method, amount, payment, userId } = found.state
    const provider = PROVIDER_OF_CHARGE[method]
    if (provider === null) throw new Error(`charge ${id} has no provider`)
    const adapter = await deps.provider(provider, id)
    const { providerKey } = payment
    const request = { paymentId: id, providerKey, orderId: id, amount, attemptId, userId }
    const outcome = await adapter.capture(request)
    const { state } = await moveCharge(deps, found, (charge) =>
      chargeAfter(
        charge,
        stepAfterCapture(charge.payment, attemptId, outcome, deps.now()),
        deps.now(),
      ),
    )
    if (state.payment.status === 'CAPTURED') return ok(state)
    if (outcome.kind === 'not-authenticated') return refuse({ kind: 'PAYMENT_NOT_AUTHENTICATED' })
    if (outcome.kind === 'refused')
      return refuse({ kind: 'PAYMENT_REFUSED', ...(state.payment.failure ?? UNEXPLAINED) })
    return refuse({ kind: 'PAYMENT_PROVIDER_FAILED', retryAfterSeconds: LOOK_UP_SECONDS })
  })
}

/** `attemptId` null: the points are there already. */
type Claim = { found: Versioned<ChargeState>; attemptId: string | null }

async function claimed(
  deps: ConfirmingDeps,
  wish: ConfirmChargeWish,
): Promise<Result<Claim, Refusal>> {
  const found = await deps.charges.byId(wish.id)
  if (found === null || (wish.userId !== null && found.state.userId !== wish.userId))
    return refuse({ kind: 'NOT_FOUND', what: 'payment' })
  const attemptId = mintTimedId(PLATFORM_KEY, deps.now(), deps.random)
  const decided = claimCharge(found.state, wish, { attemptId, now: deps.now() })
  if (!decided.ok) return decided
  if (decided.value === 'already') return ok({ found, attemptId: null })
  const { claimed: state } = decided.value
  const won = await deps.charges.advance({ state, version: found.version }, newEntryId(deps))
  // Another was first: what it left behind decides.
  return won ? ok({ found: { state, version: found.version + 1 }, attemptId }) : claimed(deps, wish)
}
