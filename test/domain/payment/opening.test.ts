import { describe, expect, it } from 'vitest'
import { ORDER_STATUSES, type OrderState } from '../../../src/domain/order/order.ts'
import { decideOpening, OPENING_LEASE_MS } from '../../../src/domain/payment/opening.ts'
import { PAYMENT_STATUSES, type PaymentState } from '../../../src/domain/payment/payment.ts'
import type { PaymentMethod, RestaurantState } from '../../../src/domain/restaurant/settings.ts'
import {
  anOrder,
  aPayment,
  aRestaurant,
  MINUTE,
  NOW,
  paid,
  points,
  SECOND,
} from '../../support/orders.ts'

interface Situation {
  restaurant?: Partial<RestaurantState>
  order?: OrderState
  payments?: readonly PaymentState[]
  wish?: { amount?: number; method?: PaymentMethod; payerName?: string }
}
const HELD = anOrder({ expiresAt: NOW + 15 * MINUTE, firstExpiresAt: NOW + 15 * MINUTE })

const open = ({ restaurant, order = HELD, payments = [], wish }: Situation = {}) =>
  decideOpening(
    aRestaurant({ paymentWindowSeconds: 40 * 60, ...restaurant }),
    order,
    payments,
    { amount: 18_000, method: 'CARD', ...wish },
    { id: 'payment-new', now: NOW },
  )
/** What was decided, in a word: create, use, retry, or the refusal. */
function decision(situation: Situation): string {
  const result = open(situation)
  return result.ok
    ? (Object.keys(result.value).find((key) => key !== 'order') ?? '')
    : result.refusal.kind
}
function created(situation: Situation = {}) {
  const result = open(situation)
  if (!result.ok || !('create' in result.value)) throw new Error(JSON.stringify(result))
  return result.value
}

describe('opening a payment', () => {
  it('writes the intent before anybody is asked, with a lease on the asking', () => {
    expect(created().create).toEqual({
      id: 'payment-new',
      orderId: 'order-1',
      provider: 'toss',
      method: 'CARD',
      amount: 18_000,
      currency: 'KRW',
      status: 'OPENING',
      providerKey: null,
      checkoutUrl: null,
      attemptId: null,
      leaseUntil: NOW + OPENING_LEASE_MS,
      openedAt: NOW,
      expiresAt: NOW + 40 * MINUTE,
      capturedAt: null,
      refundedAmount: 0,
      counted: false,
      payerName: null,
      account: null,
      disputed: false,
      failure: null,
    })
  })

  const PAYABLE = { PREPAID: ['PENDING'], POSTPAID: ['PENDING', 'ACCEPTED', 'READY', 'COMPLETED'] }

  it.each(
    ORDER_STATUSES.flatMap(
      (status) =>
        [
          ['PREPAID', status],
          ['POSTPAID', status],
        ] as const,
    ),
  )('of a %s order that is %s', (paymentPolicy, status) => {
    const order = anOrder({ paymentPolicy, status })
    const wanted = PAYABLE[paymentPolicy].includes(status) ? 'create' : 'ORDER_STATE'
    expect(decision({ order })).toBe(wanted)
    expect(decision({ order: paid(order) })).toBe('ORDER_STATE')
  })

  it('refuses to take money for an order that costs nothing', () => {
    const free = anOrder({ paymentStatus: 'PAID', totalAmount: 0 })
    expect(decision({ order: free, wish: { amount: 0 } })).toBe('ORDER_STATE')
  })

  it('refuses another amount than the order’s, naming both', () => {
    for (const amount of [0, 17_999, 18_001, -18_000])
      expect(open({ wish: { amount } })).toEqual({
        ok: false,
        refusal: { kind: 'AMOUNT_MISMATCH', expected: 18_000, given: amount },
      })
  })

  it('refuses another method than the order’s, naming it', () => {
    expect(open({ wish: { method: 'COUNTER' } })).toEqual({
      ok: false,
      refusal: { kind: 'PAYMENT_METHOD_NOT_ACCEPTED', accepted: ['CARD'] },
    })
  })

  it('has nothing to open for an order that is paid at the counter', () => {
    const order = anOrder({ paymentPolicy: 'POSTPAID', paymentMethod: 'COUNTER' })
    expect(decision({ order, wish: { method: 'COUNTER' } })).toBe('ORDER_STATE')
    expect(decision({ order })).toBe('PAYMENT_METHOD_NOT_ACCEPTED')
  })
})

describe('opening a payment beside another', () => {
  const WITH = {
    OPENING: 'IDEMPOTENCY_IN_PROGRESS',
    READY: 'use',
    CAPTURING: 'CAPTURING',
    AWAITING: 'use',
    CAPTURED: 'create',
    FAILED: 'create',
    ENDED: 'create',
  } as const

  it.each(PAYMENT_STATUSES)('that is %s', (status) => {
    const before = aPayment({ status, leaseUntil: NOW + SECOND })
    expect(decision({ payments: [before] })).toBe(WITH[status])
    expect(decision({ payments: [aPayment({ status: 'FAILED' }), before] })).toBe(WITH[status])
  })

  it('uses the one that waits for the guest as it is', () => {
    const ready = aPayment()
    expect(open({ payments: [ready] })).toEqual({ ok: true, value: { use: ready } })
  })

  it('waits for who is asking the provider, and says how long', () => {
    for (const [left, retryAfterSeconds] of [
      [1, 1],
      [1_000, 1],
      [1_001, 2],
      [15_000, 15],
    ] as const)
      expect(open({ payments: [aPayment({ status: 'OPENING', leaseUntil: NOW + left })] })).toEqual(
        {
          ok: false,
          refusal: { kind: 'IDEMPOTENCY_IN_PROGRESS', retryAfterSeconds },
        },
      )
  })

  it('asks again under the same id when nobody brought the answer home', () => {
    for (const leaseUntil of [NOW, NOW - 1, null]) {
      const lost = aPayment({ status: 'OPENING', leaseUntil })
      expect(open({ payments: [lost] })).toEqual({
        ok: true,
        value: { retry: { ...lost, leaseUntil: NOW + OPENING_LEASE_MS } },
      })
    }
  })

  it('asks to wait while its money is being asked for, before anything else is looked at', () => {
    const payments = [aPayment({ status: 'CAPTURING' })]
    expect(open({ payments, wish: { amount: 1 } })).toEqual({
      ok: false,
      refusal: { kind: 'CAPTURING', retryAfterSeconds: 3 },
    })
  })

  it('does not let a wrong amount have the one that waits', () => {
    expect(decision({ payments: [aPayment()], wish: { amount: 1 } })).toBe('AMOUNT_MISMATCH')
  })
})

describe('the hold of an order whose payment is opened', () => {
  it('is extended to the provider’s window, and the payment ends with it', () => {
    const { order, create } = created()
    expect(order).toEqual({ ...HELD, holdExtended: true, expiresAt: NOW + 40 * MINUTE })
    expect(create.expiresAt).toBe(NOW + 40 * MINUTE)
  })

  it('is extended once: the next payment gets what is left', () => {
    const extended = anOrder({ expiresAt: NOW + MINUTE, holdExtended: true })
    const { order, create } = created({ order: extended })
    expect(order).toBe(extended)
    expect(create.expiresAt).toBe(NOW + MINUTE)
  })

  it('is never shortened', () => {
    const { order } = created({ restaurant: { paymentWindowSeconds: 60 } })
    expect(order).toMatchObject({ expiresAt: HELD.expiresAt, holdExtended: true })
  })

  it('does not begin where payment comes after', () => {
    const postpaid = anOrder({ paymentPolicy: 'POSTPAID' })
    const { order, create } = created({ order: postpaid })
    expect(order).toBe(postpaid)
    expect(create.expiresAt).toBe(NOW + 40 * MINUTE)
  })
})

describe('opening a payment beside points', () => {
  it('asks for the rest of it, while they are being taken and when they are in', () => {
    for (const status of ['CAPTURING', 'CAPTURED'] as const) {
      const payments = [points({ status, counted: status === 'CAPTURED' })]
      expect(created({ payments, wish: { amount: 13_000 } }).create.amount).toBe(13_000)
      expect(decision({ payments })).toBe('AMOUNT_MISMATCH')
    }
  })

  it('asks to wait while they are taken for all of it', () => {
    const payments = [points({ amount: 18_000 })]
    expect(decision({ payments, wish: { amount: 0 } })).toBe('CAPTURING')
  })

  it('asks for all of it when they were refused', () => {
    for (const status of ['FAILED', 'ENDED'] as const)
      expect(created({ payments: [points({ status })] }).create.amount).toBe(18_000)
  })
})

describe('a deposit', () => {
  const ACCOUNT = { bank: '신한은행', accountNo: '110-123-456789', holder: '맛있는 치킨집' }
  const restaurant = { depositAccount: ACCOUNT, depositWindowSeconds: 120 * 60 }
  const order = anOrder({ paymentMethod: 'DEPOSIT', expiresAt: NOW + 100 * MINUTE })
  const opened = (more: Situation['wish'] = {}) =>
    created({ restaurant, order, wish: { method: 'DEPOSIT', ...more } })

  it('waits for its money on the restaurant’s account from the start, nobody asks for it', () => {
    expect(opened().create).toMatchObject({
      provider: 'deposit',
      status: 'AWAITING',
      leaseUntil: null,
      account: { ...ACCOUNT, dueAt: NOW + 120 * MINUTE },
    })
  })

  it('is told apart by the name that the guest gave, else by the order’s number', () => {
    expect(opened({ payerName: '김민수' }).create.payerName).toBe('김민수')
    expect(opened().create.payerName).toBe('A001')
  })

  it('is refused where the restaurant has no account, naming what it takes', () => {
    expect(open({ order, wish: { method: 'DEPOSIT' } })).toEqual({
      ok: false,
      refusal: { kind: 'PAYMENT_METHOD_NOT_ACCEPTED', accepted: ['CARD'] },
    })
  })

  it('has its own window where payment comes after', () => {
    const postpaid = anOrder({ paymentMethod: 'DEPOSIT', paymentPolicy: 'POSTPAID' })
    const { create } = created({ restaurant, order: postpaid, wish: { method: 'DEPOSIT' } })
    expect(create.expiresAt).toBe(NOW + 120 * MINUTE)
  })
})
