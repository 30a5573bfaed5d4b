import type { CommandOutcome, CommandValue } from '../../../src/domain/commands.ts'
import type {
  CaptureOutcome,
  LookupOutcome,
  RefundOutcome,
  VoidOutcome,
} from '../../../src/domain/payment/outcomes.ts'
import type { PayInAccount, RemoteProvider } from '../../../src/domain/payment/payment.ts'
import type { OpenRequest, PaymentProvider } from '../../../src/providers/payment-port.ts'
import { unwatched } from '../../../src/providers/payaction/payaction-provider.ts'
import { createWalletProvider } from '../../../src/usecases/wallet/wallet-provider.ts'
import { Points } from './points.ts'

export const UNKNOWN = { kind: 'unknown', detail: 'time-out' } as const
export const REFUSED = {
  kind: 'refused',
  failure: { code: 'REJECT_CARD_PAYMENT', message: '한도 초과' },
} as const

type Found = Extract<LookupOutcome, { kind: 'found' }>
type State = 'OPEN' | 'AUTHENTICATED' | 'AWAITING' | 'CAPTURED' | 'ENDED' | 'FAILED'

interface Account {
  provider: RemoteProvider
  method: OpenRequest['method']
  amount: number
  state: State
  /** How often money moved: once, whatever happens. */
  captures: number
  /** How often it was asked for. */
  asked: number
  refunds: Map<string, number>
}

/** What becomes of the first refund and the first void that is asked of a payment. */
export const TROUBLES = ['none', 'unknown-done', 'unknown-undone', 'refused'] as const
export type Trouble = (typeof TROUBLES)[number]

const DAY_MS = 24 * 3600_000

/**
 * The outside world's own books: what was really taken and paid back at each provider, on the bank
 * account and at the counter. Nothing of the product's rows is read here.
 */
export class Till {
  readonly accounts = new Map<string, Account>()
  readonly points: Points
  /** Transfers on the restaurant's bank account, by the payment that they were meant for. */
  readonly transfers = new Map<string, number>()
  /** Cash in the drawer, by order. */
  readonly cash = new Map<string, number>()
  refundTrouble: Trouble = 'none'
  voidTrouble: Trouble = 'none'
  /** Whoever is given a virtual account has transferred before anybody else hears of it. */
  paysAtOnce = false
  readonly #now: () => number
  readonly #asked = new Set<string>()

  constructor(now: () => number) {
    this.#now = now
    this.points = new Points(now)
  }

  authenticate(paymentId: string): void {
    const account = this.accounts.get(paymentId)
    if (account?.state === 'OPEN') account.state = 'AUTHENTICATED'
  }

  /** The guest pays without us: in Stripe's form, or by a transfer to an issued account. */
  pay(paymentId: string): void {
    const account = this.accounts.get(paymentId)
    if (account === undefined || ['CAPTURED', 'ENDED', 'FAILED'].includes(account.state)) return
    account.state = 'CAPTURED'
    account.captures += 1
  }

  fail(paymentId: string): void {
    const account = this.accounts.get(paymentId)
    if (account !== undefined) account.state = 'FAILED'
  }

  /** Cash is kept where it could be entered, and handed back at once where it was refused. */
  takeCash(outcome: CommandOutcome): void {
    if (!outcome.ok || outcome.replayed) return
    const { payment } = outcome.value as CommandValue<'settle-order'>
    this.cash.set(payment.orderId, (this.cash.get(payment.orderId) ?? 0) + payment.amount)
  }

  captured(paymentId: string): number {
    const account = this.accounts.get(paymentId)
    if (account?.provider === 'toss' || account?.provider === 'stripe')
      return account.captures * account.amount
    return this.transfers.get(paymentId) ?? this.points.captured(paymentId)
  }

  paidBack(paymentId: string): number {
    const refunds = this.accounts.get(paymentId)?.refunds.values() ?? []
    return [...refunds].reduce((all, one) => all + one, 0) + this.points.paidBack(paymentId)
  }

  provider(of: RemoteProvider, registers: boolean): PaymentProvider {
    switch (of) {
      case 'toss':
        return this.#pages('toss')
      case 'stripe':
        return this.#pages('stripe')
      case 'deposit':
        return registers ? { ...unwatched, open: (request) => this.#register(request) } : unwatched
      case 'wallet':
        return this.#wallet()
    }
  }

  #register({ paymentId }: OpenRequest) {
    return Promise.resolve({
      kind: 'opened',
      providerKey: `code-${paymentId}`,
      checkoutUrl: null,
    } as const)
  }

  #wallet(): PaymentProvider {
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
    const ledger = createWalletProvider({ wallets: this.points, now: this.#now, random })
    return {
      ...ledger,
      refund: (job) => this.#refundOnce(job.paymentId, () => ledger.refund(job)),
      void: (name) => this.#voidOnce(name.paymentId, () => ledger.void(name)),
    }
  }

  /** Toss and Stripe: a page on which the guest releases or pays the money. */
  #pages(provider: 'toss' | 'stripe'): PaymentProvider {
    return {
      open: ({ paymentId, amount, method }) => {
        if (!this.accounts.has(paymentId)) {
          const account = { provider, method, amount, captures: 0, asked: 0, refunds: new Map() }
          this.accounts.set(paymentId, { ...account, state: 'OPEN' })
        }
        const checkoutUrl = `https://pay.example/${paymentId}`
        return Promise.resolve({ kind: 'opened', providerKey: keyOf(paymentId), checkoutUrl })
      },
      capture: ({ paymentId }) => Promise.resolve(this.#capture(paymentId)),
      lookUp: ({ paymentId }) => Promise.resolve(this.#lookUp(paymentId)),
      refund: (job) => this.#refundOnce(job.paymentId, () => Promise.resolve(this.#refund(job))),
      void: ({ paymentId }) =>
        this.#voidOnce(paymentId, () => Promise.resolve(this.#void(paymentId))),
    }
  }

  #capture(paymentId: string): CaptureOutcome {
    const account = this.accounts.get(paymentId)
    if (account === undefined) return UNKNOWN
    account.asked += 1
    if (account.state === 'AUTHENTICATED' && account.provider === 'toss') return this.#take(account)
    switch (account.state) {
      case 'CAPTURED':
        return { kind: 'captured', amount: account.amount, currency: 'KRW' }
      case 'AWAITING':
        return this.#awaiting()
      case 'OPEN':
      case 'AUTHENTICATED':
        return { kind: 'not-authenticated' }
      case 'ENDED':
      case 'FAILED':
        return REFUSED
    }
  }

  #take(account: Account): CaptureOutcome {
    const transfer = account.method === 'VIRTUAL_ACCOUNT'
    if (!transfer || this.paysAtOnce) account.captures += 1
    account.state = transfer && !this.paysAtOnce ? 'AWAITING' : 'CAPTURED'
    if (transfer) return this.#awaiting()
    return { kind: 'captured', amount: account.amount, currency: 'KRW' }
  }

  #awaiting(): CaptureOutcome {
    return { kind: 'awaiting', account: this.#payIn(), secret: 'ps_secret' }
  }

  #payIn(): PayInAccount {
    return { bank: '우리', accountNo: '1', holder: '맛있는 치킨집', dueAt: this.#now() + DAY_MS }
  }

  #lookUp(paymentId: string): LookupOutcome {
    const account = this.accounts.get(paymentId)
    return account === undefined ? { kind: 'missing' } : this.#found(paymentId, account)
  }

  #found(paymentId: string, { state, amount, refunds }: Account): Found {
    const list = [...refunds].map(([refundId, part]) => ({
      refundId,
      providerRef: `ref-${refundId}`,
      amount: part,
      status: 'DONE' as const,
    }))
    return {
      kind: 'found',
      state: state === 'AUTHENTICATED' ? 'OPEN' : state,
      providerKey: keyOf(paymentId),
      amount,
      currency: 'KRW',
      refundedAmount: list.reduce((sum, refund) => sum + refund.amount, 0),
      refunds: list,
      account: state === 'AWAITING' ? this.#payIn() : null,
      disputed: false,
      failure: state === 'FAILED' ? REFUSED.failure : null,
    }
  }

  #void(paymentId: string): VoidOutcome {
    const account = this.accounts.get(paymentId)
    if (account === undefined) return { kind: 'voided' }
    if (account.state === 'CAPTURED')
      return { kind: 'captured', found: this.#found(paymentId, account) }
    // Toss cancels no page: a confirmation that is under way may still bring money.
    if (account.provider === 'stripe' || account.state === 'AWAITING') account.state = 'ENDED'
    return { kind: 'voided' }
  }

  #refund(job: { paymentId: string; refundId: string; amount: number }): RefundOutcome {
    const account = this.accounts.get(job.paymentId)
    if (account === undefined) return UNKNOWN
    if (!account.refunds.has(job.refundId)) {
      if (job.amount > this.captured(job.paymentId) - this.paidBack(job.paymentId)) return REFUSED
      account.refunds.set(job.refundId, job.amount)
    }
    return { kind: 'done', providerRef: `ref-${job.refundId}` }
  }

  async #refundOnce(paymentId: string, work: () => Promise<RefundOutcome>): Promise<RefundOutcome> {
    const trouble = this.#first('refund', paymentId) ? this.refundTrouble : 'none'
    if (trouble === 'none') return work()
    if (trouble === 'unknown-done') await work()
    return trouble === 'refused' ? REFUSED : UNKNOWN
  }

  async #voidOnce(paymentId: string, work: () => Promise<VoidOutcome>): Promise<VoidOutcome> {
    const trouble = this.#first('void', paymentId) ? this.voidTrouble : 'none'
    if (trouble === 'none') return work()
    if (trouble === 'unknown-done') await work()
    return UNKNOWN
  }

  #first(what: string, paymentId: string): boolean {
    const name = `${what}/${paymentId}`
    const first = !this.#asked.has(name)
    this.#asked.add(name)
    return first
  }
}

export const keyOf = (paymentId: string): string => `key-${paymentId}`
