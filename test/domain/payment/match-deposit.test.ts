import { describe, expect, it } from 'vitest'
import { matchDeposit, type Expected } from '../../../src/domain/payment/match-deposit.ts'
import { bearsName } from '../../../src/domain/payment/payer-name.ts'
import type { PaymentState } from '../../../src/domain/payment/payment.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const MINUTE = 60_000

const payment = (orderId: string, more: Partial<PaymentState> = {}): PaymentState => ({
  id: `payment-of-${orderId}`,
  orderId,
  provider: 'deposit',
  method: 'DEPOSIT',
  amount: 18_000,
  currency: 'KRW',
  status: 'AWAITING',
  providerKey: null,
  checkoutUrl: null,
  attemptId: null,
  leaseUntil: null,
  openedAt: NOW - 30 * MINUTE,
  expiresAt: NOW + 90 * MINUTE,
  capturedAt: null,
  refundedAmount: 0,
  counted: false,
  payerName: '김민수',
  account: null,
  disputed: false,
  failure: null,
  ...more,
})
const paid = (orderId: string, minutesAgo: number) =>
  payment(orderId, { status: 'CAPTURED', capturedAt: NOW - minutesAgo * MINUTE, counted: true })
const over = (orderId: string, hoursAgo: number) =>
  payment(orderId, { status: 'ENDED', expiresAt: NOW - hoursAgo * 60 * MINUTE })

const match = (expected: Partial<Expected>, payerName = '김민수') =>
  matchDeposit(payerName, { awaiting: [], earlier: [], taken: new Set(), ...expected }, NOW)
const open = (...candidates: string[]) => ({ kind: 'open', candidates })

describe('what a deposit is for', () => {
  const one = payment('one')
  const two = payment('two')
  const other = payment('other', { payerName: '이영희' })

  it('is the one order that waits for this sum from this name', () => {
    expect(match({ awaiting: [other, one] })).toEqual({ kind: 'pays', payment: one })
  })

  it('is not guessed where two wait for it', () => {
    expect(match({ awaiting: [one, two] })).toEqual(open('one', 'two'))
  })

  it('is unknown where nobody waits', () => {
    expect(match({})).toEqual(open())
  })

  it('may be of whoever waits for the sum, where nobody has the name', () => {
    expect(match({ awaiting: [one, other] }, '박철수')).toEqual(open('one', 'other'))
  })

  it('is the transfer that was told of by other means a while ago', () => {
    const told = paid('told', 59)
    expect(match({ earlier: [told] })).toEqual({ kind: 'known', payment: told })
  })

  it.each<[string, Partial<Expected>]>([
    ['too long ago', { earlier: [paid('told', 61)] }],
    [
      'when that one has its deposit',
      { earlier: [paid('told', 5)], taken: new Set(['payment-of-told']) },
    ],
  ])('is not that one %s', (_, expected) => {
    expect(match(expected)).toEqual(open())
  })

  it('is not guessed between that one and an order that waits', () => {
    expect(match({ awaiting: [one], earlier: [paid('told', 5)] })).toEqual(open('one', 'told'))
  })

  it('never pays an order that is over, but names it', () => {
    expect(match({ earlier: [over('late', 23)] })).toEqual(open('late'))
    expect(match({ earlier: [over('forgotten', 25)] })).toEqual(open())
  })

  it('is the order that waits, whatever ended before', () => {
    expect(match({ awaiting: [one], earlier: [over('late', 1)] })).toMatchObject({ kind: 'pays' })
  })

  it('names no more orders than somebody can look through', () => {
    const many = Array.from({ length: 30 }, (_, n) => payment(`order-${n}`))
    expect(match({ awaiting: many })).toEqual(open(...many.slice(0, 10).map((p) => p.orderId)))
  })
})

describe("a bank's line", () => {
  it.each([
    ['김민수', '김민수', true],
    ['김 민 수', '김민수', true],
    ['ＫＩＭ　ＭＩＮＳＵ', 'Kim Minsu', true],
    ['㈜치킨', '(주)치킨', true],
    ['김민수'.normalize('NFD'), '김민수', true],
    // Cut off after seven or more characters.
    ['주식회사맛있는', '주식회사맛있는치킨집', true],
    ['주식회사맛있', '주식회사맛있는치킨집', false],
    ['김민', '김민수', false],
    ['김민수', '김민', false],
    ['이민수', '김민수', false],
    ['', '김민수', false],
    ['', '', false],
    [' ', ' ', false],
  ])('%s is of %s: %s', (told, expected, is) => {
    expect(bearsName(told, expected)).toBe(is)
  })
})
