import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { RefundOutcome } from '../../domain/payment/outcomes.ts'
import { PROVIDER_OF_CHARGE, type ChargeState } from '../../domain/wallet/charge.ts'
import { POINTS_CURRENCY } from '../../domain/wallet/ledger.ts'
import {
  afterPartReport,
  withoutWhatIsGone,
  type PointsRefund,
  type PointsRefundPart,
} from '../../domain/wallet/points-refund.ts'
import type { Deps } from '../deps.ts'
import { lookUpCharge, type LookUpChargeDeps } from './look-up-charge.ts'
import { moveRefund } from './move-refund.ts'

export type PayingBackDeps = LookUpChargeDeps & Pick<Deps, 'pointsRefunds'>

/** Has the providers pay back what a refund of points owes; a repeat is the same refund to them. */
export async function payBackPoints(
  deps: PayingBackDeps,
  found: Versioned<PointsRefund>,
): Promise<PointsRefund> {
  let present = found
  for (const part of found.state.parts.filter(({ status }) => status === 'REQUESTED')) {
    const answer = await ask(deps, part)
    const moved = await moveRefund(deps, present, (refund) => {
      const now = deps.now()
      if (answer.kind !== 'gone') return afterPartReport(refund, part, answer, now)
      const id = mintTimedId(PLATFORM_KEY, now, deps.random)
      return withoutWhatIsGone(refund, part, answer.amount, { id, now })
    })
    present = moved ?? present
  }
  return present.state
}

/** `gone`: so much of the part is not at the provider any more. */
type Answer = RefundOutcome | { kind: 'gone'; amount: number }

/** A "no" is held against what the provider still has: nobody is to pay back what its desk did. */
async function ask(deps: PayingBackDeps, part: PointsRefundPart): Promise<Answer> {
  const charge = await deps.charges.byId(part.paymentId)
  if (charge === null) throw new Error(`refund ${part.id} has no charge`)
  const answer = await askProvider(deps, charge, part)
  if (answer.kind !== 'refused') return answer
  const found = await lookUpCharge(deps, charge)
  if (found?.kind === 'unknown') return found
  if (found?.kind !== 'found' || found.state !== 'CAPTURED') return answer
  const gone = part.amount - Math.max(0, found.amount - found.refundedAmount)
  return gone > 0 ? { kind: 'gone', amount: gone } : answer
}

async function askProvider(
  deps: PayingBackDeps,
  charge: Versioned<ChargeState>,
  part: PointsRefundPart,
): Promise<RefundOutcome> {
  const provider = PROVIDER_OF_CHARGE[charge.state.method]
  if (provider === null) throw new Error(`refund ${part.id} has no provider`)
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
