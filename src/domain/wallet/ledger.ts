import type { AmountMinor } from '../money.ts'

/** 1 point is 1 won. */
export const POINTS_CURRENCY = 'KRW'

export const ENTRY_TYPES = ['ADD', 'DEDUCT', 'VOID'] as const
/** VOID: no points moved, and the debit that it stands for never will. */
export type EntryType = (typeof ENTRY_TYPES)[number]

export const ENTRY_CAUSES = [
  'ORDER',
  'ORDER_REFUND',
  'ORDER_VOID',
  'CHARGE',
  'CASH',
  'INSTANT',
  'CHARGE_REFUND',
  'FORFEIT',
] as const
/**
 * ORDER: points paid an order, or a part of one; ORDER_REFUND: some of them came back. CHARGE: bought at
 * a provider; CASH: paid to staff; INSTANT: given without money. CHARGE_REFUND: turned back into money.
 * FORFEIT: given up by somebody who had themselves erased.
 */
export type EntryCause = (typeof ENTRY_CAUSES)[number]

/** One movement of a wallet. Entries are written once and never change. */
export interface WalletEntry {
  id: string
  /** Null for a VOID whose debit never came: nobody knows whose it would have been. */
  userId: string | null
  type: EntryType
  cause: EntryCause
  amount: AmountMinor
  balanceAfter: AmountMinor
  orderId: string | null
  /** The order's payment, or the charge. */
  paymentId: string | null
  refundId: string | null
  createdAt: number
}

/**
 * What an entry is about, unique in the ledger: a repeat finds its own entry. A debit and its void share
 * one, so that whichever comes first is the only one.
 */
export const LEG = {
  payment: (paymentId: string) => `payment:${paymentId}`,
  refund: (refundId: string) => `refund:${refundId}`,
  charge: (chargeId: string) => `charge:${chargeId}`,
  payout: (refundId: string) => `payout:${refundId}`,
  forfeit: (userId: string) => `forfeit:${userId}`,
} as const
