import { isPayable } from '../order/lifecycle.ts'
import type { OrderState } from '../order/order.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { afterPaymentEvent, type PaymentEvent } from './machine.ts'
import { amountDue } from './refunding.ts'
import type { CaptureOutcome, LookupOutcome } from './outcomes.ts'
import type { PayInAccount, PaymentState } from './payment.ts'

/** Longer than the adapter waits for the provider: once it is over, no call of the claimant is under way. */
export const CAPTURE_LEASE_MS = 30_000

export type Claim = { claimed: PaymentState } | { already: PaymentState }

/**
 * Whether the caller may ask the provider for the money. Exactly one claim is open at a time; the
 * amount and key come from an address bar and must equal what we stored.
 */
export function decideClaim(
  payment: PaymentState,
  order: OrderState,
  /** All of the order's. */
  payments: readonly PaymentState[],
  wish: { providerKey: string; amount: number },
  supply: { attemptId: string; now: number },
): Result<Claim, Refusal> {
  if (payment.providerKey !== wish.providerKey)
    return refuse({ kind: 'NOT_FOUND', what: 'payment' })
  if (payment.amount !== wish.amount)
    return refuse({ kind: 'AMOUNT_MISMATCH', expected: payment.amount, given: wish.amount })
  if (payment.status === 'CAPTURED' || payment.status === 'AWAITING')
    return ok({ already: payment })
  if (payment.status === 'CAPTURING') {
    const left = (payment.leaseUntil ?? supply.now) - supply.now
    const retryAfterSeconds = Math.min(3, Math.max(1, Math.ceil(left / 1000)))
    return refuse({ kind: 'CAPTURING', retryAfterSeconds })
  }
  if (!isPayable(order))
    return refuse({
      kind: 'ORDER_STATE',
      status: order.status,
      paymentStatus: order.paymentStatus,
      event: 'pay',
    })
  const claimed = afterPaymentEvent(payment, 'claimed', {
    attemptId: supply.attemptId,
    leaseUntil: supply.now + CAPTURE_LEASE_MS,
  })
  return claimed === null || payment.amount !== amountDue(order, payments)
    ? refuse({ kind: 'PAYMENT_NOT_OPEN', status: payment.status })
    : ok({ claimed })
}

/** What a report does to a payment: the machine's event with its changes, or "ask again". */
export type Step =
  | { event: PaymentEvent; changes: Partial<PaymentState> }
  /** Not known yet: the agenda asks again. */
  | 'ask-again'
  /** The report changes nothing. */
  | 'nothing'

/** Another sum or currency than we asked for is nonsense, not money. */
const isOurs = (payment: PaymentState, told: { amount: number; currency: string }): boolean =>
  told.amount === payment.amount && told.currency === payment.currency

/** The claimant's report. Money that moved counts whoever reports it; the rest only from the open claim. */
export function stepAfterCapture(
  payment: PaymentState,
  attemptId: string,
  outcome: CaptureOutcome,
  now: number,
): Step {
  if (outcome.kind === 'captured')
    return isOurs(payment, outcome)
      ? { event: 'captured', changes: { capturedAt: now, failure: null } }
      : 'ask-again'
  if (payment.attemptId !== attemptId) return 'nothing'
  switch (outcome.kind) {
    case 'refused':
      return { event: 'refused', changes: { failure: outcome.failure } }
    case 'awaiting':
      return awaiting(outcome.account)
    case 'not-authenticated':
      return { event: 'not-authenticated', changes: {} }
    case 'unknown':
      return 'ask-again'
  }
}

const awaiting = (account: PayInAccount): Step => ({
  event: 'awaiting',
  changes: { account, expiresAt: account.dueAt },
})

/** The agenda's report of what the provider says now of a payment that brought no money yet. */
export function stepAfterLookup(payment: PaymentState, outcome: LookupOutcome, now: number): Step {
  if (outcome.kind === 'unknown') return 'ask-again'
  if (outcome.kind === 'found') {
    const { providerKey, failure } = outcome
    if (outcome.state === 'CAPTURED') {
      // What the provider names refunds for is taken in as refunds; the rest of it is gone all the same.
      const named = outcome.refunds.filter(({ status }) => status === 'DONE')
      const unnamed = named.reduce((left, { amount }) => left - amount, outcome.refundedAmount)
      const refundedAmount = Math.min(payment.amount, Math.max(0, unnamed))
      const changes = { capturedAt: now, providerKey, refundedAmount, failure: null }
      return isOurs(payment, outcome) ? { event: 'captured', changes } : 'ask-again'
    }
    if (outcome.state === 'FAILED') return { event: 'refused', changes: { failure } }
    if (outcome.state === 'ENDED') return { event: 'over', changes: {} }
    const { account } = outcome
    if (outcome.state === 'AWAITING' && account !== null && payment.status !== 'AWAITING')
      return awaiting(account)
  }
  // Not captured. While a claim may still be under way that says nothing yet.
  if (payment.status === 'CAPTURING')
    return now < (payment.leaseUntil ?? now)
      ? 'ask-again'
      : now < payment.expiresAt
        ? { event: 'not-authenticated', changes: {} }
        : { event: 'over', changes: {} }
  return now < payment.expiresAt ? 'nothing' : { event: 'over', changes: {} }
}
