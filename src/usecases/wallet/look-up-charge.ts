import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import { stepAfterLookup, type Step } from '../../domain/payment/capturing.ts'
import type { LookupOutcome } from '../../domain/payment/outcomes.ts'
import {
  chargeAfter,
  chargeAfterDesk,
  PROVIDER_OF_CHARGE,
  type ChargeState,
} from '../../domain/wallet/charge.ts'
import type { Deps } from '../deps.ts'
import { moveCharge } from './move-charge.ts'

export type LookUpChargeDeps = Pick<Deps, 'charges' | 'provider' | 'now' | 'random' | 'log'>

const GONE_BACK = {
  code: 'REFUNDED_AT_PROVIDER',
  message: 'The money went back before it counted.',
}

/**
 * Asks the provider what became of a charge, and writes it with the points where the money is there.
 * Gives what the provider said; null where no provider has part in it.
 */
export async function lookUpCharge(
  deps: LookUpChargeDeps,
  found: Versioned<ChargeState>,
): Promise<LookupOutcome | null> {
  const { id, method, payment } = found.state
  const provider = PROVIDER_OF_CHARGE[method]
  const outcome =
    provider === null
      ? null
      : await (
          await deps.provider(provider, id)
        ).lookUp({ paymentId: id, providerKey: payment.providerKey })
  const { state } = await moveCharge(deps, found, (charge) => after(charge, outcome, deps.now()))
  if (payment.status === 'CAPTURED' && state.payment.refundedAmount > payment.refundedAmount) {
    const { refundedAmount } = state.payment
    deps.log({ level: 'warn', kind: 'charge-refunded-at-desk', chargeId: id, refundedAmount })
  }
  return outcome
}

function after(charge: ChargeState, outcome: LookupOutcome | null, now: number): ChargeState {
  if (outcome === null) return chargeAfter(charge, 'nothing', now)
  return charge.payment.status === 'CAPTURED'
    ? chargeAfterDesk(charge, outcome, now)
    : chargeAfter(charge, stepOf(charge, outcome, now), now)
}

/** What was paid back at the provider's own desk before it was credited brings no points. */
function stepOf({ payment }: ChargeState, outcome: LookupOutcome, now: number): Step {
  const step = stepAfterLookup(payment, outcome, now)
  const told = outcome.kind === 'found' && outcome.state === 'CAPTURED'
  if (!told || typeof step === 'string') return step
  const { refundedAmount } = outcome
  return refundedAmount >= payment.amount
    ? { event: 'refused', changes: { failure: GONE_BACK } }
    : { ...step, changes: { ...step.changes, refundedAmount } }
}
