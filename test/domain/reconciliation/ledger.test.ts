import { describe, expect, it } from 'vitest'
import type { PaymentState, RefundState } from '../../../src/domain/payment/payment.ts'
import {
  LEDGER_GRACE_MS,
  ledgerDifferences,
  walletDifferences,
} from '../../../src/domain/reconciliation/ledger.ts'
import type { WalletEntry } from '../../../src/domain/wallet/ledger.ts'
import { anOrder, aRefund, captured, NOW, points } from '../../support/orders.ts'

const LATER = NOW + LEDGER_GRACE_MS

const anEntry = (more: Partial<WalletEntry> = {}): WalletEntry => ({
  id: 'entry-1',
  userId: 'minsu',
  type: 'DEDUCT',
  cause: 'ORDER',
  amount: 5_000,
  balanceAfter: 0,
  orderId: 'order-1',
  paymentId: 'points-1',
  refundId: null,
  createdAt: NOW,
  ...more,
})
const back = (amount: number, more: Partial<WalletEntry> = {}): WalletEntry =>
  anEntry({ id: 'entry-2', type: 'ADD', cause: 'ORDER_REFUND', amount, ...more })
const taken = points({ status: 'CAPTURED', counted: true, capturedAt: NOW })
const refund = (more: Partial<RefundState> = {}): RefundState =>
  aRefund({ paymentId: 'points-1', amount: 5_000, status: 'DONE', doneAt: NOW, ...more })

function told(
  payments: readonly PaymentState[],
  entries: readonly WalletEntry[],
  { refunds = [] as readonly RefundState[], now = LATER } = {},
): string[] {
  const view = { order: anOrder(), payments, refunds }
  return ledgerDifferences(view, entries, now).map(({ kind, subject, expected, actual }) =>
    [kind, subject, expected, actual].join(' '),
  )
}

describe('points that were taken', () => {
  it('agree when the ledger has them, and in money nobody looks for them', () => {
    expect(told([taken, captured()], [anEntry()])).toEqual([])
  })

  it.each([
    ['without an entry', [], 'LEDGER_DEBIT points-1 5000 0'],
    ['with another sum', [anEntry({ amount: 4_999 })], 'LEDGER_DEBIT points-1 5000 4999'],
    ['called off', [anEntry({ type: 'VOID', amount: 0 })], 'LEDGER_DEBIT points-1 5000 0'],
    ['for another', [anEntry({ paymentId: 'points-2' })], 'LEDGER_DEBIT points-1 5000 0'],
  ])('%s', (_, entries, difference) => {
    expect(told([taken], entries)).toEqual([difference])
  })

  it.each(['FAILED', 'ENDED'] as const)('of a payment that is %s', (status) => {
    const over = points({ status })
    expect(told([over], [anEntry()])).toEqual(['LEDGER_DEBIT points-1 0 5000'])
    expect(told([over], [anEntry(), back(5_000)])).toEqual([])
    expect(told([over], [anEntry({ type: 'VOID', amount: 0 })])).toEqual([])
  })

  it('are not missed while they are being taken, or were a moment ago', () => {
    expect(told([points()], [anEntry()])).toEqual([])
    expect(told([taken], [], { now: LATER - 1 })).toEqual([])
    expect(told([points({ status: 'ENDED' })], [anEntry()], { now: LATER - 1 })).toEqual([])
  })
})

describe('points that went back', () => {
  it.each<[string, RefundState[], WalletEntry[]]>([
    ['as the refund says', [refund()], [back(5_000)]],
    ['while nobody has told yet', [refund({ status: 'REQUESTED' })], [back(5_000)]],
    ['not at all: staff paid by hand', [refund({ proof: proofOf('CASH') })], []],
    ['not at all: it was dropped', [refund({ status: 'DROPPED' })], []],
  ])('agree: %s', (_, refunds, entries) => {
    expect(told([taken], [anEntry(), ...entries], { refunds })).toEqual([])
  })

  it.each<[string, RefundState[], WalletEntry[], string]>([
    ['that the ledger does not have', [refund()], [], 'LEDGER_CREDIT points-1 5000 0'],
    ['fewer of them', [refund()], [back(4_000)], 'LEDGER_CREDIT points-1 5000 4000'],
    ['that nobody asked for', [], [back(1_000)], 'LEDGER_CREDIT points-1 0 1000'],
    ['more of them', [refund({ amount: 1 })], [back(2)], 'LEDGER_CREDIT points-1 1 2'],
  ])('differ: %s', (_, refunds, entries, difference) => {
    expect(told([taken], [anEntry(), ...entries], { refunds })).toEqual([difference])
  })

  it('may have gone a moment ago', () => {
    const now = LATER + 1
    const [fresh, justNow] = [back(1_000, { createdAt: NOW + 2 }), refund({ doneAt: NOW + 2 })]
    expect(told([taken], [anEntry(), fresh], { now })).toEqual([])
    expect(told([taken], [anEntry()], { now, refunds: [justNow] })).toEqual([])
  })
})

function proofOf(method: 'CASH') {
  return { method, note: '영수증 12', by: 'owner', at: NOW }
}

describe('a wallet', () => {
  const sums = {
    userId: 'minsu',
    balance: 700,
    ledger: 700,
    charged: 1_000,
    chargedPoints: 1_000,
    deskRefunded: 0,
    deskPayouts: 0,
    paidOut: 300,
    paidOutPoints: 300,
  }

  it('agrees with its ledger, with what was bought and with what was turned back', () => {
    expect(walletDifferences(sums)).toEqual([])
  })

  it.each([
    ['before its points came', { deskRefunded: 400, chargedPoints: 600 }],
    ['and points were taken for it', { deskRefunded: 400, deskPayouts: 400 }],
    ['before and after', { deskRefunded: 400, chargedPoints: 900, deskPayouts: 300 }],
    ['as people say, and nobody told yet', { deskPayouts: 400 }],
  ])('agrees where the desk paid back %s', (_, more) => {
    expect(walletDifferences({ ...sums, ...more })).toEqual([])
  })

  it.each([
    [{ balance: 701 }, 'WALLET_BALANCE', 700, 701],
    [{ chargedPoints: 0 }, 'WALLET_CHARGES', 1_000, 0],
    [{ deskRefunded: 400 }, 'WALLET_CHARGES', 600, 1_000],
    [{ deskRefunded: 400, chargedPoints: 500 }, 'WALLET_CHARGES', 600, 500],
    [{ paidOutPoints: 299 }, 'WALLET_PAYOUTS', 300, 299],
  ])('differs: %j', (more, kind, expected, actual) => {
    expect(walletDifferences({ ...sums, ...more })).toEqual([
      { kind, subject: 'minsu', expected, actual, detail: null },
    ])
  })
})
