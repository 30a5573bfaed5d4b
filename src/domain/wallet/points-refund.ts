import type { RefundOutcome } from '../payment/outcomes.ts'
import type { RefundProof, RefundState } from '../payment/payment.ts'
import { afterRefundEvent, afterRefundReport } from '../payment/refund-step.ts'
import { PROVIDER_OF_CHARGE, type ChargeState } from './charge.ts'

export const POINTS_REFUND_STATUSES = ['REQUESTED', 'DUE', 'DONE'] as const
/** REQUESTED: providers are being asked. DUE: people must pay back a part. DONE: all of it went back. */
export type PointsRefundStatus = (typeof POINTS_REFUND_STATUSES)[number]

/** What goes back by one charge; `paymentId` is the charge's, `orderId` the refund's that it belongs to. */
export type PointsRefundPart = RefundState

/** Points of an account being turned back into money. */
export interface PointsRefund {
  id: string
  userId: string
  amount: number
  reason: string
  status: PointsRefundStatus
  parts: readonly PointsRefundPart[]
  tryAt: number | null
  requestedAt: number
}

/** A captured charge and what of it has been promised or paid back. */
export interface RefundableCharge extends Pick<ChargeState, 'id' | 'method'> {
  /** The points that it brought. */
  amount: number
  refunded: number
}

/**
 * How the amount goes back: by the newest charges first. Null when less than that was ever bought and
 * is still there to be paid back.
 */
export function planPointsRefund(
  wish: { userId: string; amount: number; reason: string },
  charges: readonly RefundableCharge[],
  { id, mintId, now }: { id: string; mintId: () => string; now: number },
): PointsRefund | null {
  let left = wish.amount
  const parts = charges.flatMap((charge): PointsRefundPart[] => {
    const amount = Math.min(left, charge.amount - charge.refunded)
    left -= amount
    if (amount <= 0) return []
    return [
      {
        id: mintId(),
        paymentId: charge.id,
        orderId: id,
        amount,
        reason: wish.reason,
        status: PROVIDER_OF_CHARGE[charge.method] === null ? 'DUE' : 'REQUESTED',
        attempt: 0,
        requestedAt: now,
        requestedBy: wish.userId,
        doneAt: null,
        providerRef: null,
        lines: null,
        proof: null,
        failure: null,
      },
    ]
  })
  if (left > 0) return null
  return judged({ ...wish, id, parts, requestedAt: now }, now)
}

/** The most that could go back as money. */
export const refundablePoints = (
  balance: number,
  charges: readonly Pick<RefundableCharge, 'amount' | 'refunded'>[],
): number =>
  Math.min(
    balance,
    charges.reduce((sum, { amount, refunded }) => sum + amount - refunded, 0),
  )

const RETRY_MS = 60_000
const MOST_RETRY_MS = 3_600_000

/** The refund after a provider's answer about one part. */
export function afterPartReport(
  refund: PointsRefund,
  part: Pick<PointsRefundPart, 'id' | 'attempt'>,
  outcome: RefundOutcome,
  now: number,
): PointsRefund {
  const parts = refund.parts.map((known) =>
    known.id === part.id ? (afterRefundReport(known, part.attempt, outcome, now) ?? known) : known,
  )
  return judged({ ...refund, parts }, now)
}

/**
 * The refund once the provider's own desk is found to have paid back so much of a part: that need not go
 * back again, and its points stay taken. The rest is a part of its own.
 */
export function withoutWhatIsGone(
  refund: PointsRefund,
  { id: partId }: Pick<PointsRefundPart, 'id'>,
  gone: number,
  { id, now }: { id: string; now: number },
): PointsRefund {
  const parts = refund.parts.flatMap((known): readonly PointsRefundPart[] => {
    const changes = { amount: Math.min(gone, known.amount), failure: null }
    const dropped = known.id === partId ? afterRefundEvent(known, 'gone-already', changes) : null
    if (dropped === null) return [known]
    const amount = known.amount - dropped.amount
    return amount > 0 ? [dropped, { ...known, id, amount, attempt: 0, failure: null }] : [dropped]
  })
  return judged({ ...refund, parts }, now)
}

/** People have paid back what no machine could; null when nothing was due. */
export function withProof(refund: PointsRefund, proof: RefundProof): PointsRefund | null {
  const parts = refund.parts.map(
    (part) => afterRefundEvent(part, 'recorded', { doneAt: proof.at, proof }) ?? part,
  )
  const changed = parts.some((part, index) => part !== refund.parts[index])
  return changed ? judged({ ...refund, parts }, proof.at) : null
}

/** The later, the longer it has been tried: a provider that is away is not hammered. */
function judged(refund: Omit<PointsRefund, 'status' | 'tryAt'>, now: number): PointsRefund {
  const has = (status: PointsRefundPart['status']) =>
    refund.parts.some((part) => part.status === status)
  const open = has('REQUESTED')
  const waited = Math.max(RETRY_MS, now - refund.requestedAt)
  return {
    ...refund,
    status: open ? 'REQUESTED' : has('DUE') ? 'DUE' : 'DONE',
    tryAt: open ? now + Math.min(waited, MOST_RETRY_MS) : null,
  }
}
