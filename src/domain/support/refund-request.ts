import type { Role } from '../actor.ts'
import type { Currency } from '../money.ts'
import type { RefundedLine } from '../payment/payment.ts'
import type { RefundPolicy } from './refund-policy.ts'

/**
 * A refund that support asks for. APPROVED: decided, the restaurant's object is being told; DONE: it
 * has entered the refund (`refundIds`), which its own life then follows; FAILED: it would not, and says
 * why.
 */
export const REFUND_REQUEST_STATES = ['REQUESTED', 'APPROVED', 'REFUSED', 'DONE', 'FAILED'] as const
export type RefundRequestState = (typeof REFUND_REQUEST_STATES)[number]

export interface RefundRequest {
  id: string
  orderId: string
  restaurantId: string
  /** Null: a guest's order. */
  userId: string | null
  state: RefundRequestState
  amount: number | null
  lines: readonly RefundedLine[] | null
  /** What it came to when it was asked for, and is to be. */
  sum: number
  currency: Currency
  reason: string
  policy: RefundPolicy
  requestedBy: string
  requestedAt: number
  /** Null: nobody had to, or nobody has. */
  decidedBy: string | null
  decidedAt: number | null
  decisionNote: string | null
  refundIds: readonly string[] | null
  failure: string | null
  /** When the cron sees to it again; null = nothing is open. */
  lookAt: number | null
}

/** Whether this person may decide it: neither who asked for it nor whose order it is. */
export const isSecondPerson = (
  request: Pick<RefundRequest, 'requestedBy' | 'userId'>,
  userId: string,
): boolean => userId !== request.requestedBy && userId !== request.userId

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

/** One line of who looked at what of whom; ids, numbers and names of fields alone. */
export interface SupportActivity {
  /** Sorts by time. */
  id: string
  at: number
  actorId: string
  actorRole: Role
  action: SupportAction
  customerId: string | null
  orderId: string | null
  /** As whoever acted gave it, where a reason is asked for. */
  reason: string | null
  details: Readonly<Record<string, unknown>>
  traceId: string | null
}
