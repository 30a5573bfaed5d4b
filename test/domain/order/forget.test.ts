import { describe, expect, it } from 'vitest'
import {
  forgetOrder,
  isSettled,
  remembersPerson,
  type WholeOrder,
} from '../../../src/domain/order/forget.ts'
import { anOrder, aPayment, aRefund } from '../../support/orders.ts'

const over = anOrder({ status: 'COMPLETED', paymentStatus: 'PAID' })
const whole = (more: Partial<WholeOrder> = {}): WholeOrder => ({
  order: over,
  payments: [aPayment({ status: 'CAPTURED' })],
  refunds: [],
  ...more,
})

describe('an order that nothing needs the person for', () => {
  it('is over, and so is its money', () => {
    expect(isSettled(whole())).toBe(true)
    expect(isSettled(whole({ payments: [aPayment({ status: 'ENDED' })] }))).toBe(true)
    expect(isSettled(whole({ refunds: [aRefund({ status: 'DONE' })] }))).toBe(true)
    expect(isSettled(whole({ refunds: [aRefund({ status: 'DROPPED' })] }))).toBe(true)
  })

  it.each(['PENDING', 'ACCEPTED', 'READY'] as const)('is not %s', (status) => {
    expect(isSettled(whole({ order: { ...over, status } }))).toBe(false)
  })

  it('does not owe money', () => {
    expect(isSettled(whole({ order: { ...over, paymentStatus: 'REFUND_DUE' } }))).toBe(false)
    for (const status of ['REQUESTED', 'DUE'] as const)
      expect(isSettled(whole({ refunds: [aRefund({ status })] }))).toBe(false)
  })

  it.each(['OPENING', 'READY', 'CAPTURING', 'AWAITING'] as const)(
    'waits for no payment that is %s',
    (status) => {
      expect(isSettled(whole({ payments: [aPayment({ status })] }))).toBe(false)
    },
  )
})

describe('an order without its person', () => {
  const told = whole({
    order: {
      ...over,
      specialRequests: '김민수에게 전화',
      message: '민수님, 곧 됩니다',
      endReason: '손님 김민수가 취소',
    },
    payments: [
      aPayment({
        status: 'CAPTURED',
        payerName: '김민수',
        checkoutUrl: 'https://pay.example.com/kim',
        account: { bank: '신한', accountNo: '110', holder: '김민수', dueAt: 1 },
      }),
    ],
    refunds: [
      aRefund({
        status: 'DONE',
        reason: '김민수 요청',
        proof: { method: 'TRANSFER', note: '김민수 110-123', by: 'staff', at: 5 },
      }),
    ],
  })

  it('has none of their words and names, and everything else', () => {
    const forgotten = forgetOrder(told)
    expect(JSON.stringify(forgotten)).not.toMatch(/민수|kim|110/)
    expect(forgotten.order).toEqual({
      ...told.order,
      ...{ specialRequests: null, message: null, endReason: null },
    })
    expect(forgotten.payments).toEqual([
      { ...told.payments[0], payerName: null, checkoutUrl: null, account: null },
    ])
    expect(forgotten.refunds).toEqual([
      {
        ...told.refunds[0],
        reason: '',
        proof: { method: 'TRANSFER', note: '', by: 'staff', at: 5 },
      },
    ])
  })

  it('keeps reasons that are ours', () => {
    const machine = whole({
      order: { ...over, endReason: 'ACCEPTANCE_TIMEOUT' },
      refunds: [aRefund({ status: 'DONE', reason: 'ORDER_CANCELLED' })],
    })
    const { order, refunds } = forgetOrder(machine)
    expect([order.endReason, refunds[0]?.reason]).toEqual(['ACCEPTANCE_TIMEOUT', 'ORDER_CANCELLED'])
  })

  it('is forgotten once', () => {
    expect(remembersPerson(told)).toBe(true)
    expect(remembersPerson(forgetOrder(told))).toBe(false)
    expect(forgetOrder(forgetOrder(told))).toEqual(forgetOrder(told))
  })
})
