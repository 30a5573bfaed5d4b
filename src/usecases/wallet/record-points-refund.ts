import type { RefundProof } from '../../domain/payment/payment.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { withProof, type PointsRefund } from '../../domain/wallet/points-refund.ts'
import { auditOf, type Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { moveRefund } from './move-refund.ts'

type Recorded = Result<PointsRefund, Refusal> & { replayed?: boolean }
type Proof = Omit<RefundProof, 'at'>

/** People have paid back the parts of a refund of points that no machine could; a repeat changes nothing. */
export async function recordPointsRefund(
  deps: Pick<Deps, 'pointsRefunds' | 'now' | 'random'>,
  refundId: string,
  proof: Omit<Proof, 'by'>,
  acting: Acting,
): Promise<Recorded> {
  const found = await deps.pointsRefunds.byId(refundId)
  if (found === null) return refuse({ kind: 'NOT_FOUND', what: 'refund' })
  const at = deps.now()
  const given = { ...proof, by: acting.userId ?? '' }
  const audit = auditOf(deps, acting, {
    ...{ action: 'points-refund-recorded', subject: 'points-refund', subjectId: refundId },
    changes: { method: { from: null, to: proof.method } },
  })
  let present = found.state
  const next = (refund: PointsRefund) => {
    present = refund
    return withProof(refund, { ...given, at })
  }
  const moved = await moveRefund(deps, found, next, audit)
  if (moved !== null) return ok(moved.state)
  return isRecorded(present, given)
    ? { ...ok(present), replayed: true }
    : refuse({ kind: 'REFUND_STATE', status: present.status })
}

const isRecorded = ({ parts }: PointsRefund, { method, note, by }: Proof): boolean =>
  parts.some(({ proof }) => proof?.method === method && proof.note === note && proof.by === by)
