import { describe, expect, it } from 'vitest'
import type { OrderState } from '../../../src/domain/order/order.ts'
import { ORDER_PAYMENT_STATUSES } from '../../../src/domain/order/order.ts'
import type { PaymentState, RefundState } from '../../../src/domain/payment/payment.ts'
import { PAYMENT_STATUSES } from '../../../src/domain/payment/payment.ts'
import { withMoney } from '../../../src/domain/payment/refunding.ts'
import type { OrderView } from '../../../src/domain/queries.ts'
import {
  moneyDifferences,
  REFUND_DUE_LONG_MS,
  REFUND_PENDING_MOST_MS,
  REFUND_STUCK_AFTER_MS,
  STUCK_AFTER_MS,
} from '../../../src/domain/reconciliation/money.ts'
import { grid } from '../../support/grid.ts'
import { anOrder, aPayment, aRefund, captured, NOW, paid, points } from '../../support/orders.ts'

const view = (
  order: OrderState,
  payments: readonly PaymentState[] = [],
  refunds: readonly RefundState[] = [],
): OrderView => ({ order, payments, refunds })

/** `KIND subject expected actual` of each. */
const told = (wrong: OrderView, now = NOW): string[] =>
  moneyDifferences(wrong, now).map(({ kind, subject, expected, actual }) =>
    [kind, subject, expected, actual].join(' '),
  )

/** The order as its payments and refunds make it. */
const settled = (
  order: OrderState,
  payments: readonly PaymentState[],
  refunds: readonly RefundState[] = [],
): OrderView => view(withMoney(order, payments, refunds), payments, refunds)

const ENDED = anOrder({ status: 'REJECTED', endedAt: NOW })
const PAID = settled(anOrder(), [captured()])
const PART = captured({ amount: 5_000 })

describe('money that is as it must be', () => {
  const done = aRefund({ status: 'DONE', doneAt: NOW })
  const partly = captured({ refundedAmount: 8_000 })
  const partDone = { ...done, amount: 8_000 }
  const twice = captured({ id: 'payment-2', counted: false, capturedAt: NOW + 1 })

  it.each<[string, OrderView]>([
    ['of an order that waits for it', view(anOrder())],
    ['of one whose payment is open', view(anOrder({ paymentStatus: 'PENDING' }), [aPayment()])],
    ['of a free order', view(anOrder({ lines: [], paymentStatus: 'PAID' }))],
    ['of one that is paid', PAID],
    ['of one paid in part', settled(anOrder(), [PART])],
    ['of one that is paid back in part', settled(paid(), [partly], [partDone])],
    ['of one that is being paid back', settled(paid(), [captured()], [aRefund()])],
    ['of one whose refund is due', settled(paid(), [captured()], [aRefund({ status: 'DUE' })])],
    [
      'of one that ended and was paid back',
      settled(ENDED, [captured({ refundedAmount: 18_000 })], [done]),
    ],
    [
      'of one that ended in parts and has it due',
      settled(ENDED, [PART], [aRefund({ amount: 5_000, status: 'DUE' })]),
    ],
    [
      'that came twice and goes back',
      settled(anOrder(), [captured(), twice], [aRefund({ paymentId: 'payment-2' })]),
    ],
    [
      'that went back at another desk than was promised',
      settled(
        ENDED,
        [captured({ refundedAmount: 18_000 })],
        [done, aRefund({ id: 'refund-2', status: 'DROPPED' })],
      ),
    ],
  ])('%s', (_, right) => {
    expect(moneyDifferences(right, NOW)).toEqual([])
  })

  it('of an order that ended, after its due part was tried again', () => {
    const due = settled(ENDED, [PART], [aRefund({ amount: 5_000, status: 'DUE' })])
    const again = [aRefund({ amount: 5_000, status: 'REQUESTED' })]
    expect(told(settled(due.order, [PART], again))).toEqual([])
  })
})

describe('a sum of the order', () => {
  it.each([
    ['totalAmount', 'TOTAL_AMOUNT order-1 18000 18001'],
    ['capturedAmount', 'CAPTURED_AMOUNT order-1 18000 18001'],
    ['refundDueAmount', 'REFUND_DUE_AMOUNT order-1 0 1'],
    ['refundedAmount', 'REFUNDED_AMOUNT order-1 0 1'],
  ] as const)('%s that is not what it is made of', (field, difference) => {
    const wrong = { ...PAID.order, [field]: PAID.order[field] + 1 }
    expect(told({ ...PAID, order: wrong })).toContain(difference)
  })

  it('leaves out money that does not count', () => {
    const counts = { ...PAID, payments: [captured({ counted: false })] }
    expect(told(counts)).toContain('CAPTURED_AMOUNT order-1 0 18000')
  })
})

describe('the payment status of an order', () => {
  // What came in, went back and is due of 18,000; `live`: a payment is open; `over`: it has ended.
  const FITTING = grid(`
    case                 UNPAID  PENDING  PAID  PARTIALLY_REFUNDED  REFUNDED  REFUND_DUE
    0/0/0                yes     -        -     -                   -         -
    0/0/0/live           yes     yes      -     -                   -         -
    5000/0/0             yes     -        -     -                   -         -
    5000/2000/0          yes     -        -     -                   -         -
    5000/0/5000          yes     -        -     -                   -         -
    18000/0/0            -       -        yes   -                   -         -
    18000/0/0/live       -       -        yes   -                   -         -
    18000/1/0            -       -        -     yes                 -         -
    18000/18000/0        -       -        -     -                   yes       -
    18000/9000/9000      -       -        -     -                   -         yes
    0/0/0/over           yes     -        -     -                   -         -
    5000/0/0/over        yes     -        yes   -                   -         -
    5000/2000/0/over     -       -        -     yes                 -         -
    5000/5000/0/over     -       -        -     -                   yes       -
    5000/0/5000/over     -       -        -     -                   -         yes
    18000/0/0/over       -       -        yes   -                   -         -
  `)
  const CASES = [
    '0/0/0',
    '0/0/0/live',
    '5000/0/0',
    '5000/2000/0',
    '5000/0/5000',
    '18000/0/0',
    '18000/0/0/live',
    '18000/1/0',
    '18000/18000/0',
    '18000/9000/9000',
    '0/0/0/over',
    '5000/0/0/over',
    '5000/2000/0/over',
    '5000/5000/0/over',
    '5000/0/5000/over',
    '18000/0/0/over',
  ]

  it.each(CASES)('with %s', (name) => {
    const [capturedAmount, refundedAmount, refundDueAmount] = name.split('/').map(Number)
    const endedAt = name.endsWith('over') ? NOW : null
    const payments = name.endsWith('live') ? [aPayment()] : []
    for (const paymentStatus of ORDER_PAYMENT_STATUSES) {
      const sums = { capturedAmount, refundedAmount, refundDueAmount } as OrderState
      const order = anOrder({ ...sums, paymentStatus, endedAt })
      const wrong = moneyDifferences(view(order, payments), NOW).some(
        ({ kind }) => kind === 'PAYMENT_STATUS',
      )
      expect(wrong, paymentStatus).toBe(FITTING(name, paymentStatus) !== 'yes')
    }
  })

  it('of a free order is PAID, whatever becomes of it', () => {
    for (const endedAt of [null, NOW]) {
      expect(told(view(anOrder({ lines: [], paymentStatus: 'PAID', endedAt })))).toEqual([])
      expect(told(view(anOrder({ lines: [], paymentStatus: 'UNPAID', endedAt })))).toHaveLength(1)
    }
  })

  it('says in words which would fit', () => {
    const [difference] = moneyDifferences(view(anOrder({ paymentStatus: 'PAID' })), NOW)
    expect(difference).toEqual({
      kind: 'PAYMENT_STATUS',
      subject: 'order-1',
      expected: 18_000,
      actual: 0,
      detail: 'PAID instead of UNPAID',
    })
  })
})

describe('money that is neither paid back nor promised', () => {
  it('of an order that ended is named, and how much', () => {
    expect(told(settled(ENDED, [captured()]))).toEqual(['KEPT_FOR_NOTHING payment-1 0 18000'])
    const some = aRefund({ amount: 10_000 })
    expect(told(settled(ENDED, [captured()], [some]))).toEqual([
      'KEPT_FOR_NOTHING payment-1 0 8000',
    ])
  })

  it('of a payment that does not count is named, also while its order stands', () => {
    const twice = captured({ id: 'payment-2', counted: false })
    expect(told(settled(anOrder(), [captured(), twice]))).toEqual([
      'KEPT_FOR_NOTHING payment-2 0 18000',
    ])
  })

  it('beyond what the order costs is named', () => {
    const dear = captured({ amount: 20_000 })
    expect(told(settled(anOrder(), [dear]))).toEqual(['KEPT_TOO_MUCH order-1 18000 20000'])
  })

  it('is not named while the rest of the order is waited for', () => {
    expect(told(settled(anOrder(), [PART]))).toEqual([])
  })
})

describe('a payment and its refunds', () => {
  const done = aRefund({ status: 'DONE', amount: 8_000 })

  it('that went back without the payment knowing', () => {
    expect(told(settled(paid(), [captured()], [done]))).toEqual([
      'REFUND_NOT_BOOKED payment-1 8000 0',
    ])
  })

  it('of which more went back than refunds say', () => {
    const more = captured({ refundedAmount: 9_000 })
    expect(told(settled(paid(), [more], [done]))).toEqual(['REFUND_NOT_NAMED payment-1 8000 9000'])
  })

  it('of which more is promised than came', () => {
    const promised = aRefund({ id: 'refund-2', amount: 10_001 })
    const some = captured({ refundedAmount: 8_000 })
    expect(told(settled(paid(), [some], [done, promised]))).toEqual([
      'PAID_BACK_TOO_MUCH payment-1 18000 18001',
    ])
  })

  it('that two desks paid back', () => {
    const whole = captured({ refundedAmount: 18_000 })
    const both = ['1', '2'].map((n) => aRefund({ id: `refund-${n}`, status: 'DONE' }))
    expect(told(settled(paid(), [whole], both))).toEqual([
      'PAID_BACK_TOO_MUCH payment-1 18000 36000',
    ])
  })

  it.each(PAYMENT_STATUSES.filter((status) => status !== 'CAPTURED'))(
    'that brought nothing: %s',
    (status) => {
      const promise = view(anOrder(), [aPayment({ status })], [aRefund()])
      expect(told(promise)).toContain('PAID_BACK_TOO_MUCH payment-1 0 18000')
    },
  )

  it('that there is not', () => {
    expect(told(view(anOrder(), [], [aRefund()]))).toContain('PAID_BACK_TOO_MUCH payment-1 0 18000')
  })
})

describe('what has waited for too long', () => {
  const open = anOrder({ paymentStatus: 'PENDING' })

  it.each(['OPENING', 'READY', 'AWAITING'] as const)('a payment %s after its time', (status) => {
    const payment = aPayment({ status })
    const over = payment.expiresAt + STUCK_AFTER_MS
    expect(told(view(open, [payment]), over)).toEqual([])
    expect(told(view(open, [payment]), over + 1)).toEqual(['PAYMENT_STUCK payment-1 0 18000'])
  })

  it.each([aPayment({ status: 'CAPTURING' }), points()])('a claim on money', (payment) => {
    const claimed = { ...payment, leaseUntil: NOW + 30_000 }
    const over = NOW + 30_000 + STUCK_AFTER_MS
    expect(told(view(open, [claimed]), over)).toEqual([])
    expect(told(view(open, [claimed]), over + 1)).toEqual([
      `CAPTURE_STUCK ${payment.id} 0 ${payment.amount}`,
    ])
  })

  it.each(['CAPTURED', 'FAILED', 'ENDED'] as const)('never a payment that is %s', (status) => {
    const kinds = moneyDifferences(view(open, [aPayment({ status })]), NOW + 1e12)
    expect(kinds.filter(({ kind }) => kind.endsWith('STUCK'))).toEqual([])
  })

  it.each<[string, Partial<RefundState>, number, string]>([
    ['one that people owe', { status: 'DUE' }, REFUND_DUE_LONG_MS, 'REFUND_DUE_LONG'],
    ['one nobody took in', {}, REFUND_STUCK_AFTER_MS, 'REFUND_STUCK'],
    ['one under way', { providerRef: 're_1' }, REFUND_PENDING_MOST_MS, 'REFUND_STUCK'],
  ])('a refund: %s', (_, more, after, kind) => {
    const waiting = settled(paid(), [captured()], [aRefund(more)])
    expect(told(waiting, NOW + after)).toEqual([])
    expect(told(waiting, NOW + after + 1)).toEqual([`${kind} refund-1 0 18000`])
  })
})

it('a payment that is contested is named until it is not', () => {
  expect(told(settled(anOrder(), [captured({ disputed: true })]))).toEqual([
    'DISPUTED payment-1 0 18000',
  ])
})

describe('states from before it was kept which money counts', () => {
  const old = (payment: PaymentState): PaymentState => {
    const { counted: _, disputed: __, account: ___, payerName: ____, ...then } = payment
    return then as PaymentState
  }
  const oldRefund = ({ proof: _, lines: __, providerRef: ___, ...then }: RefundState) =>
    then as RefundState

  it('are not found wrong for it', () => {
    const done = oldRefund(aRefund({ paymentId: 'payment-2', status: 'DONE' }))
    const late = old(captured({ id: 'payment-2', refundedAmount: 18_000, capturedAt: NOW + 1 }))
    expect(told(view(paid(), [old(captured()), late], [done]))).toEqual([])
  })

  it('are still held to what they say', () => {
    expect(told(view({ ...ENDED, ...paid(ENDED) }, [old(captured())]))).toEqual([
      'KEPT_FOR_NOTHING payment-1 0 18000',
    ])
  })
})
