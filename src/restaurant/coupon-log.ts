import type { ClaimMove, ClaimState, ClaimStatus } from '../domain/coupon/coupon.ts'
import { leftOf } from '../domain/coupon/coupon.ts'
import type { DomainEvent } from '../domain/events.ts'
import type { LogLine } from '../runtime.ts'

/**
 * A line for each claim that moved, and for each coupon that was made or edited; counts that rise with
 * a claim have none of their own.
 */
export function couponLines(events: readonly DomainEvent[]): LogLine[] {
  const moved = new Set<string>()
  const lines: LogLine[] = []
  for (const { restaurantId, subject, at } of events) {
    if (subject.kind === 'claim') {
      const { id: claimId, couponId, userId, orderId, status: to } = subject.claim
      moved.add(couponId)
      const from = statusBefore(subject.claim, at)
      lines.push({ ...LINE, restaurantId, couponId, claimId, userId, orderId, from, to })
    }
    if (subject.kind === 'coupon' && !moved.has(subject.coupon.id)) {
      const { id: couponId, active, claimed } = subject.coupon
      lines.push({ ...LINE, restaurantId, couponId, active, claimed, left: leftOf(subject.coupon) })
    }
  }
  return lines
}

const LINE = { level: 'info', kind: 'coupon' } as const

/** What the claim was before that moment; null = there was none. */
function statusBefore({ history }: ClaimState, at: number): ClaimStatus | null {
  const before = history.findLast((move) => move.at < at)
  return before === undefined ? null : statusAfter(before)
}

const statusAfter = ({ to }: ClaimMove): ClaimStatus => (to === 'RELEASED' ? 'CLAIMED' : to)
