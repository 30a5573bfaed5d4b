import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { isSecondPerson, type RefundRequest } from '../../domain/support/refund-request.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { activityOf, type Agent } from './activity-of.ts'
import { FIRST_LOOK_MS, settleRefundRequest, type SettlingDeps } from './settle-refund-request.ts'

export interface RefundVerdict {
  id: string
  state: 'APPROVED' | 'REFUSED'
  note: string | null
}

type Decided = Result<RefundRequest, Refusal> & { replayed?: boolean }

/**
 * A second person approves a request, which is then carried out, or refuses it. Of two who decide at
 * once, one does; said again by the same person it is answered as it stands.
 */
export function decideRefund(
  deps: SettlingDeps & Pick<Deps, 'toTheEnd'>,
  agent: Agent,
  verdict: RefundVerdict,
): Promise<Decided> {
  return deps.toTheEnd(async () => {
    const present = await deps.refundRequests.byId(verdict.id)
    if (present === null) return refuse({ kind: 'NOT_FOUND', what: 'refund-request' })
    if (!isSecondPerson(present, agent.userId)) return refuse({ kind: 'SAME_PERSON' })
    const again = present.state !== 'REQUESTED'
    const after = again ? present : await decide(deps, agent, verdict, present)
    if (after.decidedBy !== agent.userId || isRefused(after) !== (verdict.state === 'REFUSED'))
      return refuse({ kind: 'REFUND_REQUEST_STATE', state: after.state })
    return { ...ok(await settleRefundRequest(deps, after)), replayed: again }
  })
}

const isRefused = ({ state }: RefundRequest): boolean => state === 'REFUSED'

async function decide(
  deps: SettlingDeps,
  agent: Agent,
  { id, state, note }: RefundVerdict,
  { orderId, restaurantId, userId: customerId }: RefundRequest,
): Promise<RefundRequest> {
  const at = deps.now()
  const lookAt = state === 'APPROVED' ? at + FIRST_LOOK_MS : null
  const after = await deps.refundRequests.decide(
    id,
    { state, by: agent.userId, at, note, lookAt },
    {
      audit: auditOf(deps, agent, {
        action: state === 'APPROVED' ? 'refund-request-approved' : 'refund-request-refused',
        subject: 'refund-request',
        subjectId: id,
        restaurantId,
        changes: { state: { from: 'REQUESTED', to: state } },
      }),
      activity: activityOf(deps, agent, 'refund-decided', {
        customerId,
        orderId,
        reason: note,
        details: { request_id: id, state },
      }),
    },
  )
  if (after === null) throw new Error(`refund request ${id} has gone`)
  return after
}
