import type { AuditEntry } from '../../domain/audit.ts'
import type { ChargeState } from '../../domain/wallet/charge.ts'
import type { WalletEntry } from '../../domain/wallet/ledger.ts'
import type {
  PointsRefund,
  PointsRefundStatus,
  RefundableCharge,
} from '../../domain/wallet/points-refund.ts'

/** `insufficient`: nothing was written. `voided`: it was said before that this debit must not happen. */
export type DebitOutcome =
  | { kind: 'debited'; entry: WalletEntry }
  | { kind: 'insufficient'; balance: number }
  | { kind: 'voided' }

/**
 * What accounts hold. Every movement is one batch that writes an entry and moves the balance, and may
 * be repeated: the entry of the first time is found.
 */
export interface WalletRepository {
  /** 0 for who never had points. */
  balanceOf(userId: string): Promise<number>
  debitForOrder(debit: {
    entryId: string
    userId: string
    amount: number
    paymentId: string
    orderId: string
    now: number
  }): Promise<DebitOutcome>
  /** Gives back some of an order's points; null when they were never taken, or not that many are left. */
  creditBack(credit: {
    entryId: string
    paymentId: string
    refundId: string
    amount: number
    now: number
  }): Promise<WalletEntry | null>
  /** The debit must not happen any more; gives what stands in its place: the void, or a debit that was first. */
  voidDebit(what: { entryId: string; paymentId: string; now: number }): Promise<WalletEntry>
  /** Everything that was written for an order's payment, oldest first. */
  ofPayment(paymentId: string): Promise<readonly WalletEntry[]>
  /** Newest first. */
  page(
    userId: string,
    page: { limit: number; beforeId: string | null },
  ): Promise<readonly WalletEntry[]>
  /** Wallets whose balance is not the sum of their entries: none, unless something is broken. */
  differences(limit: number): Promise<readonly WalletDifference[]>
}

export interface WalletDifference {
  userId: string
  balance: number
  ledger: number
}

/** A stored state with the number of its version: a change is written where that still holds. */
export interface Versioned<T> {
  state: T
  version: number
}

export interface RequestKey {
  idempotencyKey: string
  fingerprint: string
}

export interface ChargeRepository {
  /**
   * Writes a new charge, with its points where its money is there. False when the asker has used the
   * key before. `audit` is written with it, where somebody acts for another.
   */
  insert(
    charge: ChargeState,
    key: RequestKey,
    entryId: string,
    audit?: AuditEntry | null,
  ): Promise<boolean>
  byKey(
    askedBy: string,
    idempotencyKey: string,
  ): Promise<(Versioned<ChargeState> & { fingerprint: string }) | null>
  byId(id: string): Promise<Versioned<ChargeState> | null>
  /**
   * Writes the next state; with the money come the points, once, in the same batch. False when the
   * charge has moved meanwhile.
   */
  advance(next: Versioned<ChargeState>, entryId: string): Promise<boolean>
  /**
   * A webhook tells of the charge: true when the provider is to be asked now. Within the gap after the
   * last time it is false, and the cron asks when the gap is over.
   */
  told(id: string, now: number, gapMs: number): Promise<boolean>
  /** Those to be asked about at `now`, longest first. */
  waiting(now: number, limit: number): Promise<readonly Versioned<ChargeState>[]>
  /** Captured ones of which something is left, newest first. */
  refundable(userId: string): Promise<readonly RefundableCharge[]>
}

export interface PointsRefundRepository {
  /**
   * Writes a refund and takes its points, in one batch, while the wallet holds them and its charges are
   * as they were planned with. False when they are not, or the account has used the key before.
   */
  insert(refund: PointsRefund, key: RequestKey, entryId: string): Promise<boolean>
  byKey(
    userId: string,
    idempotencyKey: string,
  ): Promise<(Versioned<PointsRefund> & { fingerprint: string }) | null>
  byId(id: string): Promise<Versioned<PointsRefund> | null>
  /** False when it has moved meanwhile. */
  advance(next: Versioned<PointsRefund>, audit?: AuditEntry | null): Promise<boolean>
  /** Those whose providers are to be asked again at `now`, longest first. */
  waiting(now: number, limit: number): Promise<readonly Versioned<PointsRefund>[]>
  /** Newest first; of one account, or of all. */
  page(page: {
    userId: string | null
    status: PointsRefundStatus | null
    limit: number
    beforeId: string | null
  }): Promise<readonly PointsRefund[]>
}
