import type { AmountMinor } from '../money.ts'

export const DIFFERENCE_KINDS = [
  'TOTAL_AMOUNT',
  'CAPTURED_AMOUNT',
  'REFUNDED_AMOUNT',
  'REFUND_DUE_AMOUNT',
  'PAYMENT_STATUS',
  'KEPT_TOO_MUCH',
  'KEPT_FOR_NOTHING',
  'REFUND_NOT_BOOKED',
  'REFUND_NOT_NAMED',
  'PAID_BACK_TOO_MUCH',
  'PAYMENT_STUCK',
  'CAPTURE_STUCK',
  'REFUND_STUCK',
  'REFUND_DUE_LONG',
  'DISPUTED',
  'LEDGER_DEBIT',
  'LEDGER_CREDIT',
  'LEDGER_STRAY',
  'WALLET_BALANCE',
  'WALLET_CHARGES',
  'WALLET_PAYOUTS',
] as const
/** What is wrong, or waits for people: docs/reconciliation.md says what to do about each. */
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** Two figures that should be one. */
export interface MoneyDifference {
  kind: DifferenceKind
  /** The order, payment, refund or account that it is about. */
  subject: string
  expected: AmountMinor
  actual: AmountMinor
  /** What figures alone cannot say; never anything personal. */
  detail: string | null
}

/** The difference of two figures, where there is one. */
export const unlessEqual = (
  kind: DifferenceKind,
  subject: string,
  expected: number,
  actual: number,
): readonly MoneyDifference[] =>
  expected === actual ? [] : [{ kind, subject, expected, actual, detail: null }]

/** Money that should not be there. */
export const unlessNothing = (
  kind: DifferenceKind,
  subject: string,
  actual: number,
): readonly MoneyDifference[] => (actual > 0 ? unlessEqual(kind, subject, 0, actual) : [])

/** More than there may be. */
export const unlessWithin = (
  kind: DifferenceKind,
  subject: string,
  most: number,
  actual: number,
): readonly MoneyDifference[] => (actual > most ? unlessEqual(kind, subject, most, actual) : [])

export const sumOf = <T>(all: readonly T[], amountOf: (one: T) => number): number =>
  all.reduce((sum, one) => sum + amountOf(one), 0)
