import { errorText } from '../../domain/error-text.ts'
import type { RefundRequest } from '../../domain/support/refund-request.ts'
import { settleRefundRequest, type SettlingDeps } from './settle-refund-request.ts'

/** One run sees to so many; the rest is seen to by the next. */
const PER_RUN = 50
const SOONEST_MS = 5 * 60_000
const LATEST_MS = 6 * 3_600_000

/** Carries out approved refunds that a request left open. For the cron. */
export async function settleRefundRequests(
  deps: SettlingDeps,
): Promise<{ requests: number; failed: number }> {
  const waiting = await deps.refundRequests.waiting(deps.now(), PER_RUN)
  let failed = 0
  for (const request of waiting) {
    try {
      // Before it is tried: one that breaks, or takes the Worker with it, lets the others go first.
      await deps.refundRequests.postpone(request.id, deps.now() + pauseOf(deps.now(), request))
      await settleRefundRequest(deps, request)
    } catch (error) {
      failed += 1
      const text = errorText(error)
      deps.log({
        level: 'error',
        kind: 'refund-request-not-settled',
        requestId: request.id,
        orderId: request.orderId,
        error: text,
      })
    }
  }
  return { requests: waiting.length, failed }
}

/** As long again as it has waited so far. */
const pauseOf = (now: number, { decidedAt, requestedAt }: RefundRequest): number =>
  Math.min(Math.max(now - (decidedAt ?? requestedAt), SOONEST_MS), LATEST_MS)
