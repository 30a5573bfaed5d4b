import { firstTimedId } from '../domain/ids.ts'
import { depositToldOf, type Expected } from '../domain/payment/match-deposit.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import type { Context } from './context.ts'

const DAY_MS = 24 * 3600_000
/** The longest that a deposit may be waited for, and a day. */
const LOOKED_BACK_MS = 8 * DAY_MS

/** The restaurant's payments that a deposit of this sum may be. */
export function expectedOf({ store: { payments }, now }: Context, amount: number): Expected {
  const from = firstTimedId(now - LOOKED_BACK_MS)
  return {
    awaiting: payments.awaitingDeposit(amount),
    earlier: payments.earlierDeposits(from, amount),
    taken: payments.takenSince(from, amount),
  }
}

/**
 * A payment's deposit was told of by other means: where the account's feed had told of it before, and
 * nobody could place it, it needs nobody any more.
 */
export function placeDepositOf({ store: { payments }, now }: Context, payment: PaymentState): void {
  const unmatched = payments.unmatchedSince(firstTimedId(now - DAY_MS))
  const deposit = depositToldOf(payment, unmatched)
  if (deposit === null) return
  payments.saveDeposit({ ...deposit, status: 'MATCHED', paymentId: payment.id })
}

/** A payment by deposit that was told of, of exactly this sum, and that no deposit is known for. */
export function paidWithout(
  { store: { payments }, now }: Context,
  orderId: string,
  amount: number,
): PaymentState | null {
  const taken = payments.takenSince(firstTimedId(now - LOOKED_BACK_MS), amount)
  const fitting = payments
    .ofOrder(orderId)
    .filter(({ provider, status }) => provider === 'deposit' && status === 'CAPTURED')
  return fitting.find((payment) => payment.amount === amount && !taken.has(payment.id)) ?? null
}
