import { isLive } from '../payment/machine.ts'
import type { PaymentState, RefundState } from '../payment/payment.ts'
import type { OrderView } from '../queries.ts'
import type { WalletEntry } from '../wallet/ledger.ts'
import { sumOf, unlessEqual, unlessNothing, type MoneyDifference } from './difference.ts'

/** What moved later than this may not have been told to the other side yet. */
export const LEDGER_GRACE_MS = 15 * 60_000

/** Points of one order on both sides: in its payments and refunds, and in the ledger. */
export const ledgerDifferences = (
  { payments, refunds }: OrderView,
  entries: readonly WalletEntry[],
  now: number,
): readonly MoneyDifference[] =>
  payments
    .filter(({ provider }) => provider === 'wallet')
    .flatMap((payment) => {
      const own = entries.filter(({ paymentId }) => paymentId === payment.id)
      const back = refunds.filter(({ paymentId }) => paymentId === payment.id)
      return [...debitDifference(payment, own, now), ...creditDifference(payment, back, own, now)]
    })

const moved = (entries: readonly WalletEntry[], type: WalletEntry['type']): number =>
  sumOf(
    entries.filter((entry) => entry.type === type),
    ({ amount }) => amount,
  )

function debitDifference(
  payment: PaymentState,
  entries: readonly WalletEntry[],
  now: number,
): readonly MoneyDifference[] {
  const settled = now - LEDGER_GRACE_MS
  const taken = moved(entries, 'DEDUCT')
  if (payment.status === 'CAPTURED')
    return (payment.capturedAt ?? 0) <= settled
      ? unlessEqual('LEDGER_DEBIT', payment.id, payment.amount, taken)
      : []
  // One whose points are being taken is asked about until that is known.
  if (isLive(payment)) return []
  const old = entries.filter(({ createdAt }) => createdAt <= settled)
  return unlessNothing('LEDGER_DEBIT', payment.id, moved(old, 'DEDUCT') - moved(entries, 'ADD'))
}

/** Refunds that staff recorded as paid by hand brought no points. */
function creditDifference(
  payment: PaymentState,
  refunds: readonly RefundState[],
  entries: readonly WalletEntry[],
  now: number,
): readonly MoneyDifference[] {
  if (payment.status !== 'CAPTURED') return []
  const settled = now - LEDGER_GRACE_MS
  const inPoints = refunds.filter(({ status, proof }) => status !== 'DROPPED' && !proof)
  const done = inPoints.filter(({ status }) => status === 'DONE')
  const must = sumOf(
    done.filter(({ doneAt }) => (doneAt ?? 0) <= settled),
    ({ amount }) => amount,
  )
  const most = sumOf(inPoints, ({ amount }) => amount)
  const old = entries.filter(({ createdAt }) => createdAt <= settled)
  const credited = moved(entries, 'ADD')
  return credited < must || moved(old, 'ADD') > most
    ? unlessEqual('LEDGER_CREDIT', payment.id, must, credited)
    : []
}

/** An account's points: what it holds, its entries, and what was bought and turned back into money. */
export interface WalletSums {
  userId: string
  balance: number
  /** Of all its entries. */
  ledger: number
  /** Of captured charges, and of the entries that brought their points. */
  charged: number
  chargedPoints: number
  /** Of captured charges, what went back at the provider's own desk; and what points were taken for it. */
  deskRefunded: number
  deskPayouts: number
  /** Of refunds asked for, and of the entries that took their points. */
  paidOut: number
  paidOutPoints: number
}

/** For what the desk paid back there were no points, or they were taken for it since. */
function chargesDifference(sums: WalletSums): readonly MoneyDifference[] {
  const { userId, charged, chargedPoints, deskRefunded, deskPayouts } = sums
  const least = charged - deskRefunded
  const most = charged - Math.max(0, deskRefunded - deskPayouts)
  const expected = Math.min(most, Math.max(least, chargedPoints))
  return unlessEqual('WALLET_CHARGES', userId, expected, chargedPoints)
}

export const walletDifferences = (sums: WalletSums): readonly MoneyDifference[] => [
  ...unlessEqual('WALLET_BALANCE', sums.userId, sums.ledger, sums.balance),
  ...chargesDifference(sums),
  ...unlessEqual('WALLET_PAYOUTS', sums.userId, sums.paidOut, sums.paidOutPoints),
]
