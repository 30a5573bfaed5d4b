import type { LookupOutcome } from '../domain/payment/outcomes.ts'
import type { PaymentState, RefundState } from '../domain/payment/payment.ts'
import { afterRefundEvent } from '../domain/payment/refund-step.ts'
import { overPromised } from '../domain/payment/refunding.ts'
import { afterRefunds } from './after-refunds.ts'
import { emitOrder, type Context } from './context.ts'
import { enterRefund, expectTold } from './money-moves.ts'

const REFUND_RETRY_MS = 30_000
const SURE_AFTER_MS = 5 * 60_000
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
  if (payment === null) throw new Error(`refund ${next.id} has no payment`)
  if (moved !== 0) payments.save({ ...payment, refundedAmount: goneOf(payment, moved) })
  if (moved > 0) dropWhatIsGone(cx, payment)
  if (next.status !== before.status && isNews(next)) expectTold(cx, next)
  const order = orders.get(next.orderId)
  if (order === null) throw new Error(`refund ${next.id} has no order`)
  emitOrder(cx, 'REFUND_CHANGED', afterRefunds(cx, order))
}

/** People at two desks may have paid back more than came: the payment shows it as all gone. */
const goneOf = ({ amount, refundedAmount }: PaymentState, moved: number): number =>
  Math.min(amount, Math.max(0, refundedAmount + moved))

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
  const { payments, orders } = cx.store
  for (const refund of found.refunds) noteRefund(cx, payment, refund)
  const now = payments.get(payment.id) ?? payment
  const contested = found.disputed || wasTakenBack(now, found)
  // Only who says that the money is there can say that nobody contests it any more.
  if (contested === now.disputed || (!contested && found.state !== 'CAPTURED')) return
  if (!found.disputed && contested) {
    // What was asked before the money came may be told after it: one more look tells.
    const surely = (now.capturedAt ?? 0) + SURE_AFTER_MS
    cx.agenda.set('look-up', payment.id, Math.max(cx.now + SURE_AFTER_MS, surely))
    if (cx.now < surely) return
  }
  payments.save({ ...now, disputed: contested })
  const order = orders.get(payment.orderId)
  if (order !== null) emitOrder(cx, 'PAYMENT_CHANGED', order)
}

/** The bank takes a transfer back, and the account waits for it again (or is closed). */
const wasTakenBack = ({ account }: PaymentState, { state }: Found): boolean =>
  account !== null && (state === 'AWAITING' || state === 'ENDED')

type ToldRefund = Found['refunds'][number]

function noteRefund(cx: Context, payment: PaymentState, told: ToldRefund): void {
  const ours = cx.store.payments
    .refundsOfOrder(payment.orderId)
    .filter(({ paymentId }) => paymentId === payment.id)
  const known =
    ours.find(({ id, providerRef }) => id === told.refundId || providerRef === told.providerRef) ??
    (told.status === 'DONE' ? ours.find((refund) => isMadeByPeople(refund, told)) : undefined)
  if (known !== undefined) noteKnown(cx, known, told)
  else if (told.status === 'DONE') enterDeskRefund(cx, payment, told)
}

/** What staff were to pay back, or said that they did, at the desk where this was found. */
const isMadeByPeople = (refund: RefundState, { amount }: ToldRefund): boolean =>
  refund.amount === amount &&
  (refund.status === 'DUE' ||
    (refund.status === 'DONE' &&
      refund.proof?.method === 'PROVIDER' &&
      refund.providerRef === null))

function noteKnown(cx: Context, known: RefundState, told: ToldRefund): void {
  const { providerRef } = told
  if (told.status === 'DONE') {
    const changes = { doneAt: cx.now, failure: null, providerRef }
    const paidBack = afterRefundEvent(known, 'paid-back', changes)
    if (paidBack !== null) saveStep(cx, known, paidBack)
    else if (known.providerRef === null) saveStep(cx, known, { ...known, providerRef })
  }
  // An earlier try that failed says nothing of the one that was done after it.
  if (told.status === 'FAILED' && providerRef === known.providerRef) {
    const failure = { code: 'REFUND_FAILED', message: '' }
    // A new attempt: under the old key the provider would answer with the refund that failed.
    const changes = { doneAt: null, failure, attempt: known.attempt + 1 }
    const bounced = afterRefundEvent(known, 'bounced', changes)
    if (bounced !== null) saveStep(cx, known, bounced)
  }
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

/**
 * More is promised back than is left: what went back another way need not go back again, first of all
 * what is due to people. The rest of a promise is a promise of its own.
 */
function dropWhatIsGone(cx: Context, { id, orderId }: PaymentState): void {
  const { payments } = cx.store
  const payment = payments.get(id)
  if (payment === null) return
  const refunds = payments.refundsOfOrder(orderId).filter(({ paymentId }) => paymentId === id)
  let tooMuch = overPromised(payment, refunds)
  const due = refunds.filter(({ status }) => status === 'DUE')
  const requested = refunds.filter(({ status }) => status === 'REQUESTED')
  for (const refund of [...due.toReversed(), ...requested.toReversed()]) {
    if (tooMuch === 0) return
    const gone = afterRefundEvent(refund, 'gone-already')
    if (gone === null) continue
    saveStep(cx, refund, gone)
    const rest = refund.amount - tooMuch
    tooMuch = Math.max(0, -rest)
    const { reason, lines, requestedBy } = refund
    const sealedAccount = payments.refundAccount(refund.id)
    const promise = { payment, reason, lines, requestedBy, sealedAccount }
    if (rest > 0) enterRefund(cx, { ...promise, amount: rest })
  }
}
