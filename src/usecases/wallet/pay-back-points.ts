import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import type { RefundOutcome } from '../../domain/payment/outcomes.ts'
import { PROVIDER_OF_CHARGE } from '../../domain/wallet/charge.ts'
import { POINTS_CURRENCY } from '../../domain/wallet/ledger.ts'
import {
  afterPartReport,
  type PointsRefund,
  type PointsRefundPart,
} from '../../domain/wallet/points-refund.ts'
import type { Deps } from '../deps.ts'
import { moveRefund } from './move-refund.ts'

export type PayingBackDeps = Pick<Deps, 'charges' | 'pointsRefunds' | 'provider' | 'now'>

/** Has the providers pay back what a refund of points owes; a repeat is the same refund to them. */
export async function payBackPoints(
  deps: PayingBackDeps,
  found: Versioned<PointsRefund>,
): Promise<PointsRefund> {
  let present = found
  for (const part of found.state.parts.filter(({ status }) => status === 'REQUESTED')) {
    const outcome = await askProvider(deps, part)
    const moved = await moveRefund(deps, present, (refund) =>
      afterPartReport(refund, part, outcome, deps.now()),
    )
    present = moved ?? present
  }
  return present.state
}

async function askProvider(deps: PayingBackDeps, part: PointsRefundPart): Promise<RefundOutcome> {
  const charge = await deps.charges.byId(part.paymentId)
  const provider = charge === null ? null : PROVIDER_OF_CHARGE[charge.state.method]
  if (charge === null || provider === null) throw new Error(`refund ${part.id} has no provider`)
  const adapter = await deps.provider(provider, charge.state.id)
  return adapter.refund({
    refundId: part.id,
    paymentId: charge.state.id,
    providerKey: charge.state.payment.providerKey,
    orderId: part.orderId,
    attempt: part.attempt,
    amount: part.amount,
    currency: POINTS_CURRENCY,
    reason: part.reason,
    account: null,
  })
}
