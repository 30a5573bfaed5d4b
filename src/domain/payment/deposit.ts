import type { AmountMinor } from '../money.ts'
import type { RefundProof } from './payment.ts'

export const DEPOSIT_STATUSES = ['MATCHED', 'UNMATCHED', 'ASSIGNED', 'RETURNED'] as const
/**
 * MATCHED: it paid the one order that it could be for. UNMATCHED: none, or several: nobody guesses,
 * staff decide. ASSIGNED: staff said which order it is for. RETURNED: staff paid it back.
 */
export type DepositStatus = (typeof DEPOSIT_STATUSES)[number]

/** Money that came in on the restaurant's account, as its feed told. */
export interface DepositState {
  id: string
  /** The feed's own mark of the delivery: the same one twice is one deposit. */
  traceId: string
  payerName: string
  amount: AmountMinor
  receivedAt: number
  status: DepositStatus
  /** The payment that it paid. */
  paymentId: string | null
  /** Orders that it could be for, when there were several. */
  candidates: readonly string[]
  /** How staff paid it back. */
  proof: RefundProof | null
}
