import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import { stepAfterLookup, type Step } from '../../domain/payment/capturing.ts'
import type { LookupOutcome } from '../../domain/payment/outcomes.ts'
import { chargeAfter, PROVIDER_OF_CHARGE, type ChargeState } from '../../domain/wallet/charge.ts'
import type { Deps } from '../deps.ts'
import { moveCharge } from './move-charge.ts'

export type LookUpChargeDeps = Pick<Deps, 'charges' | 'provider' | 'now' | 'random'>

const GONE_BACK = {
  code: 'REFUNDED_AT_PROVIDER',
  message: 'The money went back before it counted.',
}

/** Asks the provider what became of a charge, and writes it with the points where the money is there. */
export async function lookUpCharge(
  deps: LookUpChargeDeps,
  found: Versioned<ChargeState>,
): Promise<ChargeState> {
  const { id, method, payment } = found.state
  const provider = PROVIDER_OF_CHARGE[method]
  const over = payment.status === 'CAPTURED' || provider === null
  const outcome = over
    ? null
    : await (
        await deps.provider(provider, id)
      ).lookUp({ paymentId: id, providerKey: payment.providerKey })
  const { state } = await moveCharge(deps, found, (charge) =>
    chargeAfter(
      charge,
      outcome === null ? 'nothing' : stepOf(charge, outcome, deps.now()),
      deps.now(),
    ),
  )
  return state
}

/** What was paid back at the provider's own desk before it was credited brings no points. */
function stepOf({ payment }: ChargeState, outcome: LookupOutcome, now: number): Step {
  if (outcome.kind === 'found' && outcome.state === 'CAPTURED' && outcome.refundedAmount > 0)
    return { event: 'refused', changes: { failure: GONE_BACK } }
  return stepAfterLookup(payment, outcome, now)
}
