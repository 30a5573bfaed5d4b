import type { Report, ReportResult } from '../domain/jobs.ts'
import { stepAfterLookup } from '../domain/payment/capturing.ts'
import type { LookupOutcome, OpenOutcome } from '../domain/payment/outcomes.ts'
import { isLive } from '../domain/payment/machine.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { afterRefundReport } from '../domain/payment/refund-step.ts'
import { unreachable } from '../domain/result.ts'
import { emitOrder, type Context } from './context.ts'
import { lowStockNotified } from './low-stock.ts'
import { enterVoid } from './money-moves.ts'
import { saveStep, takeDeskNews } from './refund-moves.ts'
import { settleReport } from './settle-report.ts'
import { settle, watch } from './settle-payment.ts'
import { notified } from './unseen.ts'

/** Takes in what became of a job. A report about what is not here is somebody's mistake: ignored. */
export function acceptReport(
  cx: Context,
  report: Exclude<Report, { kind: 'published' }>,
): ReportResult {
  switch (report.kind) {
    case 'registered':
      return about(cx, report.paymentId, (payment) => registered(cx, payment, report.outcome))
    case 'captured':
      return about(cx, report.paymentId, (payment) => {
        settleReport(cx, payment, report.attemptId, report.outcome)
      })
    case 'looked-up':
      return about(cx, report.paymentId, (payment) => lookedUp(cx, payment, report.outcome))
    case 'voided':
      return about(cx, report.paymentId, (payment) => {
        if (report.outcome.kind === 'unknown') return
        cx.agenda.done('void', payment.id)
        if (report.outcome.kind === 'captured') lookedUp(cx, payment, report.outcome.found)
      })
    case 'refunded':
      return refunded(cx, report)
    case 'refund-told':
      if (cx.store.payments.refund(report.refundId)?.status === report.status)
        cx.agenda.done('tell-refund', report.refundId)
      return {}
    case 'notified':
      if (report.itemId === undefined) notified(cx, report)
      else lowStockNotified(cx, report, report.itemId)
      return {}
    default:
      return unreachable(report)
  }
}

function about(
  cx: Context,
  paymentId: string,
  take: (payment: PaymentState) => void,
): ReportResult {
  const payment = cx.store.payments.get(paymentId)
  if (payment !== null) take(payment)
  return {}
}

/** Whoever watches the account knows of the deposit, or refuses to; then staff will have to watch. */
function registered(cx: Context, payment: PaymentState, outcome: OpenOutcome): void {
  // The order ended meanwhile: it may have been made known after it was taken back.
  if (payment.status === 'ENDED' && outcome.kind !== 'refused') enterVoid(cx, payment)
  if (outcome.kind === 'unknown') return
  cx.agenda.done('register', payment.id)
  const opened = outcome.kind === 'opened'
  if (!opened && payment.status !== 'AWAITING') return
  const changes = opened ? { providerKey: outcome.providerKey } : { failure: outcome.failure }
  cx.store.payments.save({ ...payment, ...changes })
  const order = cx.store.orders.get(payment.orderId)
  if (order !== null) emitOrder(cx, 'PAYMENT_CHANGED', order)
}

function lookedUp(cx: Context, payment: PaymentState, outcome: LookupOutcome): void {
  if (payment.status === 'CAPTURED') {
    if (outcome.kind === 'unknown') return
    cx.agenda.done('look-up', payment.id)
    if (outcome.kind === 'found') takeDeskNews(cx, payment, outcome)
    return
  }
  const step = stepAfterLookup(payment, outcome, cx.now)
  // An account that still takes money for what is over.
  if (payment.status === 'ENDED' && outcome.kind === 'found' && outcome.state === 'AWAITING')
    enterVoid(cx, payment)
  if (step !== 'ask-again' && !isLive(payment)) cx.agenda.done('look-up', payment.id)
  // A claim may still be at work: what the provider says tells nothing before its lease is over.
  // Later than that the entry's own backoff stands.
  if (step === 'ask-again' && cx.now < (payment.leaseUntil ?? 0)) watch(cx, payment)
  const { payment: settled } = settle(cx, payment, step)
  if (settled.status === 'CAPTURED' && outcome.kind === 'found') takeDeskNews(cx, settled, outcome)
}

function refunded(cx: Context, report: Extract<Report, { kind: 'refunded' }>): ReportResult {
  const refund = cx.store.payments.refund(report.refundId)
  if (refund === null) return {}
  const next = afterRefundReport(refund, report.attempt, report.outcome, cx.now)
  if (next === null) return {}
  saveStep(cx, refund, next)
  // Perhaps the money went back at the provider's own desk.
  const { provider, id } = cx.store.payments.get(refund.paymentId) ?? {}
  if (report.outcome.kind === 'refused' && id !== undefined && provider !== 'wallet')
    cx.agenda.expect('look-up', id, cx.now)
  return { refund: next }
}
