import type { RefundOutcome } from './outcomes.ts'
import type { RefundState } from './payment.ts'

/** After this many definite refusals no machine will pay it back: people must. */
export const MAX_REFUND_ATTEMPTS = 3

/** The refund after a report, or null when the report changes nothing (late, repeated, or no answer). */
export function afterRefundReport(
  refund: RefundState,
  attempt: number,
  outcome: RefundOutcome,
  now: number,
): RefundState | null {
  if (refund.status === 'DONE') return null
  if (outcome.kind === 'done') return { ...refund, status: 'DONE', doneAt: now, failure: null }
  if (refund.status !== 'REQUESTED' || attempt !== refund.attempt) return null
  if (outcome.kind === 'unknown') return null
  const next = refund.attempt + 1
  const status = next >= MAX_REFUND_ATTEMPTS ? 'DUE' : 'REQUESTED'
  return { ...refund, attempt: next, status, failure: outcome.failure }
}
