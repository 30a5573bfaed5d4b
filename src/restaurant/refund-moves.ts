import type { LookupOutcome } from '../domain/payment/outcomes.ts'
import type { PaymentState, RefundState } from '../domain/payment/payment.ts'
import { afterRefundEvent } from '../domain/payment/refund-step.ts'
import { afterRefunds } from './after-refunds.ts'
import { emitOrder, type Context } from './context.ts'

const REFUND_RETRY_MS = 30_000
/** Whose refunds those are that nobody here asked for. */
const PROVIDERS_DESK = 'provider'

type Found = Extract<LookupOutcome, { kind: 'found' }>

/** Stores a refund that took a step, with what hangs on it: agenda, payment, order, and the telling of it. */
export function saveStep(cx: Context, before: RefundState, next: RefundState): void {
  const { payments, orders } = cx.store
  payments.saveRefund(next)
  if (next.status !== 'REQUESTED') cx.agenda.done('refund', next.id)
  else cx.agenda.set('refund', next.id, cx.now + retryAfterMs(before, next))
  const moved = doneAmount(next) - doneAmount(before)
  const payment = payments.get(next.paymentId)
  const order = orders.get(next.orderId)
  if (payment === null || order === null) throw new Error(`refund ${next.id} belongs to nothing`)
  if (moved !== 0) payments.save({ ...payment, refundedAmount: payment.refundedAmount + moved })
  // A member is also told by e-mail; guests have the socket alone.
  if (order.userId !== null && next.status !== before.status && isNews(next))
    cx.agenda.set('tell-refund', next.id, cx.now)
  emitOrder(cx, 'REFUND_CHANGED', afterRefunds(cx, order))
}

const doneAmount = ({ status, amount }: RefundState): number => (status === 'DONE' ? amount : 0)
const isNews = ({ status }: RefundState): boolean => status === 'DONE' || status === 'DUE'

/** One that people set going again is tried at once. */
const retryAfterMs = (before: RefundState, next: RefundState): number =>
  before.status === 'DUE' ? 0 : REFUND_RETRY_MS * 2 ** next.attempt

/**
 * What the provider says of a payment whose money we have: refunds of ours that it knows to be done or
 * failed, those of its own desk, a dispute. Nothing leads back from CAPTURED.
 */
export function takeDeskNews(cx: Context, payment: PaymentState, found: Found): void {
  for (const refund of found.refunds) noteRefund(cx, payment, refund)
  dropWhatIsGone(cx, payment)
  const contested = found.disputed || found.state !== 'CAPTURED'
  const now = cx.store.payments.get(payment.id) ?? payment
  if (contested === now.disputed) return
  cx.store.payments.save({ ...now, disputed: contested })
  const order = cx.store.orders.get(payment.orderId)
  if (order !== null) emitOrder(cx, 'PAYMENT_CHANGED', order)
}

function noteRefund(cx: Context, payment: PaymentState, told: Found['refunds'][number]): void {
  const known = cx.store.payments
    .refundsOfOrder(payment.orderId)
    .find(({ id, providerRef }) => id === told.refundId || providerRef === told.providerRef)
  if (known !== undefined) {
    const event = told.status === 'DONE' ? 'paid-back' : told.status === 'FAILED' ? 'bounced' : null
    const changes =
      event === 'paid-back'
        ? { doneAt: cx.now, failure: null, providerRef: told.providerRef }
        : { doneAt: null, failure: { code: 'REFUND_FAILED', message: '' } }
    const next = event === null ? null : afterRefundEvent(known, event, changes)
    if (next !== null) saveStep(cx, known, next)
    return
  }
  if (told.status === 'DONE') enterDeskRefund(cx, payment, told)
}

/** Paid back by people at the provider's own desk: a row like any other, done from the start. */
function enterDeskRefund(
  cx: Context,
  { id: paymentId, orderId }: PaymentState,
  { amount, providerRef }: Found['refunds'][number],
): void {
  const asked: RefundState = {
    id: cx.mintTimedId(),
    paymentId,
    orderId,
    amount,
    reason: 'REFUNDED_AT_PROVIDER',
    status: 'REQUESTED',
    attempt: 0,
    requestedAt: cx.now,
    requestedBy: PROVIDERS_DESK,
    doneAt: null,
    providerRef,
    lines: null,
    proof: null,
    failure: null,
  }
  saveStep(cx, asked, { ...asked, status: 'DONE', doneAt: cx.now })
}

/** More is promised back than is left: what went back at the desk need not go back again. */
function dropWhatIsGone(cx: Context, { id, orderId }: PaymentState): void {
  const { payments } = cx.store
  const promised = payments
    .refundsOfOrder(orderId)
    .filter((refund) => refund.paymentId === id)
    .filter(({ status }) => status === 'REQUESTED' || status === 'DUE')
  const payment = payments.get(id)
  if (payment === null) return
  let tooMuch =
    promised.reduce((sum, { amount }) => sum + amount, 0) -
    (payment.amount - payment.refundedAmount)
  for (const refund of promised) {
    if (tooMuch <= 0) return
    const gone = afterRefundEvent(refund, 'gone-already')
    if (gone !== null) saveStep(cx, refund, gone)
    tooMuch -= refund.amount
  }
}
