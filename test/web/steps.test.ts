import { afterAll, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from './browser.ts'
import type { Order } from '../../web/guest/state.ts'

fakeBrowser()
const { headlineOf, stepsOf } = await import('../../web/guest/steps.ts')
afterAll(() => void vi.unstubAllGlobals())

const order = (more: Partial<Order>): Order =>
  ({
    status: 'PENDING',
    payment_status: 'UNPAID',
    payment_policy: 'PREPAID',
    placed_at: '2026-11-20T03:00:00.000Z',
    accepted_at: null,
    ready_at: null,
    completed_at: null,
    allowed_actions: [],
    ...more,
  }) as Partial<Order> as Order

describe('the way of an order, as its guest sees it', () => {
  it.each([
    ['PREPAID', 'PENDING', 'UNPAID', 1],
    ['PREPAID', 'PENDING', 'PENDING', 1],
    ['PREPAID', 'PENDING', 'PAID', 2],
    ['PREPAID', 'ACCEPTED', 'PAID', 3],
    ['PREPAID', 'ACCEPTED', 'PARTIALLY_REFUNDED', 3],
    ['PREPAID', 'READY', 'PAID', 4],
    ['PREPAID', 'COMPLETED', 'PAID', 5],
    ['POSTPAID', 'PENDING', 'UNPAID', 1],
    ['POSTPAID', 'ACCEPTED', 'UNPAID', 2],
    ['POSTPAID', 'COMPLETED', 'PAID', 4],
  ] as const)('%s, %s, %s: %d steps done', (policy, status, paid, done) => {
    const steps = stepsOf(order({ payment_policy: policy, status, payment_status: paid }))
    expect(steps.filter((step) => step.done)).toHaveLength(done)
    expect(steps).toHaveLength(policy === 'PREPAID' ? 5 : 4)
  })

  it.each(['REJECTED', 'CANCELLED', 'EXPIRED'] as const)('ends without steps when %s', (status) => {
    expect(stepsOf(order({ status }))).toEqual([])
    expect(headlineOf(order({ status }))).toBe(status)
  })

  it('waits for payment as long as it can be paid', () => {
    expect(headlineOf(order({ allowed_actions: ['pay', 'cancel'] }))).toBe('waitingForPayment')
    expect(headlineOf(order({ payment_status: 'PAID' }))).toBe('PENDING')
    expect(headlineOf(order({ payment_policy: 'POSTPAID', allowed_actions: ['pay'] }))).toBe(
      'PENDING',
    )
  })
})
