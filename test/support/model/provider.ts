import type {
  CaptureOutcome,
  LookupOutcome,
  OpenOutcome,
  RefundOutcome,
  VoidOutcome,
} from '../../../src/domain/payment/outcomes.ts'
import type { PaymentState, RefundState } from '../../../src/domain/payment/payment.ts'
import { providerKeyOf } from '../ordering.ts'
import type { Dice } from './dice.ts'

interface Account {
  amount: number
  state: 'OPEN' | 'AUTHENTICATED' | 'CAPTURED' | 'FAILED' | 'ENDED'
  /** Paid back, by refund. */
  refunds: Map<string, number>
}

const DESK = 'desk-'
const UNKNOWN = { kind: 'unknown', detail: 'no answer' } as const
const failure = { code: 'REJECTED', message: '' }

/** What really happened at the provider, and how little of it its answers tell. */
export class Provider {
  readonly accounts = new Map<string, Account>()
  readonly #dice: Dice
  /** How often an answer is lost, whether or not the work was done. */
  trouble = 0.2

  constructor(dice: Dice) {
    this.#dice = dice
  }

  #answer<T>(outcome: T): T | typeof UNKNOWN {
    return this.#dice.chance(this.trouble) ? UNKNOWN : outcome
  }

  open(payment: Pick<PaymentState, 'id' | 'amount'>): OpenOutcome {
    if (!this.accounts.has(payment.id)) {
      if (this.#dice.chance(this.trouble / 2)) return this.#answer({ kind: 'refused', failure })
      this.accounts.set(payment.id, { amount: payment.amount, state: 'OPEN', refunds: new Map() })
    }
    const providerKey = providerKeyOf(payment.id)
    return this.#answer({ kind: 'opened', providerKey, checkoutUrl: 'https://pay.example/1' })
  }

  /** The guest comes through the bank's page, or does not. */
  authenticate(paymentId: string): void {
    const account = this.accounts.get(paymentId)
    if (account?.state !== 'OPEN') return
    account.state = this.#dice.chance(0.8)
      ? 'AUTHENTICATED'
      : this.#dice.pick(['FAILED', 'ENDED'] as const)
  }

  capture(payment: PaymentState): CaptureOutcome {
    const account = this.accounts.get(payment.id)
    if (account === undefined) return UNKNOWN
    if (account.state === 'AUTHENTICATED')
      account.state = this.#dice.chance(this.trouble / 2) ? 'FAILED' : 'CAPTURED'
    switch (account.state) {
      case 'CAPTURED':
        return this.#answer({ kind: 'captured', amount: account.amount, currency: 'KRW' })
      case 'OPEN':
        return this.#answer({ kind: 'not-authenticated' })
      case 'FAILED':
      case 'ENDED':
        return this.#answer({ kind: 'refused', failure })
    }
  }

  /** The money moves long after everyone stopped waiting for the answer. */
  captureLate(paymentId: string): void {
    const account = this.accounts.get(paymentId)
    if (account?.state === 'AUTHENTICATED') account.state = 'CAPTURED'
  }

  lookUp(paymentId: string): LookupOutcome {
    const account = this.accounts.get(paymentId)
    return this.#answer(account === undefined ? { kind: 'missing' } : this.#found(paymentId))
  }

  #found(paymentId: string): Extract<LookupOutcome, { kind: 'found' }> {
    const account = this.accounts.get(paymentId)
    const { state, amount } = account ?? { state: 'ENDED' as const, amount: 0 }
    const refunds = [...(account?.refunds ?? [])].map(([id, part]) => ({
      refundId: id.startsWith(DESK) ? null : id,
      providerRef: `ref-${id}`,
      amount: part,
      status: 'DONE' as const,
    }))
    return {
      kind: 'found',
      state: state === 'AUTHENTICATED' ? 'OPEN' : state,
      providerKey: providerKeyOf(paymentId),
      amount,
      currency: 'KRW',
      refundedAmount: this.paidBack(paymentId),
      refunds,
      account: null,
      disputed: false,
      failure: state === 'FAILED' ? failure : null,
    }
  }

  /** Points are there, or are not; taken once. */
  takePoints({ id, amount }: Pick<PaymentState, 'id' | 'amount'>): CaptureOutcome {
    const account = this.accounts.get(id)
    const state = account?.state ?? (this.#dice.chance(0.15) ? 'FAILED' : 'CAPTURED')
    if (account === undefined) this.accounts.set(id, { amount, state, refunds: new Map() })
    return this.#answer(
      state === 'CAPTURED'
        ? { kind: 'captured', amount, currency: 'KRW' }
        : { kind: 'refused', failure },
    )
  }

  /** Nobody can keep a guest from transferring money. */
  arrive({ id, amount }: Pick<PaymentState, 'id' | 'amount'>): void {
    const { refunds } = this.accounts.get(id) ?? { refunds: new Map<string, number>() }
    this.accounts.set(id, { amount, state: 'CAPTURED', refunds })
  }

  /** Whether all that went back by the machine is known to be done. */
  isSquare(paymentId: string, known: readonly RefundState[]): boolean {
    const done = known.filter(({ status, proof }) => status === 'DONE' && proof === null)
    return this.paidBack(paymentId) === done.reduce((sum, { amount }) => sum + amount, 0)
  }

  /** No money shall come any more; what has come is told. */
  void(paymentId: string): VoidOutcome {
    const account = this.accounts.get(paymentId)
    if (account === undefined)
      this.accounts.set(paymentId, { amount: 0, state: 'ENDED', refunds: new Map() })
    if (account?.state === 'CAPTURED')
      return this.#answer({ kind: 'captured', found: this.#found(paymentId) })
    if (account !== undefined && account.state !== 'FAILED') account.state = 'ENDED'
    return this.#answer({ kind: 'voided' })
  }

  /** People at the provider's own desk pay a part back; nobody tells us but by a webhook. */
  deskRefund(paymentId: string): void {
    const left = this.capturedAmount(paymentId) - this.paidBack(paymentId)
    if (left <= 0) return
    const part = this.#dice.chance(0.5) ? left : Math.ceil(left / 2)
    const refunds = this.accounts.get(paymentId)?.refunds
    refunds?.set(`${DESK}${refunds.size}`, part)
  }

  /** A repeat of a refund that was done is that refund. */
  refund(job: { paymentId: string; refundId: string; amount: number }): RefundOutcome {
    const account = this.accounts.get(job.paymentId)
    if (account === undefined) return UNKNOWN
    if (!account.refunds.has(job.refundId)) {
      const left = this.capturedAmount(job.paymentId) - this.paidBack(job.paymentId)
      if (job.amount > left) return this.#answer({ kind: 'refused', failure })
      if (this.#dice.chance(this.trouble)) return this.#answer({ kind: 'refused', failure })
      if (this.#dice.chance(this.trouble)) return UNKNOWN
      account.refunds.set(job.refundId, job.amount)
    }
    return this.#answer({ kind: 'done', providerRef: `ref-${job.refundId}` })
  }

  capturedAmount(paymentId: string): number {
    const account = this.accounts.get(paymentId)
    return account?.state === 'CAPTURED' ? account.amount : 0
  }

  paidBack(paymentId: string): number {
    const refunds = this.accounts.get(paymentId)?.refunds ?? new Map<string, number>()
    return [...refunds.values()].reduce((total, amount) => total + amount, 0)
  }
}
