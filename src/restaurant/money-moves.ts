import type { OrderState } from '../domain/order/order.ts'
import { afterPaymentEvent, isBeingAsked, isLive } from '../domain/payment/machine.ts'
import type { PaymentState, RefundedLine, RefundState } from '../domain/payment/payment.ts'
import { refundable, refundableOfAll, spread } from '../domain/payment/refunding.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Context } from './context.ts'

/**
 * Enters refunds for the amount, newest payment first: rows and agenda. Null when that much was never
 * captured or is already promised back.
 */
export function enterRefunds(
  cx: Context,
  order: OrderState,
  amount: number,
  details: {
    reason: string
    lines?: readonly RefundedLine[] | null
    sealedAccount?: string | null
  },
): readonly RefundState[] | null {
  const payments = cx.store.payments.ofOrder(order.id)
  const parts = spread(amount, payments, cx.store.payments.refundsOfOrder(order.id))
  return parts?.map((part) => enterRefund(cx, { ...part, ...details })) ?? null
}

/** What of the order's money is neither paid back nor promised back. */
export function refundableOf(cx: Context, orderId: string): number {
  const { payments } = cx.store
  return refundableOfAll(payments.ofOrder(orderId), payments.refundsOfOrder(orderId))
}

/** Only what came through a virtual account needs to be told where to go back to. */
export const NOT_NEEDED: Refusal = {
  kind: 'INVALID',
  errors: [{ field: 'refund_account', reason: 'not_needed' }],
}

/** Whether any of the amount would go back through a virtual account. */
export function reachesVirtualAccount(cx: Context, orderId: string, amount: number): boolean {
  const { payments } = cx.store
  const parts = spread(amount, payments.ofOrder(orderId), payments.refundsOfOrder(orderId))
  return (parts ?? []).some(({ payment }) => payment.method === 'VIRTUAL_ACCOUNT')
}

/** Whatever of the payment is not yet promised back goes back. */
export function refundRest(
  cx: Context,
  payment: PaymentState,
  reason: string,
  sealedAccount: string | null = null,
): void {
  const amount = refundable(payment, cx.store.payments.refundsOfOrder(payment.orderId))
  if (amount > 0) enterRefund(cx, { payment, amount, reason, sealedAccount })
}

/** Whatever was captured for the order and is not yet promised back goes back. */
export function refundEverything(
  cx: Context,
  orderId: string,
  reason: string,
  sealedAccount: string | null = null,
): void {
  for (const payment of cx.store.payments.ofOrder(orderId))
    refundRest(cx, payment, reason, sealedAccount)
}

/**
 * The order is over, or nothing more is wanted by these ways: payments that brought nothing can be
 * claimed no more, and are voided. Points were promised with the order and end with it alone.
 */
export function endLivePayments(cx: Context, orderId: string, kept: 'points' | null = null): void {
  for (const payment of cx.store.payments.ofOrder(orderId)) {
    if (!isLive(payment) || (kept === 'points' && payment.provider === 'wallet')) continue
    const ended = afterPaymentEvent(payment, 'over')
    if (ended === null) continue
    cx.store.payments.save(ended)
    for (const kind of ['look-up', 'capture', 'register'] as const) cx.agenda.done(kind, payment.id)
    // While the claimant may still be asking, a look at the provider tells nothing of what comes of it.
    const asked = isBeingAsked(payment) ? (payment.leaseUntil ?? cx.now) : cx.now
    enterVoid(cx, ended, Math.max(cx.now, asked))
  }
}

/**
 * The provider is told that no money shall come any more; it tells when some has: the answer that
 * called it unpaid may be older than its money. What it never heard of needs no word.
 */
export function enterVoid(
  cx: Context,
  { id, provider, providerKey }: PaymentState,
  at = cx.now,
): void {
  const known = provider === 'wallet' || provider === 'deposit' || providerKey !== null
  if (known) cx.agenda.set('void', id, at)
}

/** No machine can pay this back. */
function needsPeople({ provider, method }: PaymentState, sealedAccount: string | null): boolean {
  if (provider === 'deposit' || provider === 'counter') return true
  return method === 'VIRTUAL_ACCOUNT' && sealedAccount === null
}

/** A member is also told by e-mail; guests have the socket alone. */
export function expectTold(cx: Context, { id, orderId }: RefundState): void {
  const order = cx.store.orders.get(orderId)
  if (order !== null && order.userId !== null) cx.agenda.set('tell-refund', id, cx.now)
}

/** One refund of one payment. What no machine can pay back is due to people from the start. */
export function enterRefund(
  cx: Context,
  {
    payment,
    amount,
    reason,
    lines = null,
    sealedAccount = null,
    requestedBy = cx.asker.userId ?? cx.asker.sessionId,
  }: {
    payment: PaymentState
    amount: number
    reason: string
    lines?: readonly RefundedLine[] | null
    sealedAccount?: string | null
    requestedBy?: string
  },
): RefundState {
  const account = payment.method === 'VIRTUAL_ACCOUNT' ? sealedAccount : null
  const people = needsPeople(payment, account)
  const refund: RefundState = {
    id: cx.mintTimedId(),
    paymentId: payment.id,
    orderId: payment.orderId,
    amount,
    reason,
    status: people ? 'DUE' : 'REQUESTED',
    attempt: 0,
    requestedAt: cx.now,
    requestedBy,
    doneAt: null,
    providerRef: null,
    lines,
    proof: null,
    failure: null,
  }
  cx.store.payments.saveRefund(refund)
  if (account !== null) cx.store.payments.saveRefundAccount(refund.id, account)
  if (!people) cx.agenda.set('refund', refund.id, cx.now)
  else expectTold(cx, refund)
  return refund
}
