import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { CAPTURE_LEASE_MS, type Step } from '../payment/capturing.ts'
import { afterPaymentEvent, isLive } from '../payment/machine.ts'
import { OPENING_LEASE_MS } from '../payment/opening.ts'
import type { LookupOutcome } from '../payment/outcomes.ts'
import type { PaymentState, RemoteProvider } from '../payment/payment.ts'
import { POINTS_CURRENCY, type EntryCause } from './ledger.ts'

export const CHARGE_METHODS = ['CARD', 'CASH', 'INSTANT'] as const
/** CASH: staff took it. INSTANT: nobody paid; for development. */
export type ChargeMethod = (typeof CHARGE_METHODS)[number]

export const MAX_CHARGE = 1_000_000

/** Who moves a charge's money; null where no machine does. */
export const PROVIDER_OF_CHARGE = {
  CARD: 'toss',
  CASH: null,
  INSTANT: null,
} as const satisfies Record<ChargeMethod, RemoteProvider | null>

export const CAUSE_OF_CHARGE = {
  CARD: 'CHARGE',
  CASH: 'CASH',
  INSTANT: 'INSTANT',
} as const satisfies Record<ChargeMethod, EntryCause>

/** Points being bought for an account. */
export interface ChargeState {
  /** Also the payment's: the provider knows it by this. */
  id: string
  userId: string
  method: ChargeMethod
  amount: number
  /** The money side, by the same machine as an order's payments. */
  payment: PaymentState
  askedBy: string
  /** For whom cash was taken. */
  restaurantId: string | null
  lookAt: number | null
  createdAt: number
}

/** The provider's page is open for half an hour, and takes ten minutes more to confirm. */
const WINDOW_MS = 40 * 60_000

/** A charge before anything happened to it; what needs no provider has its money already. */
export function newCharge(
  wish: Pick<ChargeState, 'userId' | 'method' | 'amount' | 'askedBy' | 'restaurantId'>,
  { id, now }: { id: string; now: number },
): ChargeState {
  const provider = PROVIDER_OF_CHARGE[wish.method]
  const payment: PaymentState = {
    id,
    orderId: id,
    provider: provider ?? 'counter',
    method: provider === null ? 'COUNTER' : 'CARD',
    amount: wish.amount,
    currency: POINTS_CURRENCY,
    status: provider === null ? 'CAPTURED' : 'OPENING',
    providerKey: null,
    checkoutUrl: null,
    attemptId: null,
    leaseUntil: provider === null ? null : now + OPENING_LEASE_MS,
    openedAt: now,
    expiresAt: now + WINDOW_MS,
    capturedAt: provider === null ? now : null,
    refundedAmount: 0,
    counted: true,
    payerName: null,
    account: null,
    disputed: false,
    failure: null,
  }
  return watched({ ...wish, id, payment, lookAt: null, createdAt: now }, now)
}

/** Whether the caller may ask the provider for the money; one claim is open at a time. */
export function claimCharge(
  charge: ChargeState,
  wish: { providerKey: string; amount: number },
  supply: { attemptId: string; now: number },
): Result<{ claimed: ChargeState } | 'already', Refusal> {
  const { payment } = charge
  if (payment.providerKey !== wish.providerKey)
    return refuse({ kind: 'NOT_FOUND', what: 'payment' })
  if (payment.amount !== wish.amount)
    return refuse({ kind: 'AMOUNT_MISMATCH', expected: payment.amount, given: wish.amount })
  if (payment.status === 'CAPTURED') return ok('already')
  if (payment.status === 'CAPTURING') return refuse({ kind: 'CAPTURING', retryAfterSeconds: 3 })
  const claimed = afterPaymentEvent(payment, 'claimed', {
    attemptId: supply.attemptId,
    leaseUntil: supply.now + CAPTURE_LEASE_MS,
  })
  return claimed === null
    ? refuse({ kind: 'PAYMENT_NOT_OPEN', status: payment.status })
    : ok({ claimed: watched({ ...charge, payment: claimed }, supply.now) })
}

/** An open charge is asked about as often as this while nobody reports. */
const LOOK_EVERY_MS = 5 * 60_000
/** A "no" is asked about once more: the list of the provider's codes is open, and money counts. */
const ASKED_ONCE_MORE_MS = 5_000

/** The charge after a step of its payment; the same charge where the step changes nothing. */
export function chargeAfter(charge: ChargeState, step: Step, now: number): ChargeState {
  if (step === 'ask-again' && mayHaveMoney(charge, now))
    return { ...charge, lookAt: now + LOOK_EVERY_MS }
  if (step === 'nothing' || step === 'ask-again') return watched(charge, now)
  const payment = afterPaymentEvent(charge.payment, step.event, step.changes)
  if (payment === null) return watched(charge, now)
  const next = watched({ ...charge, payment }, now)
  return charge.payment.status === 'CAPTURING' && payment.status === 'FAILED'
    ? { ...next, lookAt: now + ASKED_ONCE_MORE_MS }
    : next
}

/** What the charge brings: for what went back before it counted there are no points. */
export const pointsOf = ({ amount, payment }: Pick<ChargeState, 'amount' | 'payment'>): number =>
  Math.max(0, amount - payment.refundedAmount)

type Found = Extract<LookupOutcome, { kind: 'found' }>

/** What went back at the provider's own desk: refunds of ours are known by their mark. */
export const deskRefunded = ({ refundedAmount, refunds }: Found): number =>
  refunds
    .filter(({ refundId, status }) => refundId !== null && status === 'DONE')
    .reduce((left, { amount }) => left - amount, refundedAmount)

/** The charge that has brought its points, after a look at what its provider's desk paid back since. */
export function chargeAfterDesk(
  charge: ChargeState,
  outcome: LookupOutcome,
  now: number,
): ChargeState {
  if (outcome.kind === 'unknown') return chargeAfter(charge, 'ask-again', now)
  const next = chargeAfter(charge, 'nothing', now)
  if (outcome.kind === 'missing' || outcome.state !== 'CAPTURED') return next
  const refundedAmount = Math.min(charge.amount, Math.max(0, deskRefunded(outcome)))
  return { ...next, payment: { ...next.payment, refundedAmount } }
}

/** How long a provider that does not answer is asked about a charge that is over. */
const ASKED_FOR_MS = 24 * 3600_000

/** One that is over is only ever asked about because there was doubt, which no silence ends. */
const mayHaveMoney = ({ payment, createdAt }: ChargeState, now: number): boolean =>
  !isLive(payment) && now - createdAt < ASKED_FOR_MS

/** With the time at which the cron is to look. */
function watched(charge: ChargeState, now: number): ChargeState {
  const { payment } = charge
  if (!isLive(payment)) return { ...charge, lookAt: null }
  const lease = payment.leaseUntil !== null && payment.leaseUntil > now ? payment.leaseUntil : null
  return { ...charge, lookAt: lease ?? now + LOOK_EVERY_MS }
}
