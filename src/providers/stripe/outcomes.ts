import type {
  CaptureOutcome,
  FoundRefund,
  LookupOutcome,
  OpenOutcome,
} from '../../domain/payment/outcomes.ts'
import type { StripeAnswer } from './client.ts'
import { VERDICTS } from './errors.ts'
import { PAYMENT_MARK, REFUND_MARK, type Intent, type StripeRefund } from './wire.ts'

export type Unknown = { kind: 'unknown'; detail: string }
export const unknown = (detail: string): Unknown => ({ kind: 'unknown', detail })
export const unknownFrom = (answer: Exclude<StripeAnswer<unknown>, { kind: 'answer' }>): Unknown =>
  unknown(answer.kind === 'trouble' ? answer.detail : answer.failure.code)

export const isOf = (intent: Intent, paymentId: string): boolean =>
  intent.metadata?.[PAYMENT_MARK] === paymentId

const currencyOf = ({ currency }: Intent): string => currency.toUpperCase()

/** Only an intent that is this payment's, in sum and currency, may be handed to a browser. */
export function toOpenOutcome(
  answer: StripeAnswer<Intent>,
  expected: { paymentId: string; amount: number; currency: string },
): OpenOutcome {
  if (answer.kind === 'error' && VERDICTS.open[answer.meaning] === 'refused')
    return { kind: 'refused', failure: answer.failure }
  if (answer.kind !== 'answer') return unknownFrom(answer)
  const intent = answer.value
  if (!isOf(intent, expected.paymentId)) return unknown('another payment')
  if (intent.amount !== expected.amount) return unknown('another amount')
  if (currencyOf(intent) !== expected.currency) return unknown('another currency')
  if (!intent.client_secret) return unknown('no client secret')
  return {
    kind: 'opened',
    providerKey: intent.id,
    checkoutUrl: null,
    clientSecret: intent.client_secret,
  }
}

/** The guest's browser has paid, or not yet: an intent whose card was declined takes the next one. */
export function toCaptureOutcome(
  answer: StripeAnswer<Intent>,
  expected: { paymentId: string; amount: number },
): CaptureOutcome {
  if (answer.kind !== 'answer') return unknownFrom(answer)
  const intent = answer.value
  if (!isOf(intent, expected.paymentId)) return unknown('another payment')
  switch (intent.status) {
    case 'succeeded':
      return intent.amount_received === expected.amount
        ? { kind: 'captured', amount: intent.amount_received, currency: currencyOf(intent) }
        : unknown('another amount')
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
      return { kind: 'not-authenticated' }
    case 'canceled':
      return {
        kind: 'refused',
        failure: { code: 'canceled', message: intent.cancellation_reason ?? '' },
      }
    default:
      return unknown(`status ${intent.status}`)
  }
}

type Found = Extract<LookupOutcome, { kind: 'found' }>

const STATES: Readonly<Record<string, Found['state']>> = {
  requires_payment_method: 'OPEN',
  requires_confirmation: 'OPEN',
  requires_action: 'OPEN',
  processing: 'OPEN',
  requires_capture: 'OPEN',
  succeeded: 'CAPTURED',
  canceled: 'ENDED',
}

export const stateOf = ({ status }: Intent): Found['state'] | null =>
  Object.hasOwn(STATES, status) ? (STATES[status] ?? null) : null

export function toFound(
  intent: Intent,
  state: Found['state'],
  { refunds, disputed }: { refunds: readonly StripeRefund[]; disputed: boolean },
): Found {
  const found = toFoundRefunds(refunds)
  const done = found.filter(({ status }) => status === 'DONE')
  const error = intent.last_payment_error
  return {
    kind: 'found',
    state,
    providerKey: intent.id,
    amount: state === 'CAPTURED' ? intent.amount_received : intent.amount,
    currency: currencyOf(intent),
    refundedAmount: done.reduce((sum, { amount }) => sum + amount, 0),
    refunds: found,
    account: null,
    disputed,
    failure: error
      ? { code: error.decline_code ?? error.code ?? 'declined', message: error.message ?? '' }
      : null,
  }
}

const REFUND_STATES: Readonly<Record<string, FoundRefund['status']>> = {
  succeeded: 'DONE',
  pending: 'PENDING',
  requires_action: 'PENDING',
  failed: 'FAILED',
  canceled: 'FAILED',
}
/** A status that is not known is not the end: it is asked about again. */
export const refundState = ({ status }: StripeRefund): FoundRefund['status'] =>
  REFUND_STATES[status ?? ''] ?? 'PENDING'

const RANK = { DONE: 2, PENDING: 1, FAILED: 0 } as const

/** Of several tries at one refund of ours, only the one that got furthest is told. */
function toFoundRefunds(refunds: readonly StripeRefund[]): FoundRefund[] {
  const told: FoundRefund[] = []
  for (const refund of refunds) {
    const refundId = refund.metadata?.[REFUND_MARK] ?? null
    const { id: providerRef, amount } = refund
    const next = { refundId, providerRef, amount, status: refundState(refund) }
    const at = refundId === null ? -1 : told.findIndex((other) => other.refundId === refundId)
    const earlier = told[at]
    if (earlier === undefined) told.push(next)
    else if (RANK[next.status] > RANK[earlier.status]) told[at] = next
  }
  return told
}
