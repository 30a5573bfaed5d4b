import type { FoundRefund } from '../../domain/payment/outcomes.ts'
import type { TossCancel, TossPayment } from './wire.ts'

const MARK = /\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]$/

const FAILED_CANCELS: ReadonlySet<string> = new Set(['ABORTED', 'FAILED'])

/**
 * A cancellation is settled when it says DONE and, from a virtual account, when the transfer back has
 * arrived too. That is told of the payment as a whole: doubt falls on the newest.
 */
function statusOf(
  { virtualAccount }: TossPayment,
  { cancelStatus }: TossCancel,
  newest: boolean,
): FoundRefund['status'] {
  // Answers from before there was a status list settled ones alone.
  const told = cancelStatus ?? 'DONE'
  if (told !== 'DONE') return FAILED_CANCELS.has(told) ? 'FAILED' : 'PENDING'
  const back = virtualAccount?.refundStatus
  if (back === 'FAILED') return 'FAILED'
  if (!newest) return 'DONE'
  return back === 'PARTIAL_FAILED' ? 'FAILED' : back === 'PENDING' ? 'PENDING' : 'DONE'
}

/** Everything that was paid back of the payment, by us or at the provider's own desk. */
export function refundsOf(payment: TossPayment): FoundRefund[] {
  const cancels = payment.cancels ?? []
  return cancels.map((cancel, index) => ({
    refundId: MARK.exec(cancel.cancelReason ?? '')?.[1] ?? null,
    providerRef: cancel.transactionKey ?? `${payment.paymentKey}#${index}`,
    amount: cancel.cancelAmount,
    status: statusOf(payment, cancel, index === cancels.length - 1),
  }))
}

/** What of the payment is back with the guest for certain. */
export function refundedAmountOf(payment: TossPayment): number {
  const open = refundsOf(payment)
    .filter(({ status }) => status !== 'DONE')
    .reduce((sum, { amount }) => sum + amount, 0)
  return Math.max(0, payment.totalAmount - payment.balanceAmount - open)
}
