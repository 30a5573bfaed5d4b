import type { Asker } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { RefundRequest } from '../../domain/support/refund-request.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'

/** A request leaves so much time for its own first try before the cron makes another. */
export const FIRST_LOOK_MS = 60_000
const NEXT_LOOK_MS = 5 * 60_000
/** Objects remember which request they have carried out for 90 days; people look at what is older. */
const SURE_MS = 60 * 24 * 3_600_000

export type SettlingDeps = Pick<Deps, 'refundRequests' | 'restaurants' | 'now' | 'random' | 'log'>

/**
 * Has the restaurant enter an approved refund, under the request's own key: however often it is told,
 * it enters one. What the database or the restaurant cannot take now, the cron tries again.
 */
export async function settleRefundRequest(
  deps: SettlingDeps,
  request: RefundRequest,
): Promise<RefundRequest> {
  if (request.state !== 'APPROVED') return request
  try {
    return (await settle(deps, request)) ?? request
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error
    const { id: requestId, orderId } = request
    deps.log({ level: 'warn', kind: 'refund-request-waits', requestId, orderId })
    return request
  }
}

async function settle(deps: SettlingDeps, request: RefundRequest): Promise<RefundRequest | null> {
  const { id, orderId, lines, sum, reason } = request
  if (deps.now() - (request.decidedAt ?? request.requestedAt) > SURE_MS)
    return fail(deps, request, 'OUTCOME_UNKNOWN')
  const outcome = await deps.restaurants(orderId).execute<'request-refund'>({
    command: {
      type: 'request-refund',
      orderId,
      // All that was left when it was decided, and no more.
      amount: lines === null ? sum : null,
      lines,
      expectedAmount: sum,
      reason,
    },
    asker: askerOf(request),
    idempotency: { key: id, fingerprint: id },
    traceId: null,
  })
  if (!outcome.ok) {
    if (!isPassing(outcome.refusal)) return fail(deps, request, outcome.refusal.kind)
    await deps.refundRequests.postpone(id, deps.now() + NEXT_LOOK_MS)
    return request
  }
  const { id: first, further = [] } = outcome.value
  const refundIds = [first, ...further.map((part) => part.id)]
  return deps.refundRequests.settle(id, { state: 'DONE', refundIds }, lineOf(deps, request, 'DONE'))
}

/** The restaurant takes it as from whoever asked, whatever has become of their log-in. */
const askerOf = ({ id, requestedBy }: RefundRequest): Asker => ({
  role: 'SUPPORT',
  sessionId: id,
  userId: requestedBy,
  visit: null,
})

const isPassing = ({ kind }: Refusal): boolean =>
  kind === 'CAPTURING' || kind === 'RATE_LIMITED' || kind === 'TEMPORARILY_UNAVAILABLE'

const fail = (deps: SettlingDeps, request: RefundRequest, failure: string) =>
  deps.refundRequests.settle(
    request.id,
    { state: 'FAILED', failure },
    lineOf(deps, request, 'FAILED'),
  )

const lineOf = (deps: SettlingDeps, { id, restaurantId }: RefundRequest, to: 'DONE' | 'FAILED') =>
  auditOf(deps, 'SYSTEM', {
    action: to === 'DONE' ? 'refund-request-done' : 'refund-request-failed',
    subject: 'refund-request',
    subjectId: id,
    restaurantId,
    changes: { state: { from: 'APPROVED', to } },
  })
