import type { RefundProof } from '../../domain/payment/payment.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { withProof, type PointsRefund } from '../../domain/wallet/points-refund.ts'
import type { Deps } from '../deps.ts'
import { moveRefund } from './move-refund.ts'

/** People have paid back the parts of a refund of points that no machine could. */
export async function recordPointsRefund(
  deps: Pick<Deps, 'pointsRefunds' | 'now'>,
  refundId: string,
  proof: Omit<RefundProof, 'at'>,
): Promise<Result<PointsRefund, Refusal>> {
  const found = await deps.pointsRefunds.byId(refundId)
  if (found === null) return refuse({ kind: 'NOT_FOUND', what: 'refund' })
  const at = deps.now()
  const moved = await moveRefund(deps, found, (refund) => withProof(refund, { ...proof, at }))
  if (moved !== null) return ok(moved.state)
  const { status } = found.state
  return refuse({ kind: 'REFUND_STATE', status })
}
