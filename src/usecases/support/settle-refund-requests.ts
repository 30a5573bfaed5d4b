import { errorText } from '../../domain/error-text.ts'
import { settleRefundRequest, type SettlingDeps } from './settle-refund-request.ts'

/** One run sees to so many; the rest is seen to by the next. */
const PER_RUN = 50

/** Carries out approved refunds that a request left open. For the cron. */
export async function settleRefundRequests(
  deps: SettlingDeps,
): Promise<{ requests: number; failed: number }> {
  const waiting = await deps.refundRequests.waiting(deps.now(), PER_RUN)
  let failed = 0
  for (const request of waiting) {
    try {
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
