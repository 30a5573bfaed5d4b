import type { Report, ReportResult } from '../domain/jobs.ts'
import { stepAfterLookup } from '../domain/payment/capturing.ts'
import { afterRefundReport } from '../domain/payment/refund-step.ts'
import { withMoney } from '../domain/payment/refunding.ts'
import { unreachable } from '../domain/result.ts'
import { emitOrder, type Context } from './context.ts'
import { settle, watch } from './settle-payment.ts'
import { notified } from './unseen.ts'

const REFUND_RETRY_MS = 30_000

/** Takes in what became of a job. A report about what is not here is somebody's mistake: ignored. */
export function acceptReport(
  cx: Context,
  report: Exclude<Report, { kind: 'published' }>,
): ReportResult {
  switch (report.kind) {
    case 'looked-up': {
      const payment = cx.store.payments.get(report.paymentId)
      if (payment === null) return {}
      const step = stepAfterLookup(payment, report.outcome, cx.now)
      // A claim may still be at work: what the provider says tells nothing before its lease is over.
      // Later than that the entry's own backoff stands.
      if (step === 'ask-again' && cx.now < (payment.leaseUntil ?? 0)) watch(cx, payment)
      settle(cx, payment, step)
      return {}
    }
    case 'refunded':
      return refunded(cx, report)
    case 'notified':
      notified(cx, report)
      return {}
    default:
      return unreachable(report)
  }
}

function refunded(cx: Context, report: Extract<Report, { kind: 'refunded' }>): ReportResult {
  const { payments, orders } = cx.store
  const refund = payments.refund(report.refundId)
  if (refund === null) return {}
  const next = afterRefundReport(refund, report.attempt, report.outcome, cx.now)
  if (next === null) return {}
  payments.saveRefund(next)
  if (next.status === 'REQUESTED')
    cx.agenda.set('refund', next.id, cx.now + REFUND_RETRY_MS * 2 ** next.attempt)
  else cx.agenda.done('refund', next.id)

  const payment = payments.get(next.paymentId)
  const order = orders.get(next.orderId)
  if (payment === null || order === null) throw new Error(`refund ${next.id} belongs to nothing`)
  if (next.status === 'DONE')
    payments.save({ ...payment, refundedAmount: payment.refundedAmount + next.amount })
  const money = withMoney(order, payments.ofOrder(order.id), payments.refundsOfOrder(order.id))
  orders.update(money)
  emitOrder(cx, 'REFUND_CHANGED', money)
  return { refund: next }
}
