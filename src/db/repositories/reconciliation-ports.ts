import type { AuditEntry } from '../../domain/audit.ts'
import type { OrderView } from '../../domain/queries.ts'
import type { MoneyDifference } from '../../domain/reconciliation/difference.ts'
import type { WalletSums } from '../../domain/reconciliation/ledger.ts'
import type { ReconciliationRun } from '../../domain/reconciliation/run.ts'
import type { WalletEntry } from '../../domain/wallet/ledger.ts'
import type { Versioned } from './wallet-ports.ts'

/** A difference with whose check finds it: the order's, the account's, the payment's. */
export interface OwnedDifference extends MoneyDifference {
  owner: string
}

export interface KnownDifference extends OwnedDifference {
  id: string
  runId: string
  firstSeenAt: number
  lastSeenAt: number
  resolvedAt: number | null
}

export interface ReconciliationRepository {
  /** As of when the newest finished run was. */
  lastAsOf(): Promise<number | null>
  /**
   * Enters the run, unless one of its kind is under way or the command was given before: then that
   * one is told. `audit` is written where it is entered; null: the cron's.
   */
  start(
    run: ReconciliationRun,
    command: string | null,
    audit: AuditEntry | null,
  ): Promise<ReconciliationRun>
  /** Light ones first: a full one may take days. */
  unfinished(): Promise<readonly Versioned<ReconciliationRun>[]>
  /** False when the run has moved meanwhile. */
  advance(next: Versioned<ReconciliationRun>): Promise<boolean>
  /** Newest first. */
  page(page: { limit: number; beforeId: string | null }): Promise<readonly ReconciliationRun[]>
  /**
   * Writes what was found on a page, and resolves what of its owners was open and is not found any
   * more. Gives those that nobody had seen before.
   */
  note(
    checked: { runId: string; owners: readonly string[]; found: readonly OwnedDifference[] },
    supply: { mintId: () => string; now: number },
  ): Promise<readonly KnownDifference[]>
  /** Longest first, and how many there are. */
  open(limit: number): Promise<{ differences: readonly KnownDifference[]; count: number }>
  /** Removes light runs that finished, and everything else that was over, before then; returns how many. */
  sweep(before: { light: number; rest: number }): Promise<number>
}

/** Orders as the read model has them; `behind` where the restaurant's projection says it is ahead of itself. */
export interface CopiedOrder {
  view: OrderView
  confirmed: boolean
}

/** What a reconciliation reads, in pages by what comes after. */
export interface ReconciledBooks {
  wallets(page: BookPage): Promise<readonly WalletSums[]>
  /** Debits of orders in the order they were written; `known`: the copy of the order has the payment. */
  debits(page: Omit<BookPage, 'since'>): Promise<readonly DebitOfOrder[]>
  /** `firstId`: ids not before it. */
  orders(page: BookPage & { firstId: string }): Promise<readonly CopiedOrder[]>
  /** Everything written for these payments. */
  entriesOf(paymentIds: readonly string[]): Promise<readonly WalletEntry[]>
}

export interface BookPage {
  after: string | null
  /** Only what moved since. */
  since: number
  limit: number
}

export interface DebitOfOrder {
  seq: number
  paymentId: string
  amount: number
  createdAt: number
  known: boolean
}
