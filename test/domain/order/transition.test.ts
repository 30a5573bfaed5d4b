import { describe, expect, it } from 'vitest'
import { SYSTEM, type Asker } from '../../../src/domain/actor.ts'
import type { OrderVerb } from '../../../src/domain/order/lifecycle.ts'
import type { OrderState } from '../../../src/domain/order/order.ts'
import { move, type MoveDetails } from '../../../src/domain/order/transition.ts'
import { aLine, anAsker, anOrder, MINUTE, NOW, paid } from '../../support/orders.ts'

const OWNER = anAsker('OWNER')
const GUEST = anAsker('GUEST')
const IDLE = { capturing: false }

/** Moves the order; a refusal fails the test. */
function moved(verb: OrderVerb, order: OrderState, asker: Asker, details: MoveDetails = {}) {
  const result = move(verb, order, IDLE, asker, NOW, details)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

const refusal = (verb: OrderVerb, order: OrderState, asker: Asker, details: MoveDetails = {}) =>
  move(verb, order, IDLE, asker, NOW, details)

const twoLines = () =>
  paid(
    anOrder({
      lines: [
        aLine({ id: 'l1', itemId: 'chicken', unitPrice: 18_000, quantity: 2 }),
        aLine({ id: 'l2', itemId: 'cola', unitPrice: 2_000, quantity: 3 }),
      ],
    }),
  )

describe('accepting an order', () => {
  it('stamps when, until when it takes, and what the kitchen says', () => {
    const order = { ...paid(), acceptBy: NOW + MINUTE, expiresAt: NOW + MINUTE }
    const details = { estimatedTimeMinutes: 25, message: '잠시만요' }
    expect(moved('accept', order, OWNER, details).order).toEqual({
      ...order,
      status: 'ACCEPTED',
      acceptedAt: NOW,
      acceptBy: null,
      expiresAt: null,
      estimatedReadyAt: NOW + 25 * MINUTE,
      message: '잠시만요',
      acknowledgedAt: NOW,
    })
  })

  it('keeps when it was first acknowledged', () => {
    const order = { ...paid(), acknowledgedAt: NOW - MINUTE }
    expect(moved('accept', order, OWNER).order.acknowledgedAt).toBe(NOW - MINUTE)
  })

  it('does not take the deadline for somebody who saw it', () => {
    const accepted = moved('auto-accept', paid(), SYSTEM).order
    expect(accepted).toMatchObject({ status: 'ACCEPTED', acceptedAt: NOW, acknowledgedAt: null })
    expect(moved('ready', accepted, OWNER).order.acknowledgedAt).toBe(NOW)
  })

  it('refuses a prepaid order that is not paid', () => {
    expect(refusal('accept', anOrder(), OWNER)).toEqual({
      ok: false,
      refusal: {
        kind: 'ORDER_STATE',
        status: 'PENDING',
        paymentStatus: 'UNPAID',
        event: 'accept',
      },
    })
  })

  it('takes an unpaid order where payment comes after', () => {
    const order = anOrder({ paymentPolicy: 'POSTPAID' })
    expect(moved('accept', order, OWNER).order.status).toBe('ACCEPTED')
  })

  it('takes a paid order while what came twice cannot be paid back', () => {
    const order: OrderState = { ...paid(), paymentStatus: 'REFUND_DUE', refundDueAmount: 18_000 }
    expect(moved('accept', order, OWNER).order.status).toBe('ACCEPTED')
  })

  it('makes every portion it held', () => {
    const { held, made, takenOut, effects } = moved('accept', twoLines(), OWNER)
    expect(held).toEqual([
      { itemId: 'chicken', quantity: 2 },
      { itemId: 'cola', quantity: 3 },
    ])
    expect(made).toEqual(held)
    expect(takenOut).toEqual([])
    expect(effects).toEqual(['sell-stock', 'settle-difference'])
  })
})

describe('accepting an order without what the kitchen cannot make', () => {
  const without = (...unavailableLines: { lineId: string; quantity: number }[]) => ({
    unavailableLines,
  })

  it('takes portions out, with their money and their stock', () => {
    const result = moved('accept', twoLines(), OWNER, without({ lineId: 'l1', quantity: 1 }))
    expect(result.order.lines).toMatchObject([
      { id: 'l1', quantity: 2, unavailableQuantity: 1, total: 18_000 },
      { id: 'l2', quantity: 3, unavailableQuantity: 0, total: 6_000 },
    ])
    expect(result.order).toMatchObject({ totalAmount: 24_000, placedAmount: 42_000 })
    expect(result.made).toEqual([
      { itemId: 'chicken', quantity: 1 },
      { itemId: 'cola', quantity: 3 },
    ])
    expect(result.takenOut).toEqual([{ itemId: 'chicken', quantity: 1 }])
  })

  it('takes a whole line out', () => {
    const result = moved('accept', twoLines(), OWNER, without({ lineId: 'l1', quantity: 2 }))
    expect(result.order.totalAmount).toBe(6_000)
    expect(result.made).toEqual([{ itemId: 'cola', quantity: 3 }])
    expect(result.takenOut).toEqual([{ itemId: 'chicken', quantity: 2 }])
  })

  it('sums a line that is named twice', () => {
    const twice = without({ lineId: 'l2', quantity: 1 }, { lineId: 'l2', quantity: 1 })
    expect(moved('accept', twoLines(), OWNER, twice).takenOut).toEqual([
      { itemId: 'cola', quantity: 2 },
    ])
  })

  it.each([
    [
      'a line the order does not have',
      without({ lineId: 'l1', quantity: 1 }, { lineId: 'l9', quantity: 1 }),
      [{ field: 'unavailable_lines.1.line_id', reason: 'unknown_line' }],
    ],
    [
      'more portions than were ordered',
      without({ lineId: 'l2', quantity: 4 }),
      [{ field: 'unavailable_lines.0.quantity', reason: 'too_big' }],
    ],
    [
      'more portions than were ordered, in two parts',
      without({ lineId: 'l2', quantity: 2 }, { lineId: 'l2', quantity: 2 }),
      [
        { field: 'unavailable_lines.0.quantity', reason: 'too_big' },
        { field: 'unavailable_lines.1.quantity', reason: 'too_big' },
      ],
    ],
    [
      'everything, which is a rejection',
      without({ lineId: 'l1', quantity: 2 }, { lineId: 'l2', quantity: 3 }),
      [{ field: 'unavailable_lines', reason: 'nothing_left_reject_instead' }],
    ],
  ])('refuses %s', (_, details, errors) => {
    expect(refusal('accept', twoLines(), OWNER, details)).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors },
    })
  })

  it('leaves out first what was paid back by line before', () => {
    const [chicken, cola] = twoLines().lines
    const order = { ...twoLines(), lines: [chicken!, { ...cola!, refundedQuantity: 2 }] }
    const without = (quantity: number) =>
      moved('accept', order, OWNER, { unavailableLines: [{ lineId: 'l2', quantity }] })
    expect(without(1)).toMatchObject({ refundedBefore: 2_000 })
    expect(without(1).order.lines[1]).toMatchObject({ refundedQuantity: 1, total: 4_000 })
    expect(without(3)).toMatchObject({ refundedBefore: 4_000 })
    expect(without(3).order.lines[1]).toMatchObject({ refundedQuantity: 0, total: 0 })
    expect(moved('accept', order, OWNER)).toMatchObject({ refundedBefore: 0 })
  })

  it('keeps what was taken out through the rest of its life', () => {
    const accepted = moved('accept', twoLines(), OWNER, without({ lineId: 'l1', quantity: 1 }))
    const ready = moved('ready', accepted.order, OWNER)
    expect(ready.order).toEqual({ ...accepted.order, status: 'READY', readyAt: NOW })
    expect(ready.takenOut).toEqual([])
    expect(moved('complete', ready.order, OWNER).order).toEqual({
      ...ready.order,
      status: 'COMPLETED',
      completedAt: NOW,
    })
  })
})

describe('ending an order', () => {
  it.each([
    ['reject', OWNER, 'REJECTED'],
    ['auto-reject', SYSTEM, 'REJECTED'],
    ['cancel', GUEST, 'CANCELLED'],
    ['void', OWNER, 'CANCELLED'],
    ['expire', SYSTEM, 'EXPIRED'],
  ] as const)('%s says when and why, and takes the deadlines away', (verb, asker, status) => {
    const order = anOrder({ expiresAt: NOW, acceptBy: NOW })
    const result = moved(verb, order, asker, { reason: '재료 소진' })
    expect(result.order).toEqual({
      ...order,
      status,
      endedAt: NOW,
      endReason: '재료 소진',
      expiresAt: null,
      acceptBy: null,
    })
    expect(result.held).toEqual([{ itemId: 'chicken', quantity: 1 }])
  })

  it('asks to wait while the money is being asked for', () => {
    for (const [verb, asker] of [
      ['cancel', GUEST],
      ['reject', OWNER],
      ['void', OWNER],
      ['expire', SYSTEM],
      ['auto-reject', SYSTEM],
    ] as const)
      expect(move(verb, anOrder(), { capturing: true }, asker, NOW), verb).toEqual({
        ok: false,
        refusal: { kind: 'CAPTURING', retryAfterSeconds: 3 },
      })
  })

  it('lets the kitchen start while a payment hangs, but not change what it is for', () => {
    const order = anOrder({ paymentPolicy: 'POSTPAID' })
    const accept = (details: Parameters<typeof move>[5]) =>
      move('accept', order, { capturing: true }, OWNER, NOW, {
        estimatedTimeMinutes: 10,
        ...details,
      })
    expect(accept({}).ok).toBe(true)
    expect(accept({ unavailableLines: [{ lineId: order.lines[0]!.id, quantity: 1 }] })).toEqual({
      ok: false,
      refusal: { kind: 'CAPTURING', retryAfterSeconds: 3 },
    })
  })

  it('refuses who may not, naming the permission', () => {
    expect(refusal('reject', paid(), GUEST)).toEqual({
      ok: false,
      refusal: { kind: 'FORBIDDEN', permission: 'order:reject' },
    })
    expect(refusal('cancel', anOrder({ sessionId: 'else' }), GUEST)).toEqual({
      ok: false,
      refusal: { kind: 'FORBIDDEN', permission: 'order:cancel' },
    })
  })

  it('refuses the guest once the kitchen has accepted', () => {
    const accepted = moved('accept', paid(), OWNER).order
    expect(refusal('cancel', accepted, GUEST)).toMatchObject({
      refusal: { kind: 'ORDER_STATE', status: 'ACCEPTED', event: 'cancel' },
    })
  })
})
