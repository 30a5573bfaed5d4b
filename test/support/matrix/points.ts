import type { DebitOutcome, WalletRepository } from '../../../src/db/repositories/wallet-ports.ts'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import type { WalletEntry } from '../../../src/domain/wallet/ledger.ts'

type Debit = Parameters<WalletRepository['debitForOrder']>[0]
type Credit = Parameters<WalletRepository['creditBack']>[0]

/** The ledger of points in memory, with its rule: a debit and its void share one place. */
export class Points implements WalletRepository {
  readonly entries: WalletEntry[] = []
  /** The database is away for everybody but whom it let in before. */
  away = false
  /** Nobody has any. */
  empty = false
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  captured(paymentId: string): number {
    return this.#sum((entry) => entry.paymentId === paymentId && entry.cause === 'ORDER')
  }

  paidBack(paymentId: string): number {
    return this.#sum((entry) => entry.paymentId === paymentId && entry.cause === 'ORDER_REFUND')
  }

  #sum(wanted: (entry: WalletEntry) => boolean): number {
    return this.entries.filter(wanted).reduce((sum, { amount }) => sum + amount, 0)
  }

  #write(entry: Partial<WalletEntry> & Pick<WalletEntry, 'id' | 'type' | 'cause' | 'amount'>) {
    const rest = { userId: null, orderId: null, paymentId: null, refundId: null }
    const written = { ...rest, balanceAfter: 0, createdAt: this.#now(), ...entry }
    this.entries.push(written)
    return written
  }

  #first = (paymentId: string): WalletEntry | undefined =>
    this.entries.find((entry) => entry.paymentId === paymentId && entry.cause !== 'ORDER_REFUND')

  #answers(): void {
    if (this.away) throw new StorageUnavailableError(new Error('away'))
  }

  /** Plenty: what an order comes upon when its points are taken may be another balance. */
  balanceOf = (): Promise<number> => Promise.resolve(Number.MAX_SAFE_INTEGER)

  debitForOrder = (debit: Debit): Promise<DebitOutcome> =>
    this.#later(() => {
      this.#answers()
      return this.debitNow(debit)
    })

  debitNow({ entryId, userId, amount, paymentId, orderId }: Debit): DebitOutcome {
    const first = this.#first(paymentId)
    if (first?.type === 'VOID') return { kind: 'voided' }
    if (first !== undefined) return { kind: 'debited', entry: first }
    if (this.empty) return { kind: 'insufficient', balance: 0 }
    const about = { id: entryId, userId, amount, paymentId, orderId }
    return { kind: 'debited', entry: this.#write({ ...about, type: 'DEDUCT', cause: 'ORDER' }) }
  }

  creditBack = ({ entryId, paymentId, refundId, amount }: Credit): Promise<WalletEntry | null> =>
    this.#later(() => {
      this.#answers()
      const known = this.entries.find((entry) => entry.refundId === refundId)
      if (known !== undefined) return known
      if (amount > this.captured(paymentId) - this.paidBack(paymentId)) return null
      const about = { id: entryId, paymentId, refundId, amount }
      return this.#write({ ...about, type: 'ADD', cause: 'ORDER_REFUND' })
    })

  voidDebit = ({ entryId, paymentId }: { entryId: string; paymentId: string }) =>
    this.#later(() => {
      this.#answers()
      const about = { id: entryId, paymentId, amount: 0 }
      return this.#first(paymentId) ?? this.#write({ ...about, type: 'VOID', cause: 'ORDER_VOID' })
    })

  ofPayment = (paymentId: string): Promise<readonly WalletEntry[]> =>
    this.#later(() => {
      this.#answers()
      return this.entries.filter((entry) => entry.paymentId === paymentId)
    })

  page = (): Promise<readonly WalletEntry[]> => Promise.resolve([])
  differences = () => Promise.resolve([])

  async #later<T>(work: () => T): Promise<T> {
    await Promise.resolve()
    return work()
  }
}
