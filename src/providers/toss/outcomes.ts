import type { CaptureOutcome, LookupOutcome, OpenOutcome } from '../../domain/payment/outcomes.ts'
import type { TossAnswer } from './client.ts'
import { refundedAmountOf, refundsOf } from './cancels.ts'
import { VERDICTS } from './error-codes.ts'
import { accountOf } from './virtual-account.ts'
import type { TossPayment } from './wire.ts'

type Unknown = { kind: 'unknown'; detail: string }
const unknown = (detail: string): Unknown => ({ kind: 'unknown', detail })
const unknownFrom = (answer: Exclude<TossAnswer, { kind: 'payment' }>): Unknown =>
  unknown(answer.kind === 'trouble' ? answer.detail : answer.failure.code)

/** Cards and virtual accounts are in won; USD exists for foreign wallets only (docs: en/api-guide). */
const OUR_CURRENCY = 'KRW'

interface Expected {
  paymentId: string
  amount: number
  providerKey?: string | null
}

/** Names the first thing that is not as asked, or null. */
function mismatch(payment: TossPayment, expected: Expected): string | null {
  if (payment.orderId !== expected.paymentId) return 'another order id'
  if (expected.providerKey && payment.paymentKey !== expected.providerKey) return 'another key'
  if (payment.totalAmount !== expected.amount) return 'another amount'
  if (payment.currency !== OUR_CURRENCY) return 'another currency'
  return null
}

/** Only a payment that waits for the guest, is ours and has a web address to go to counts as open. */
export function toOpenOutcome(answer: TossAnswer, expected: Expected): OpenOutcome {
  if (answer.kind === 'error' && VERDICTS.open[answer.meaning] === 'refused') {
    return { kind: 'refused', failure: answer.failure }
  }
  if (answer.kind !== 'payment') return unknownFrom(answer)
  const { payment } = answer
  const wrong = mismatch(payment, expected)
  if (wrong) return unknown(wrong)
  if (payment.status !== 'READY') return unknown(`status ${payment.status}`)
  const url = payment.checkout?.url ?? ''
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return unknown('no checkout address')
  return { kind: 'opened', providerKey: payment.paymentKey, checkoutUrl: url }
}

/**
 * Money counts as captured only when the answer is about this payment, sum and currency, and DONE; a
 * virtual account that was issued waits for its money.
 */
export function toCaptureOutcome(answer: TossAnswer, expected: Expected): CaptureOutcome {
  if (answer.kind === 'error') {
    const verdict = VERDICTS.capture[answer.meaning]
    if (verdict === 'refused') return { kind: 'refused', failure: answer.failure }
    if (verdict === 'not-authenticated') return { kind: 'not-authenticated' }
  }
  if (answer.kind !== 'payment') return unknownFrom(answer)
  const { payment } = answer
  const wrong = mismatch(payment, expected)
  if (wrong) return unknown(wrong)
  if (payment.status === 'WAITING_FOR_DEPOSIT') {
    const account = accountOf(payment)
    return account === null
      ? unknown('no account')
      : { kind: 'awaiting', account, secret: payment.secret ?? null }
  }
  if (payment.status !== 'DONE') return unknown(`status ${payment.status}`)
  return { kind: 'captured', amount: payment.totalAmount, currency: payment.currency }
}

type FoundState = Extract<LookupOutcome, { kind: 'found' }>['state']

const STATES: Readonly<Record<string, FoundState>> = {
  READY: 'OPEN',
  IN_PROGRESS: 'OPEN',
  WAITING_FOR_DEPOSIT: 'AWAITING',
  DONE: 'CAPTURED',
  PARTIAL_CANCELED: 'CAPTURED',
  CANCELED: 'CAPTURED',
  EXPIRED: 'ENDED',
  ABORTED: 'FAILED',
}

/**
 * CANCELED is also what an unapproved payment and a virtual account that nobody paid become: without
 * an approval, and without anything to pay back, no money ever moved.
 */
function stateOf({ status, approvedAt, virtualAccount }: TossPayment): FoundState | null {
  const neverPaid = virtualAccount != null && (virtualAccount.refundStatus ?? 'NONE') === 'NONE'
  if (status === 'CANCELED' && (!approvedAt || neverPaid)) return 'ENDED'
  if (status === 'WAITING_FOR_DEPOSIT' && virtualAccount?.expired === true) return 'ENDED'
  return Object.hasOwn(STATES, status) ? (STATES[status] ?? null) : null
}

export function toLookupOutcome(
  answer: TossAnswer,
  expected: { paymentId: string; providerKey: string | null },
): LookupOutcome {
  if (answer.kind === 'error' && VERDICTS.lookUp[answer.meaning] === 'missing') {
    return { kind: 'missing' }
  }
  if (answer.kind !== 'payment') return unknownFrom(answer)
  const { payment } = answer
  if (payment.orderId !== expected.paymentId) return unknown('another order id')
  if (expected.providerKey && payment.paymentKey !== expected.providerKey) {
    return unknown('another key')
  }
  const state = stateOf(payment)
  if (!state) return unknown(`status ${payment.status}`)
  return {
    kind: 'found',
    state,
    providerKey: payment.paymentKey,
    amount: payment.totalAmount,
    currency: payment.currency,
    refundedAmount: state === 'CAPTURED' ? refundedAmountOf(payment) : 0,
    refunds: state === 'CAPTURED' ? refundsOf(payment) : [],
    account: state === 'AWAITING' ? accountOf(payment) : null,
    disputed: false,
    failure: payment.failure
      ? { code: payment.failure.code, message: payment.failure.message }
      : null,
  }
}
