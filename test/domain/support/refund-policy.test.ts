import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CURRENCIES } from '../../../src/domain/money.ts'
import {
  FREQUENT_REQUESTS,
  ruleOnRefund,
  type AskedRefund,
} from '../../../src/domain/support/refund-policy.ts'
import { isSecondPerson } from '../../../src/domain/support/refund-request.ts'
import { NOW } from '../../support/orders.ts'

const DAY = 24 * 60 * 60 * 1_000
const LIMITS = { refundWithoutApprovalUpTo: 30_000, refundMaxAgeDays: 90 }

const asked = (more: Partial<AskedRefund> = {}): AskedRefund => ({
  sum: 5_000,
  currency: 'KRW',
  placedAt: NOW - DAY,
  own: false,
  customerErased: false,
  earlier: { ofOrder: 0, ofCustomer: 0 },
  ...more,
})

describe('how a request for a refund begins', () => {
  it.each([
    ['a small sum', {}, 'APPROVED', 'WITHIN_LIMIT'],
    ['exactly the limit', { sum: 30_000 }, 'APPROVED', 'WITHIN_LIMIT'],
    ['more than the limit', { sum: 30_001 }, 'REQUESTED', 'ABOVE_LIMIT'],
    ['the last moment', { placedAt: NOW - 90 * DAY }, 'APPROVED', 'WITHIN_LIMIT'],
    ['an order that is too old', { placedAt: NOW - 90 * DAY - 1 }, 'REFUSED', 'ORDER_TOO_OLD'],
    ['the order of an erased person', { customerErased: true }, 'REFUSED', 'CUSTOMER_ERASED'],
    ['an order of the own', { own: true }, 'REQUESTED', 'OWN_ORDER'],
    ['dollars', { currency: 'USD', sum: 1 }, 'REQUESTED', 'OTHER_CURRENCY'],
    [
      'a second piece of the same order',
      { earlier: { ofOrder: 1, ofCustomer: 1 } },
      'REQUESTED',
      'REPEATED_FOR_ORDER',
    ],
    [
      'another order of the same customer',
      { earlier: { ofOrder: 0, ofCustomer: FREQUENT_REQUESTS - 1 } },
      'APPROVED',
      'WITHIN_LIMIT',
    ],
    [
      'one order after the other',
      { earlier: { ofOrder: 0, ofCustomer: FREQUENT_REQUESTS } },
      'REQUESTED',
      'FREQUENT_FOR_CUSTOMER',
    ],
  ] as const)('%s', (_, more, state, policy) => {
    expect(ruleOnRefund(asked(more), LIMITS, NOW)).toEqual({ state, policy })
  })

  it('never approves at once more than the limit, or a second time for one order', () => {
    const anything = fc.record({
      sum: fc.integer({ min: 1, max: 100_000 }),
      currency: fc.constantFrom(...CURRENCIES),
      placedAt: fc.integer({ min: NOW - 120 * DAY, max: NOW }),
      own: fc.boolean(),
      customerErased: fc.boolean(),
      earlier: fc.record({ ofOrder: fc.nat(2), ofCustomer: fc.nat(5) }),
    })
    fc.assert(
      fc.property(anything, fc.nat(60_000), (one, refundWithoutApprovalUpTo) => {
        const { state } = ruleOnRefund(one, { ...LIMITS, refundWithoutApprovalUpTo }, NOW)
        if (state !== 'APPROVED') return
        expect(one.sum).toBeLessThanOrEqual(refundWithoutApprovalUpTo)
        expect(one).toMatchObject({ currency: 'KRW', own: false, customerErased: false })
        expect(one.earlier.ofOrder).toBe(0)
      }),
    )
  })
})

describe('who may decide a request', () => {
  it.each([
    ['a colleague', 'colleague', true],
    ['who asked', 'asker', false],
    ['whose order it is', 'customer', false],
  ])('%s: %s, %s', (_, userId, may) => {
    expect(isSecondPerson({ requestedBy: 'asker', userId: 'customer' }, userId)).toBe(may)
  })

  it("anybody else where it is a guest's order", () => {
    expect(isSecondPerson({ requestedBy: 'asker', userId: null }, 'colleague')).toBe(true)
  })
})
