import { describe, expect, it } from 'vitest'
import {
  ACTION_TO,
  ADMIN_ACTIONS,
  adminActions,
  commandOf,
  type AdminChange,
} from '../../../src/domain/order/admin-change.ts'
import { LIFECYCLE } from '../../../src/domain/order/lifecycle.ts'
import { ORDER_STATUSES, type OrderStatus } from '../../../src/domain/order/order.ts'
import { timelineOf } from '../../../src/domain/order/timeline.ts'
import { ACCOUNT_ROLES } from '../../../src/domain/actor.ts'
import { anAsker, anOrder, aPayment, aRefund, MINUTE, NOW, paid } from '../../support/orders.ts'

const VERB_OF = {
  accept: 'accept',
  reject: 'reject',
  ready: 'ready',
  complete: 'complete',
  cancel: 'void',
} as const

const CHANGE: AdminChange = {
  orderId: 'order-1',
  action: 'accept',
  reason: '매장 정전',
  estimatedTimeMinutes: 15,
  message: '곧 됩니다',
  unavailableLines: [{ lineId: 'line-1', quantity: 1 }],
  soldOutItemIds: ['chicken'],
  amount: 5_000,
  lines: null,
}

describe('what an administrator has done to an order', () => {
  it.each(ORDER_STATUSES)('%s is reached by what the lifecycle says, or by nobody', (status) => {
    const action = ACTION_TO[status]
    const leading = Object.entries(VERB_OF).filter(([, verb]) => LIFECYCLE[verb].to === status)
    if (action === null) expect(leading).toEqual([])
    else expect(leading.map(([name]) => name)).toEqual([action])
  })

  it.each([
    [
      'accept',
      {
        type: 'accept-order',
        estimatedTimeMinutes: 15,
        message: '곧 됩니다',
        unavailableLines: [{ lineId: 'line-1', quantity: 1 }],
      },
    ],
    ['reject', { type: 'reject-order', reason: '매장 정전', soldOutItemIds: ['chicken'] }],
    ['ready', { type: 'ready-order' }],
    ['complete', { type: 'complete-order' }],
    ['cancel', { type: 'void-order', reason: '매장 정전' }],
    ['refund', { type: 'request-refund', reason: '매장 정전', amount: 5_000, lines: null }],
  ] as const)('%s is one command of the restaurant', (action, command) => {
    expect(commandOf({ ...CHANGE, action })).toEqual({ orderId: 'order-1', ...command })
  })

  const viewOf = (status: OrderStatus) => ({
    order: paid(anOrder({ status })),
    payments: [aPayment({ status: 'CAPTURED', capturedAt: NOW, counted: true })],
    refunds: [],
  })

  it.each([
    ['PENDING', ['accept', 'reject', 'cancel', 'refund']],
    ['ACCEPTED', ['ready', 'cancel', 'refund']],
    ['READY', ['complete', 'cancel', 'refund']],
    ['COMPLETED', ['refund']],
    ['CANCELLED', ['refund']],
  ] as const)('from %s may be %j', (status, actions) => {
    expect(adminActions(viewOf(status), anAsker('ADMIN'))).toEqual(actions)
  })

  it('waits for a payment that is being asked for, and pays back nothing that never came', () => {
    const order = anOrder({ paymentPolicy: 'POSTPAID' })
    const asked = { order, payments: [aPayment({ status: 'CAPTURING' })], refunds: [] }
    expect(adminActions(asked, anAsker('ADMIN'))).toEqual(['accept'])
  })

  it('is for administrators alone', () => {
    for (const role of ACCOUNT_ROLES.filter((one) => one !== 'ADMIN'))
      expect(adminActions(viewOf('PENDING'), anAsker(role))).toEqual([])
    expect(ADMIN_ACTIONS).toContain('cancel')
  })
})

describe('what an order has been through', () => {
  it('is told in the order in which it happened, money and kitchen together', () => {
    const at = (minutes: number) => NOW + minutes * MINUTE
    const order = anOrder({
      status: 'CANCELLED',
      acknowledgedAt: at(2),
      acceptedAt: at(3),
      endedAt: at(5),
    })
    const payments = [
      aPayment({ id: 'failed', openedAt: at(0) + 1 }),
      aPayment({ id: 'paid', openedAt: at(1), capturedAt: at(1) + 1, amount: 18_000 }),
    ]
    const refunds = [aRefund({ id: 'back', requestedAt: at(5) + 1, doneAt: at(7), amount: 18_000 })]
    expect(
      timelineOf({ order, payments, refunds }).map(({ what, subjectId, amount }) => [
        what,
        subjectId,
        amount,
      ]),
    ).toEqual([
      ['PLACED', null, null],
      ['PAYMENT_OPENED', 'failed', 18_000],
      ['PAYMENT_OPENED', 'paid', 18_000],
      ['PAID', 'paid', 18_000],
      ['ACKNOWLEDGED', null, null],
      ['ACCEPTED', null, null],
      ['CANCELLED', null, null],
      ['REFUND_REQUESTED', 'back', 18_000],
      ['REFUND_DONE', 'back', 18_000],
    ])
  })
})
