import { describe, expect, it } from 'vitest'
import { PAYMENT_STATUSES, type PaymentStatus } from '../../../src/domain/payment/payment.ts'
import {
  chargeAfter,
  claimCharge,
  newCharge,
  type ChargeState,
} from '../../../src/domain/wallet/charge.ts'

const NOW = 1_000_000
const MINUTE = 60_000
const byCard = newCharge(
  { userId: 'u', method: 'CARD', amount: 5_000, askedBy: 'u', restaurantId: null },
  { id: 'c', now: NOW },
)
const wish = { providerKey: 'key', amount: 5_000 }
const supply = { attemptId: 'a', now: NOW }

const inStatus = (status: PaymentStatus): ChargeState => ({
  ...byCard,
  payment: { ...byCard.payment, status, providerKey: 'key', leaseUntil: null },
})

describe('a new charge', () => {
  it('by card waits for its provider, and is looked after', () => {
    expect(byCard.payment).toMatchObject({ status: 'OPENING', provider: 'toss', capturedAt: null })
    expect(byCard.lookAt).toBe(byCard.payment.leaseUntil)
  })

  it.each(['CASH', 'INSTANT'] as const)('%s has its money, and needs no look', (method) => {
    const charge = newCharge({ ...byCard, method }, { id: 'c', now: NOW })
    expect(charge.payment).toMatchObject({ status: 'CAPTURED', capturedAt: NOW })
    expect(charge.lookAt).toBeNull()
  })
})

describe('claiming a charge', () => {
  const EXPECTED = {
    OPENING: 'PAYMENT_NOT_OPEN',
    READY: 'claimed',
    CAPTURING: 'CAPTURING',
    AWAITING: 'PAYMENT_NOT_OPEN',
    CAPTURED: 'already',
    FAILED: 'PAYMENT_NOT_OPEN',
    ENDED: 'PAYMENT_NOT_OPEN',
  } as const satisfies Record<PaymentStatus, string>

  it.each(PAYMENT_STATUSES)('in %s', (status) => {
    const decided = claimCharge(inStatus(status), wish, supply)
    const verdict = !decided.ok
      ? decided.refusal.kind
      : decided.value === 'already'
        ? 'already'
        : 'claimed'
    expect(verdict).toBe(EXPECTED[status])
  })

  it('names itself, and is looked at when its lease is over', () => {
    const decided = claimCharge(inStatus('READY'), wish, supply)
    if (!decided.ok || decided.value === 'already') throw new Error('not claimed')
    const { claimed } = decided.value
    expect(claimed.payment).toMatchObject({ status: 'CAPTURING', attemptId: 'a' })
    expect(claimed.lookAt).toBe(claimed.payment.leaseUntil)
  })

  it.each([
    ['another key', { ...wish, providerKey: 'other' }, 'NOT_FOUND'],
    ['another amount', { ...wish, amount: 1 }, 'AMOUNT_MISMATCH'],
  ])('with %s is refused', (_, other, kind) => {
    const decided = claimCharge(inStatus('READY'), other, supply)
    expect(decided).toMatchObject({ ok: false, refusal: { kind } })
  })
})

describe('a charge after a step', () => {
  it('that changes nothing is looked at again later', () => {
    for (const step of ['nothing', 'ask-again'] as const)
      expect(chargeAfter(inStatus('READY'), step, NOW).lookAt).toBe(NOW + 5 * MINUTE)
  })

  it('that ends it is not looked at any more', () => {
    for (const event of ['captured', 'over'] as const)
      expect(chargeAfter(inStatus('READY'), { event, changes: {} }, NOW).lookAt).toBeNull()
  })

  it('to a "no" of the provider is asked about once more, and then no more', () => {
    const refused = { event: 'refused', changes: {} } as const
    const failed = chargeAfter(inStatus('CAPTURING'), refused, NOW)
    expect([failed.payment.status, failed.lookAt]).toEqual(['FAILED', NOW + 5_000])
    expect(chargeAfter(failed, refused, NOW).lookAt).toBeNull()
  })

  it.each(['FAILED', 'ENDED'] as const)('is %s, and in doubt for a day', (status) => {
    const doubted = (now: number) => chargeAfter(inStatus(status), 'ask-again', now).lookAt
    expect(doubted(NOW)).toBe(NOW + 5 * MINUTE)
    expect(doubted(NOW + 24 * 60 * MINUTE)).toBeNull()
    expect(chargeAfter(inStatus(status), 'nothing', NOW).lookAt).toBeNull()
  })

  it('keeps its money, whatever comes later', () => {
    const captured = inStatus('CAPTURED')
    for (const event of ['refused', 'over', 'claimed'] as const)
      expect(chargeAfter(captured, { event, changes: {} }, NOW).payment).toEqual(captured.payment)
  })
})
