import type { DepositState } from './deposit.ts'
import { bearsName } from './payer-name.ts'
import type { PaymentState } from './payment.ts'

/** How long after an order was paid the account's feed may still tell of the same transfer. */
const SAME_TRANSFER_MS = 3600_000
/** A transfer that was begun in time may come in this much after its order ended. */
const LATE_MS = 24 * 3600_000
const MOST_CANDIDATES = 10

/** What of the restaurant's money a deposit can be: payments of its sum by deposit. */
export interface Expected {
  awaiting: readonly PaymentState[]
  /** Those over or paid by now, of the last days. */
  earlier: readonly PaymentState[]
  /** Payments that a deposit is known for. */
  taken: ReadonlySet<string>
}

export type Match =
  /** The one order that it can be for waits for it. */
  | { kind: 'pays'; payment: PaymentState }
  /** Somebody said before that this payment's deposit is in: it is that one. */
  | { kind: 'known'; payment: PaymentState }
  /** Nobody guesses: orders that it may be for, or none. */
  | { kind: 'open'; candidates: readonly string[] }

/** What money that names no order is for. Name and sum together must leave exactly one possibility. */
export function matchDeposit(
  payerName: string,
  { awaiting, earlier, taken }: Expected,
  now: number,
): Match {
  const fits = (payment: PaymentState) => bearsName(payerName, payment.payerName ?? '')
  const waiting = awaiting.filter(fits)
  const told = earlier.filter(
    (payment) =>
      payment.capturedAt !== null &&
      now - payment.capturedAt <= SAME_TRANSFER_MS &&
      !taken.has(payment.id) &&
      fits(payment),
  )
  const [only, ...others] = [...waiting, ...told]
  if (only !== undefined && others.length === 0)
    return { kind: only.status === 'AWAITING' ? 'pays' : 'known', payment: only }
  const late = earlier.filter(
    (payment) => payment.status === 'ENDED' && now - payment.expiresAt <= LATE_MS && fits(payment),
  )
  const named = [...waiting, ...told, ...late]
  // A name that nobody gave may be a slip of the pen: then the sum alone says whom to ask.
  const possible = named.length > 0 ? named : awaiting
  const orderIds = [...new Set(possible.map(({ orderId }) => orderId))]
  return { kind: 'open', candidates: orderIds.slice(0, MOST_CANDIDATES) }
}

/** Of the deposits nobody could place, the one that a payment told of by other means is; oldest first. */
export const depositToldOf = (
  payment: PaymentState,
  unmatched: readonly DepositState[],
): DepositState | null =>
  unmatched.find(
    ({ amount, payerName }) =>
      amount === payment.amount && bearsName(payerName, payment.payerName ?? ''),
  ) ?? null
