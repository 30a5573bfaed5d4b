import { describe, expect, it } from 'vitest'
import type { Asker } from '../../../src/domain/actor.ts'
import { ORDER_STATUSES, type OrderState } from '../../../src/domain/order/order.ts'
import { asSeenAtTable, owed, spent } from '../../../src/domain/restaurant/bill.ts'
import { planReset } from '../../../src/domain/restaurant/reset.ts'

const order = (more: Partial<OrderState> = {}): OrderState => ({
  id: 'order',
  number: 'A001',
  businessDay: '2026-11-20',
  status: 'PENDING',
  paymentStatus: 'UNPAID',
  paymentPolicy: 'POSTPAID',
  paymentMethod: 'COUNTER',
  currency: 'KRW',
  totalAmount: 20_000,
  placedAmount: 20_000,
  capturedAmount: 0,
  refundedAmount: 0,
  refundDueAmount: 0,
  tableId: 'table',
  tableName: 'A1',
  visitId: 'visit',
  sessionId: 'minsu',
  userId: null,
  specialRequests: '맵게',
  lines: [],
  placedAt: 1,
  expiresAt: null,
  firstExpiresAt: null,
  holdExtended: false,
  acceptBy: null,
  acceptedAt: null,
  estimatedReadyAt: null,
  readyAt: null,
  completedAt: null,
  endedAt: null,
  endReason: '재료가 없어요',
  message: '곧 나가요',
  acknowledgedAt: null,
  ...more,
})

describe('what an order puts on the bill', () => {
  it.each<[string, Partial<OrderState>, number, number]>([
    ['unpaid', {}, 20_000, 20_000],
    ['paid', { capturedAmount: 20_000 }, 20_000, 0],
    ['cancelled', { endedAt: 5 }, 0, 0],
    ['paid, then cancelled', { capturedAmount: 20_000, endedAt: 5 }, 0, 0],
    ['paid, partly paid back', { capturedAmount: 20_000, refundedAmount: 3_000 }, 17_000, 0],
    ['paid, a line taken out', { capturedAmount: 20_000, totalAmount: 15_000 }, 15_000, 0],
    [
      'paid, a line taken out and paid back',
      { capturedAmount: 20_000, totalAmount: 15_000, refundedAmount: 5_000 },
      15_000,
      0,
    ],
  ])('%s', (_, state, onBill, unpaid) => {
    expect(spent(order(state))).toBe(onBill)
    expect(owed(order(state))).toBe(unpaid)
  })
})

describe('an order seen at a shared table', () => {
  const asker = (role: Asker['role'], sessionId: string): Asker => ({
    role,
    sessionId,
    userId: null,
    visit: null,
  })

  it('is whole to who placed it and to staff', () => {
    for (const who of [asker('GUEST', 'minsu'), asker('STAFF', 's'), asker('OWNER', 's')])
      expect(asSeenAtTable(order(), who)).toEqual(order())
  })

  it('has no words of or to the guest for others, nor a code that they could use', () => {
    const coupons = [{ couponId: 'coupon', claimId: 'claim', code: 'SECRET', discount: 2_000 }]
    expect(asSeenAtTable(order({ coupons }), asker('GUEST', 'jiyoung'))).toEqual(
      order({ specialRequests: null, message: null, endReason: null, coupons: null }),
    )
  })
})

describe('clearing a table', () => {
  const at = (more: Partial<OrderState> = {}, capturing = false) => ({
    order: order(more),
    facts: { capturing },
  })
  const PAID = { id: 'paid', capturedAmount: 20_000 }

  it.each(ORDER_STATUSES)('%s stands in the way only while it is open', (status) => {
    const open = ['PENDING', 'ACCEPTED', 'READY'].includes(status)
    const plan = planReset([at({ status })], null)
    expect(plan.ok).toBe(!open)
    for (const force of ['void', 'refund'] as const)
      expect(planReset([at({ status })], force)).toEqual({ ok: true, value: open ? ['order'] : [] })
  })

  it('by voiding names the orders that hold money', () => {
    expect(planReset([at(), at(PAID)], 'void')).toEqual({
      ok: false,
      refusal: { kind: 'TABLE_HAS_OPEN_ORDERS', orderIds: ['paid'] },
    })
  })

  it('by voiding takes what was paid back already', () => {
    expect(planReset([at({ ...PAID, refundedAmount: 20_000 })], 'void').ok).toBe(true)
  })

  it('by refunding takes all', () => {
    expect(planReset([at(), at(PAID)], 'refund')).toEqual({ ok: true, value: ['order', 'paid'] })
  })

  it.each(['void', 'refund'] as const)('by %s waits for a capture under way', (force) => {
    expect(planReset([at(), at({}, true)], force)).toMatchObject({ refusal: { kind: 'CAPTURING' } })
    expect(planReset([at(), at({ status: 'COMPLETED' }, true)], force).ok).toBe(true)
  })
})
