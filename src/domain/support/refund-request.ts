/**
 * A refund that support asks for. APPROVED: decided, the restaurant's object is being told; DONE: it
 * has entered the refund (`refundId`), which its own life then follows; FAILED: it would not, and says
 * why.
 */
export const REFUND_REQUEST_STATES = ['REQUESTED', 'APPROVED', 'REFUSED', 'DONE', 'FAILED'] as const
export type RefundRequestState = (typeof REFUND_REQUEST_STATES)[number]

/** What support did with customers' data, searchable. */
export const SUPPORT_ACTIONS = [
  'searched',
  'viewed',
  'unmasked',
  'noted',
  'refund-requested',
  'refund-decided',
] as const
export type SupportAction = (typeof SUPPORT_ACTIONS)[number]
