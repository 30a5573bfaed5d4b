import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOwed } from '../../../src/domain/order/lifecycle.ts'
import { afterMoneyEvent } from '../../../src/domain/order/payment-status.ts'
import { afterPaymentEvent, isLive } from '../../../src/domain/payment/machine.ts'
import type { RefundOutcome } from '../../../src/domain/payment/outcomes.ts'
import type { PaymentState, RefundState } from '../../../src/domain/payment/payment.ts'
import { afterRefundReport } from '../../../src/domain/payment/refund-step.ts'
import {
  amountDue,
  countedPayments,
  isCovered,
  refundable,
  spread,
  withMoney,
} from '../../../src/domain/payment/refunding.ts'
import type { OrderView } from '../../../src/domain/queries.ts'
import { moneyDifferences } from '../../../src/domain/reconciliation/money.ts'
import { anOrder, aPayment, aRefund, NOW } from '../../support/orders.ts'

type Act =
  | { kind: 'open'; part: number }
  | { kind: 'capture' | 'over'; which: number }
  | { kind: 'refund'; amount: number; due: boolean }
  | { kind: 'report'; which: number; outcome: RefundOutcome }
  | { kind: 'end' }

const REFUSED: RefundOutcome = { kind: 'refused', failure: { code: 'NO', message: '' } }
const which = fc.nat(3)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('open'), part: fc.nat(20_000) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('capture'), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('over'), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('refund'),
      amount: fc.integer({ min: 1, max: 18_000 }),
      due: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('report'),
      which,
      outcome: fc.constantFrom<RefundOutcome>({ kind: 'done', providerRef: 're' }, REFUSED),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end') }) },
)

const settled = ({ order, payments, refunds }: OrderView): OrderView => ({
  order: withMoney(order, payments, refunds),
  payments,
  refunds,
})

const saved = (view: OrderView, payment: PaymentState): OrderView => ({
  ...view,
  payments: view.payments.map((other) => (other.id === payment.id ? payment : other)),
})

const promised = (view: OrderView, { id }: PaymentState, amount: number, due = false): OrderView =>
  amount <= 0
    ? view
    : {
        ...view,
        refunds: [
          ...view.refunds,
          aRefund({
            id: `refund-${view.refunds.length}`,
            paymentId: id,
            amount,
            status: due ? 'DUE' : 'REQUESTED',
          }),
        ],
      }

const restOf = (view: OrderView, payment: PaymentState): OrderView =>
  promised(view, payment, refundable(payment, view.refunds))

/** What the rules do with each step, as a restaurant does it. */
function after(view: OrderView, step: Act): OrderView {
  const { order, payments } = view
  switch (step.kind) {
    case 'open': {
      const due = amountDue(order, payments)
      if (due === 0 || !isOwed(order)) return view
      const amount = Math.min(due, step.part + 1)
      const payment = aPayment({ id: `payment-${payments.length}`, amount })
      const opened = afterMoneyEvent(order, 'payment-opened')
      return { ...view, order: opened, payments: [...payments, payment] }
    }
    case 'capture': {
      const payment = payments[step.which]
      return payment === undefined ? view : captured(view, payment)
    }
    case 'over': {
      const payment = payments[step.which]
      const next = payment === undefined ? null : afterPaymentEvent(payment, 'over')
      return next === null ? view : asOpen(saved(view, next))
    }
    case 'refund':
      return (spread(step.amount, payments, view.refunds) ?? []).reduce(
        (so, part) => promised(so, part.payment, part.amount, step.due),
        view,
      )
    case 'report': {
      const refund = view.refunds[step.which]
      return refund === undefined ? view : reported(view, refund, step.outcome)
    }
    case 'end':
      return order.status === 'PENDING' ? ended(view) : view
  }
}

const asOpen = (view: OrderView): OrderView => ({
  ...view,
  order: afterMoneyEvent(
    view.order,
    view.payments.some(isLive) ? 'payment-opened' : 'payment-over',
  ),
})

function captured(view: OrderView, payment: PaymentState): OrderView {
  const { order } = view
  const alive = order.endedAt === null
  const next = afterPaymentEvent(payment, 'captured', {
    capturedAt: NOW + view.payments.length,
    counted: order.capturedAmount < order.totalAmount,
  })
  if (next === null) return view
  const so = settled(saved(view, next))
  if (!alive || !next.counted) return asOpen(restOf(so, next))
  if (!isCovered(so.order)) return asOpen(so)
  const kept = countedPayments(so.payments).reduce(
    (sum, paid) => sum + refundable(paid, so.refunds),
    0,
  )
  const excess = Math.min(kept - order.totalAmount, refundable(next, so.refunds))
  return endLive(promised(so, next, excess))
}

const endLive = (view: OrderView): OrderView => ({
  ...view,
  payments: view.payments.map((payment) =>
    isLive(payment) ? (afterPaymentEvent(payment, 'over') ?? payment) : payment,
  ),
})

function ended(view: OrderView): OrderView {
  const order = { ...afterMoneyEvent(view.order, 'payment-over'), endedAt: NOW }
  const over = endLive({ ...view, order: { ...order, status: 'CANCELLED' } })
  return over.payments.reduce(restOf, over)
}

function reported(view: OrderView, refund: RefundState, outcome: RefundOutcome): OrderView {
  const next = afterRefundReport(refund, refund.attempt, outcome, NOW)
  if (next === null) return view
  const refunds = view.refunds.map((other) => (other.id === next.id ? next : other))
  if (next.status !== 'DONE') return { ...view, refunds }
  const payments = view.payments.map((payment) =>
    payment.id === next.paymentId
      ? { ...payment, refundedAmount: payment.refundedAmount + next.amount }
      : payment,
  )
  return { ...view, payments, refunds }
}

const live = (history: readonly Act[]): OrderView[] => {
  const views: OrderView[] = [{ order: anOrder(), payments: [], refunds: [] }]
  for (const step of history) views.push(settled(after(views.at(-1)!, step)))
  return views
}

const histories = fc.array(act, { maxLength: 30, size: 'max' })
const kindsIn = (view: OrderView) => moneyDifferences(view, NOW).map(({ kind }) => kind)

describe('any history of an order’s money', () => {
  it('agrees with itself after every step', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const view of live(history)) expect(kindsIn(view)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('a single figure that is wrong', () => {
  type Wrong = (view: OrderView) => OrderView | null
  const inOrder =
    (field: 'capturedAmount' | 'refundedAmount' | 'refundDueAmount' | 'totalAmount'): Wrong =>
    (view) => ({ ...view, order: { ...view.order, [field]: view.order[field] + 1 } })
  const inPayment =
    (change: (payment: PaymentState) => Partial<PaymentState>): Wrong =>
    (view) => {
      const payment = view.payments.find(({ status }) => status === 'CAPTURED')
      return payment ? saved(view, { ...payment, ...change(payment) }) : null
    }
  const inRefund =
    (status: RefundState['status'], change: (refund: RefundState) => RefundState | null): Wrong =>
    (view) => {
      const wrong = view.refunds.find((refund) => refund.status === status)
      const refunds = view.refunds.flatMap((refund) =>
        refund === wrong ? (change(refund) ?? []) : refund,
      )
      return wrong ? { ...view, refunds } : null
    }

  const WRONGS: Record<string, Wrong> = {
    'captured amount of the order': inOrder('capturedAmount'),
    'refunded amount of the order': inOrder('refundedAmount'),
    'due amount of the order': inOrder('refundDueAmount'),
    'total of the order': inOrder('totalAmount'),
    'payment status': ({ order, ...rest }) => ({
      ...rest,
      order: {
        ...order,
        paymentStatus: order.paymentStatus === 'REFUND_DUE' ? 'PAID' : 'REFUND_DUE',
      },
    }),
    'amount of a payment': inPayment(({ amount }) => ({ amount: amount + 1 })),
    'payment that lost its money': inPayment(() => ({ status: 'FAILED' })),
    'mark of what counts': inPayment(({ counted }) => ({ counted: !counted })),
    'refunded amount of a payment': inPayment(({ refundedAmount }) => ({
      refundedAmount: refundedAmount + 1,
    })),
    'refund that was done and is gone': inRefund('DONE', () => null),
    'refund that was done and is asked for': inRefund('DONE', (refund) => ({
      ...refund,
      status: 'REQUESTED',
    })),
    'refund that is done with another sum': inRefund('DONE', (refund) => ({
      ...refund,
      amount: refund.amount + 1,
    })),
    'refund that was due and is gone': inRefund('DUE', () => null),
    'refund that is due with another sum': inRefund('DUE', (refund) => ({
      ...refund,
      amount: refund.amount + 1,
    })),
  }

  it.each(Object.entries(WRONGS))('is found: the %s', (_, wrong) => {
    let tried = 0
    fc.assert(
      fc.property(histories, (history) => {
        const view = wrong(live(history).at(-1)!)
        if (view === null) return
        tried += 1
        expect(kindsIn(view)).not.toEqual([])
      }),
      { numRuns: 600 },
    )
    expect(tried).toBeGreaterThan(3)
  })
})
