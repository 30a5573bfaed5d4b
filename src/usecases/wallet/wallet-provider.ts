import type { DebitOutcome } from '../../db/repositories/wallet-ports.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type {
  CaptureOutcome,
  FoundRefund,
  LookupOutcome,
  RefundOutcome,
  VoidOutcome,
} from '../../domain/payment/outcomes.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import { POINTS_CURRENCY, type WalletEntry } from '../../domain/wallet/ledger.ts'
import type { CaptureRequest, PaymentProvider } from '../../providers/payment-port.ts'
import type { Deps } from '../deps.ts'

export type WalletDeps = Pick<Deps, 'wallets' | 'now' | 'random'>

export const INSUFFICIENT_POINTS = 'INSUFFICIENT_POINTS'
const NO_ACCOUNT = { code: 'POINTS_NEED_ACCOUNT', message: 'Points belong to an account.' }
const VOIDED = {
  code: 'POINTS_VOIDED',
  message: 'The order was over before its points were taken.',
}
const TAKEN_WITH_ORDER = { code: 'NOT_OPENED', message: 'Points are taken with their order.' }
const NEVER_TAKEN = { code: 'NOT_TAKEN', message: 'That many of its points were never taken.' }

export const newEntryId = ({ now, random }: Pick<Deps, 'now' | 'random'>): string =>
  mintTimedId(PLATFORM_KEY, now(), random)

/** What came of taking points, and what the wallet held where they were not enough. */
export interface Taken {
  outcome: CaptureOutcome
  balance: number | null
}

/** Takes an order's points, once however often it is asked; a database that is away leaves it unknown. */
export function takePoints(deps: WalletDeps, request: CaptureRequest): Promise<Taken> {
  const { userId, amount, paymentId, orderId } = request
  if (userId === null)
    return Promise.resolve({ outcome: { kind: 'refused', failure: NO_ACCOUNT }, balance: 0 })
  return whileItAnswers<Taken>(
    async () => {
      const entryId = newEntryId(deps)
      const debit = { entryId, userId, amount, paymentId, orderId, now: deps.now() }
      return taken(await deps.wallets.debitForOrder(debit))
    },
    (unknown) => ({ outcome: unknown, balance: null }),
  )
}

function taken(debit: DebitOutcome): Taken {
  switch (debit.kind) {
    case 'debited': {
      const { amount } = debit.entry
      return { outcome: { kind: 'captured', amount, currency: POINTS_CURRENCY }, balance: null }
    }
    case 'voided':
      return { outcome: { kind: 'refused', failure: VOIDED }, balance: null }
    case 'insufficient': {
      const failure = { code: INSUFFICIENT_POINTS, message: 'There were not enough points.' }
      return { outcome: { kind: 'refused', failure }, balance: debit.balance }
    }
  }
}

/**
 * Points as a way to pay, over the ledger in D1. There is no attempt to tell apart: a payment's points
 * are taken once, a refund's are given back once.
 */
export function createWalletProvider(deps: WalletDeps): PaymentProvider {
  const { wallets, now } = deps
  return {
    open: () => Promise.resolve({ kind: 'refused', failure: TAKEN_WITH_ORDER }),

    capture: async (request) => (await takePoints(deps, request)).outcome,

    lookUp: ({ paymentId }) =>
      whileItAnswers<LookupOutcome>(
        async () => foundIn(await wallets.ofPayment(paymentId)),
        (unknown) => unknown,
      ),

    refund: ({ refundId, paymentId, amount }) =>
      whileItAnswers<RefundOutcome>(
        async () => {
          const credit = { entryId: newEntryId(deps), paymentId, refundId, amount, now: now() }
          const entry = await wallets.creditBack(credit)
          return entry === null
            ? { kind: 'refused', failure: NEVER_TAKEN }
            : { kind: 'done', providerRef: entry.id }
        },
        (unknown) => unknown,
      ),

    void: ({ paymentId }) =>
      whileItAnswers<VoidOutcome>(
        async () => {
          const entryId = newEntryId(deps)
          const standing = await wallets.voidDebit({ entryId, paymentId, now: now() })
          if (standing.type === 'VOID') return { kind: 'voided' }
          const found = foundIn(await wallets.ofPayment(paymentId))
          if (found.kind !== 'found') throw new Error(`the debit of ${paymentId} is gone`)
          return { kind: 'captured', found }
        },
        (unknown) => unknown,
      ),
  }
}

type Found = Extract<LookupOutcome, { kind: 'found' | 'missing' }>

function foundIn(entries: readonly WalletEntry[]): Found {
  const [first, ...later] = entries
  if (first === undefined) return { kind: 'missing' }
  const refunds = later.map(({ id, refundId, amount }): FoundRefund => ({
    refundId,
    providerRef: id,
    amount,
    status: 'DONE',
  }))
  return {
    kind: 'found',
    state: first.type === 'VOID' ? 'ENDED' : 'CAPTURED',
    providerKey: first.id,
    amount: first.amount,
    currency: POINTS_CURRENCY,
    refundedAmount: refunds.reduce((sum, { amount }) => sum + amount, 0),
    refunds,
    account: null,
    disputed: false,
    failure: null,
  }
}

interface Unknown {
  kind: 'unknown'
  detail: string
}

/** A movement may be repeated: while the database is away nothing is claimed about it. */
async function whileItAnswers<T>(
  ask: () => Promise<T>,
  otherwise: (unknown: Unknown) => T,
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error
    return otherwise({ kind: 'unknown', detail: error.message })
  }
}
