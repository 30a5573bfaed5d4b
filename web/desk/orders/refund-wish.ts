import type { Payment, Refund, SupportOrder } from '../support/types.ts'

type Line = SupportOrder['items'][number]

/** All that is left, a sum, or portions of lines. */
export type Kind = 'all' | 'amount' | 'lines'

export interface Wish {
  kind: Kind
  /** In the currency's smallest unit. */
  amount: number | null
  /** Portions by line. */
  portions: Readonly<Record<string, number>>
  reason: string
}

/** What of an order's money is neither paid back nor promised back, as far as its rows tell. */
export function leftOf(
  payments: readonly Pick<Payment, 'status' | 'amount' | 'refunded_amount'>[],
  refunds: readonly Pick<Refund, 'status' | 'amount'>[],
): number {
  const taken = payments
    .filter(({ status }) => status === 'COMPLETED')
    .reduce((sum, { amount, refunded_amount: back }) => sum + amount - back, 0)
  const promised = refunds
    .filter(({ status }) => status === 'REQUESTED' || status === 'DUE')
    .reduce((sum, { amount }) => sum + amount, 0)
  return Math.max(0, taken - promised)
}

/** How many portions of a line the guest has paid for and not got back. */
export const portionsOf = ({
  quantity,
  unavailable_quantity: out,
  refunded_quantity: back,
}: Pick<Line, 'quantity' | 'unavailable_quantity' | 'refunded_quantity'>): number =>
  Math.max(0, quantity - out - back)

export type Wrong = 'noReason' | 'noAmount' | 'tooMuch' | 'noLines'

/** What a wish lacks, by its word; null: nothing. */
export function wrongWith({ kind, amount, portions, reason }: Wish, left: number): Wrong | null {
  if (kind === 'amount' && (amount === null || amount < 1)) return 'noAmount'
  if (kind === 'amount' && amount !== null && amount > left) return 'tooMuch'
  if (kind === 'lines' && Object.values(portions).every((count) => count === 0)) return 'noLines'
  return reason.trim() === '' ? 'noReason' : null
}

interface Ask {
  reason: string
  amount?: number
  lines?: { line_id: string; quantity: number }[]
}

/** As the API takes it. */
export function askOf({ kind, amount, portions, reason }: Wish): Ask {
  const text = { reason: reason.trim() }
  if (kind === 'amount' && amount !== null) return { ...text, amount }
  if (kind !== 'lines') return text
  const lines = Object.entries(portions).flatMap(([line_id, quantity]) =>
    quantity > 0 ? [{ line_id, quantity }] : [],
  )
  return { ...text, lines }
}
