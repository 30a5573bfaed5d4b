import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderState } from '../../../src/domain/order/order.ts'
import type { RefundOutcome } from '../../../src/domain/payment/outcomes.ts'
import type { PaymentState, RefundState } from '../../../src/domain/payment/payment.ts'
import { PAYMENT_STATUSES, REFUND_STATUSES } from '../../../src/domain/payment/payment.ts'
import {
  afterRefundEvent,
  afterRefundReport,
  MAX_REFUND_ATTEMPTS,
  REFUND_EVENTS,
} from '../../../src/domain/payment/refund-step.ts'
import {
  overPromised,
  refundable,
  spread,
  withMoney,
} from '../../../src/domain/payment/refunding.ts'
import { grid } from '../../support/grid.ts'
import { anOrder, aPayment, aRefund, captured, MINUTE, NOW, SECOND } from '../../support/orders.ts'

const FAILURE = { code: 'NOT_CANCELABLE_PAYMENT', message: '취소 불가' }
const DONE: RefundOutcome = { kind: 'done', providerRef: 're_1' }
const REFUSED: RefundOutcome = { kind: 'refused', failure: FAILURE }
const UNKNOWN: RefundOutcome = { kind: 'unknown', detail: 'time-out' }

const FIRST = captured()
const SECOND_PAYMENT = captured({ id: 'payment-2', capturedAt: NOW + SECOND })
const TWICE = { ...SECOND_PAYMENT, counted: false }

describe('what can be paid back of a payment', () => {
  it('is everything that was captured and nothing before that', () => {
    for (const status of PAYMENT_STATUSES)
      expect(refundable(aPayment({ status }), []), status).toBe(status === 'CAPTURED' ? 18_000 : 0)
  })

  it('is less what was asked for, is due, or is done', () => {
    const partly = captured({ refundedAmount: 5_000 })
    const refunds = [
      aRefund({ id: 'r1', amount: 5_000, status: 'DONE' }),
      aRefund({ id: 'r2', amount: 3_000, status: 'REQUESTED' }),
      aRefund({ id: 'r3', amount: 2_000, status: 'DUE' }),
    ]
    expect(refundable(partly, refunds)).toBe(8_000)
  })

  it('is less what the provider paid back by itself', () => {
    expect(refundable(captured({ refundedAmount: 18_000 }), [])).toBe(0)
    const partly = captured({ refundedAmount: 4_000 })
    expect(refundable(partly, [aRefund({ amount: 10_000 })])).toBe(4_000)
  })

  it('is not touched by refunds of another payment', () => {
    expect(refundable(FIRST, [aRefund({ paymentId: 'payment-2' })])).toBe(18_000)
  })
})

describe('spreading a refund over payments', () => {
  const both = [FIRST, SECOND_PAYMENT]

  const parts = (...args: Parameters<typeof spread>) =>
    spread(...args)?.map(({ payment, amount }) => [payment.id, amount])

  it.each([
    [1, [['payment-2', 1]]],
    [18_000, [['payment-2', 18_000]]],
    [
      18_001,
      [
        ['payment-2', 18_000],
        ['payment-1', 1],
      ],
    ],
    [
      36_000,
      [
        ['payment-2', 18_000],
        ['payment-1', 18_000],
      ],
    ],
  ])('takes %i from the newest first', (amount, wanted) => {
    expect(parts(amount, both, [])).toEqual(wanted)
    expect(parts(amount, both.toReversed(), [])).toEqual(wanted)
  })

  it('leaves out payments that have nothing left or never brought money', () => {
    const payments = [aPayment({ id: 'payment-0', status: 'FAILED' }), ...both]
    const refunds = [aRefund({ paymentId: 'payment-2' })]
    expect(parts(10_000, payments, refunds)).toEqual([['payment-1', 10_000]])
  })

  it('takes nothing of one that gave back more than it had to', () => {
    const gone = captured({ id: 'payment-3', refundedAmount: 10_000, capturedAt: NOW + MINUTE })
    const promised = aRefund({ paymentId: 'payment-3', amount: 10_000 })
    expect(parts(18_000, [FIRST, gone], [promised])).toEqual([['payment-1', 18_000]])
    expect(overPromised(gone, [promised])).toBe(2_000)
    expect(overPromised(FIRST, [promised])).toBe(0)
  })

  it('is refused as a whole when there is not that much', () => {
    expect(spread(36_001, both, [])).toBeNull()
    expect(spread(1, [FIRST], [aRefund()])).toBeNull()
    expect(spread(1, [], [])).toBeNull()
  })
})

describe('a report about a refund', () => {
  const asked = aRefund({ attempt: 1 })
  const report = (refund: RefundState, outcome: RefundOutcome, attempt = refund.attempt) =>
    afterRefundReport(refund, attempt, outcome, NOW)

  it('closes it when the money went back, whichever attempt says so', () => {
    const closed = { ...asked, status: 'DONE', doneAt: NOW, failure: null, providerRef: 're_1' }
    expect(report(asked, DONE)).toEqual(closed)
    expect(report({ ...asked, failure: FAILURE }, DONE, 0)).toEqual(closed)
    for (const status of ['DUE', 'DROPPED'] as const)
      expect(report({ ...asked, status, failure: FAILURE }, DONE)).toEqual(closed)
  })

  it('keeps the provider’s name for it, where the answer brings none', () => {
    const pending = { ...asked, providerRef: 're_0' }
    expect(report(pending, { kind: 'done', providerRef: null })).toMatchObject({
      status: 'DONE',
      providerRef: 're_0',
    })
  })

  it('leaves it under way while the provider is at it', () => {
    const pending: RefundOutcome = { kind: 'pending', providerRef: 're_1' }
    const named = { ...asked, providerRef: 're_1' }
    expect(report(asked, pending)).toEqual(named)
    expect(report(named, pending)).toBeNull()
    expect(report(asked, { kind: 'pending', providerRef: null })).toBeNull()
    expect(report({ ...asked, status: 'DUE' }, pending)).toBeNull()
  })

  it('starts a new attempt after a definite refusal', () => {
    expect(report(aRefund(), REFUSED)).toEqual({ ...aRefund(), attempt: 1, failure: FAILURE })
  })

  it('hands it to people after the last attempt', () => {
    let refund = aRefund()
    for (let attempt = 0; attempt < MAX_REFUND_ATTEMPTS; attempt += 1) {
      expect(refund.status).toBe('REQUESTED')
      refund = report(refund, REFUSED) ?? refund
    }
    expect(refund).toMatchObject({ status: 'DUE', failure: FAILURE, doneAt: null })
  })

  it('changes nothing without an answer: the same attempt is made again', () => {
    expect(report(asked, UNKNOWN)).toBeNull()
  })

  it('counts a refusal once, however often it is told', () => {
    expect(report(asked, REFUSED, 0)).toBeNull()
    expect(report(asked, REFUSED, 2)).toBeNull()
  })

  it('changes nothing once it is done, or a refusal once people have it', () => {
    for (const outcome of [DONE, REFUSED, UNKNOWN])
      expect(report(aRefund({ status: 'DONE', doneAt: NOW - 1 }), outcome)).toBeNull()
    expect(report(aRefund({ status: 'DUE' }), REFUSED)).toBeNull()
    expect(report(aRefund({ status: 'DUE' }), UNKNOWN)).toBeNull()
  })
})

describe('one refund', () => {
  const AFTER = grid(`
    event         REQUESTED  DONE  DUE        DROPPED
    paid-back     DONE       -     DONE       DONE
    refused       REQUESTED  -     -          -
    given-up      DUE        -     -          -
    bounced       -          DUE   -          -
    recorded      -          -     DONE       -
    tried-again   -          -     REQUESTED  -
    gone-already  DROPPED    -     DROPPED    -
  `)

  it.each(REFUND_EVENTS)('after %s, in every status', (event) => {
    for (const status of REFUND_STATUSES) {
      const after = afterRefundEvent(aRefund({ status }), event)
      expect(after?.status ?? '-', status).toBe(AFTER(event, status))
    }
  })
})

describe('the order’s money', () => {
  const money = (order: OrderState, payments: PaymentState[], refunds: RefundState[] = []) => {
    const { paymentStatus, capturedAmount, refundedAmount, refundDueAmount } = withMoney(
      order,
      payments,
      refunds,
    )
    return [paymentStatus, capturedAmount, refundedAmount, refundDueAmount]
  }

  it('is untouched while no payment brought any', () => {
    const order = anOrder({ paymentStatus: 'PENDING' })
    for (const status of PAYMENT_STATUSES.filter((status) => status !== 'CAPTURED'))
      expect(withMoney(order, [aPayment({ status })], [])).toEqual(order)
  })

  it('is what was counted, whatever else came', () => {
    const twice = captured({ id: 'payment-0', amount: 20_000, counted: false })
    expect(money(anOrder(), [twice, FIRST])).toEqual(['PAID', 18_000, 0, 0])
  })

  it('is paid when its parts are all that it costs, and not before', () => {
    const part = captured({ amount: 5_000 })
    const rest = captured({ id: 'payment-2', amount: 13_000 })
    for (const paymentStatus of ['UNPAID', 'PENDING'] as const) {
      const order = anOrder({ paymentStatus })
      expect(money(order, [part])).toEqual([paymentStatus, 5_000, 0, 0])
      expect(money(order, [part, rest])).toEqual(['PAID', 18_000, 0, 0])
    }
  })

  it('does not call an order paid back that waits for the rest of its money', () => {
    const part = captured({ amount: 5_000, refundedAmount: 2_000 })
    const due = aRefund({ amount: 1_000, status: 'DUE' })
    const partly = withMoney(anOrder(), [part], [due])
    expect(partly).toMatchObject({ paymentStatus: 'UNPAID', refundDueAmount: 1_000 })
    const rest = captured({ id: 'payment-2', amount: 13_000 })
    expect(money(partly, [part, rest])).toEqual(['PARTIALLY_REFUNDED', 18_000, 2_000, 0])
  })

  it('of an order that ended in parts says what came back of them', () => {
    const ended = anOrder({ status: 'EXPIRED', endedAt: NOW })
    const part = captured({ amount: 5_000 })
    const back = { ...part, refundedAmount: 5_000 }
    expect(money(ended, [part], [aRefund({ amount: 5_000 })])).toEqual(['UNPAID', 5_000, 0, 0])
    const due = aRefund({ amount: 5_000, status: 'DUE' })
    expect(money(ended, [part], [due])).toEqual(['REFUND_DUE', 5_000, 0, 5_000])
    expect(money(ended, [back])).toEqual(['REFUNDED', 5_000, 5_000, 0])
    const late = captured({ id: 'payment-2', amount: 13_000 })
    const after = withMoney(ended, [back], [])
    expect(money(after, [back, late])).toEqual(['PARTIALLY_REFUNDED', 18_000, 5_000, 0])
  })

  it('is paid back partly, then wholly', () => {
    const partly = captured({ refundedAmount: 17_999 })
    const whole = captured({ refundedAmount: 18_000 })
    const paid = withMoney(anOrder(), [FIRST], [])
    const after = withMoney(paid, [partly], [])
    expect(money(paid, [partly])).toEqual(['PARTIALLY_REFUNDED', 18_000, 17_999, 0])
    expect(money(after, [whole])).toEqual(['REFUNDED', 18_000, 18_000, 0])
    expect(money(paid, [whole])).toEqual(['REFUNDED', 18_000, 18_000, 0])
  })

  it('is not paid back by the asking', () => {
    expect(money(anOrder(), [FIRST], [aRefund()])).toEqual(['PAID', 18_000, 0, 0])
  })

  it('is due while no machine can pay it back, and as it is when people have', () => {
    const due = withMoney(anOrder(), [FIRST], [aRefund({ status: 'DUE', amount: 5_000 })])
    expect(due).toMatchObject({ paymentStatus: 'REFUND_DUE', refundDueAmount: 5_000 })
    const done = [aRefund({ status: 'DONE', amount: 5_000 })]
    const partly = captured({ refundedAmount: 5_000 })
    expect(money(due, [partly], done)).toEqual(['PARTIALLY_REFUNDED', 18_000, 5_000, 0])
    const whole = captured({ refundedAmount: 18_000 })
    expect(money(due, [whole], done)).toEqual(['REFUNDED', 18_000, 18_000, 0])
  })

  it('does not show a second payment that goes back by itself', () => {
    const order = withMoney(anOrder(), [FIRST], [])
    const refund = aRefund({ paymentId: 'payment-2' })
    expect(money(order, [FIRST, TWICE], [refund])).toEqual(['PAID', 18_000, 0, 0])
    const back = { ...TWICE, refundedAmount: 18_000 }
    expect(money(order, [FIRST, back], [{ ...refund, status: 'DONE' }])).toEqual([
      'PAID',
      18_000,
      0,
      0,
    ])
  })

  it('shows a second payment while it is due, and is paid again when that is settled', () => {
    const refund = aRefund({ paymentId: 'payment-2', status: 'DUE' })
    const due = withMoney(anOrder(), [FIRST, TWICE], [refund])
    expect(due).toMatchObject({ paymentStatus: 'REFUND_DUE', refundDueAmount: 18_000 })
    const back = { ...TWICE, refundedAmount: 18_000 }
    expect(money(due, [FIRST, back], [{ ...refund, status: 'DONE' }])).toEqual([
      'PAID',
      18_000,
      0,
      0,
    ])
  })
})

describe('any history of refunds', () => {
  type Act =
    | { kind: 'ask'; amount: number }
    | { kind: 'report'; which: number; attempt: number; outcome: RefundOutcome }

  const acts: fc.Arbitrary<Act> = fc.oneof(
    fc.record({ kind: fc.constant('ask' as const), amount: fc.integer({ min: 1, max: 40_000 }) }),
    fc.record({
      kind: fc.constant('report' as const),
      which: fc.nat(20),
      attempt: fc.nat(MAX_REFUND_ATTEMPTS),
      outcome: fc.constantFrom(DONE, REFUSED, UNKNOWN),
    }),
  )
  interface World {
    payments: PaymentState[]
    refunds: RefundState[]
  }
  const ask = ({ payments, refunds }: World, amount: number): World => ({
    payments,
    refunds: [
      ...refunds,
      ...(spread(amount, payments, refunds) ?? []).map(({ payment, amount: part }, index) =>
        aRefund({ id: `refund-${refunds.length + index}`, paymentId: payment.id, amount: part }),
      ),
    ],
  })
  function report({ payments, refunds }: World, act: Extract<Act, { kind: 'report' }>): World {
    const refund = refunds[act.which % Math.max(1, refunds.length)]
    const next = refund && afterRefundReport(refund, act.attempt, act.outcome, NOW)
    if (!next) return { payments, refunds }
    const back = next.status === 'DONE' ? next.amount : 0
    return {
      payments: payments.map((payment) =>
        payment.id === next.paymentId
          ? { ...payment, refundedAmount: payment.refundedAmount + back }
          : payment,
      ),
      refunds: refunds.map((other) => (other.id === next.id ? next : other)),
    }
  }

  it('never promises or pays back more than was captured, and says what is so', () => {
    const starts = fc
      .constantFrom(0, 7_000, 18_000)
      .map((refundedAmount) => [
        captured({ refundedAmount }),
        TWICE,
        aPayment({ id: 'payment-3', status: 'ENDED' }),
      ])
    fc.assert(
      fc.property(starts, fc.array(acts, { maxLength: 40 }), (payments, history) => {
        let world: World = { payments, refunds: [] }
        let order = withMoney(anOrder(), payments, [])
        for (const act of history) {
          world = act.kind === 'ask' ? ask(world, act.amount) : report(world, act)
          order = withMoney(order, world.payments, world.refunds)
          for (const payment of world.payments) {
            const left = refundable(payment, world.refunds)
            const brought = payment.status === 'CAPTURED' ? payment.amount : 0
            expect(left).toBeGreaterThanOrEqual(0)
            expect(payment.refundedAmount).toBeLessThanOrEqual(brought)
            expect(left + payment.refundedAmount).toBeLessThanOrEqual(brought)
          }
          const due = world.refunds.some(({ status }) => status === 'DUE')
          const back = world.payments[0]?.refundedAmount ?? 0
          const asIs = back === 0 ? 'PAID' : back < 18_000 ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
          expect(order.paymentStatus).toBe(due ? 'REFUND_DUE' : asIs)
        }
      }),
    )
  })
})
