import type { RefundOutcome } from './outcomes.ts'
import type { RefundState, RefundStatus } from './payment.ts'

/** After this many definite refusals no machine will pay it back: people must. */
export const MAX_REFUND_ATTEMPTS = 3

export const REFUND_EVENTS = [
  'paid-back',
  'refused',
  'given-up',
  'bounced',
  'recorded',
  'tried-again',
  'gone-already',
] as const
/**
 * `bounced`: the provider's refund failed after it had been called done. `recorded`: staff said how
 * people paid it back. `gone-already`: the money went back at the provider's own desk.
 */
export type RefundEvent = (typeof REFUND_EVENTS)[number]

/** The life of one refund: event × status → status; a pair that is not here changes nothing. */
export const REFUND_TABLE: Record<RefundEvent, Partial<Record<RefundStatus, RefundStatus>>> = {
  'paid-back': { REQUESTED: 'DONE', DUE: 'DONE', DROPPED: 'DONE' },
  refused: { REQUESTED: 'REQUESTED' },
  'given-up': { REQUESTED: 'DUE' },
  bounced: { DONE: 'DUE' },
  recorded: { DUE: 'DONE' },
  'tried-again': { DUE: 'REQUESTED' },
  'gone-already': { REQUESTED: 'DROPPED', DUE: 'DROPPED' },
}

/** The refund after the event, or null when the event means nothing in its status. */
export function afterRefundEvent(
  refund: RefundState,
  event: RefundEvent,
  changes: Partial<RefundState> = {},
): RefundState | null {
  const status = REFUND_TABLE[event][refund.status]
  return status === undefined ? null : { ...refund, ...changes, status }
}

/** The refund after a report, or null when the report changes nothing (late, repeated, or no answer). */
export function afterRefundReport(
  refund: RefundState,
  attempt: number,
  outcome: RefundOutcome,
  now: number,
): RefundState | null {
  if (outcome.kind === 'done') {
    const providerRef = outcome.providerRef ?? refund.providerRef
    return afterRefundEvent(refund, 'paid-back', { doneAt: now, failure: null, providerRef })
  }
  if (outcome.kind === 'unknown' || attempt !== refund.attempt) return null
  if (outcome.kind === 'pending') {
    const known = outcome.providerRef === null || outcome.providerRef === refund.providerRef
    return known || refund.status !== 'REQUESTED'
      ? null
      : { ...refund, providerRef: outcome.providerRef }
  }
  const next = refund.attempt + 1
  const event = next >= MAX_REFUND_ATTEMPTS ? 'given-up' : 'refused'
  return afterRefundEvent(refund, event, { attempt: next, failure: outcome.failure })
}
