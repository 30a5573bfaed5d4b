import { describe, expect, it } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import {
  accept,
  cancel,
  MINUTE,
  openKitchen,
  POSTPAID,
  reject,
  SECOND,
  stocked,
  type Kitchen,
} from '../support/ordering.ts'
import { DONE } from '../support/paying.ts'
import { guest, orderOf, OWNER, STAFF } from '../support/restaurant.ts'

const tablet = (n: number): Asker => ({ ...STAFF, sessionId: `tablet-${n}`, userId: `cook-${n}` })
const ready = (orderId: string) => ({ type: 'ready-order', orderId }) as const
const complete = (orderId: string) => ({ type: 'complete-order', orderId }) as const
const acknowledge = (orderId: string) => ({ type: 'acknowledge-order', orderId }) as const

/** A prepaid kitchen with one paid order of two portions at 18,000. */
async function withPaidOrder(settings: Parameters<typeof openKitchen>[0] = {}) {
  const kitchen = await openKitchen(settings, 10)
  const order = await kitchen.place(kitchen.minsu, 2)
  const payment = await kitchen.paid(order)
  const now = async (): Promise<OrderState> => (await kitchen.view(order)).order
  return { ...kitchen, kitchen, order, payment, now, line: order.lines[0]! }
}

/** The provider pays every refund back that the agenda asks for. */
async function payBack(kitchen: Kitchen): Promise<number[]> {
  const jobs = kitchen.taken('refund')
  for (const { refundId, attempt } of jobs)
    await kitchen.report({ kind: 'refunded', refundId, attempt, outcome: DONE })
  return jobs.map((job) => job.amount)
}

describe('accepting an order', () => {
  it('takes the portions out of stock and ends the deadline', async () => {
    const { restaurant, order, stock, agenda, now } = await withPaidOrder()
    expect(await stock()).toEqual({ level: 10, reserved: 2 })
    expect(await agenda('accept-deadline')).toHaveLength(1)
    await restaurant.done(STAFF, accept(order.id, { message: '20분이면 돼요' }))
    expect(await stock()).toEqual({ level: 8, reserved: 0 })
    expect(await agenda('accept-deadline')).toEqual([])
    expect(await now()).toMatchObject({
      status: 'ACCEPTED',
      acceptBy: null,
      acceptedAt: restaurant.now(),
      estimatedReadyAt: restaurant.now() + 20 * MINUTE,
      message: '20분이면 돼요',
      acknowledgedAt: restaurant.now(),
    })
  })

  it('succeeds on one of two tablets, and is told once', async () => {
    const { restaurant, order, stock } = await withPaidOrder()
    const answers = await Promise.all(
      [1, 2].map((n) => restaurant.execute(tablet(n), accept(order.id))),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.find((answer) => !answer.ok)).toMatchObject({
      refusal: { kind: 'ORDER_STATE', status: 'ACCEPTED', event: 'accept' },
    })
    const told = (await restaurant.events()).filter(({ type }) => type === 'STATUS_CHANGED')
    expect(told).toHaveLength(1)
    expect(await stock()).toEqual({ level: 8, reserved: 0 })
  })

  it('answers the same to a tablet that sends the command again after a lost answer', async () => {
    const { restaurant, order } = await withPaidOrder()
    const key = { key: 'held-offline', fingerprint: 'f' }
    const first = await restaurant.execute(tablet(1), accept(order.id), key)
    await restaurant.done(STAFF, ready(order.id))
    expect(await restaurant.execute(tablet(1), accept(order.id), key)).toEqual({
      ...first,
      replayed: true,
    })
  })

  it('is refused while a prepaid order is unpaid', async () => {
    const { restaurant, place } = await openKitchen()
    const order = await place()
    expect(await restaurant.execute(STAFF, accept(order.id))).toMatchObject({
      refusal: { kind: 'ORDER_STATE', status: 'PENDING', paymentStatus: 'UNPAID' },
    })
  })

  it('is for the kitchen alone', async () => {
    const { restaurant, order, minsu } = await withPaidOrder()
    expect(await restaurant.execute(minsu, accept(order.id))).toMatchObject({
      refusal: { kind: 'FORBIDDEN' },
    })
  })
})

describe('accepting without what the kitchen cannot make', () => {
  it('pays the difference back and returns the portions', async () => {
    const { kitchen, restaurant, order, line, now, stock } = await withPaidOrder()
    const unavailableLines = [{ lineId: line.id, quantity: 1 }]
    await restaurant.done(STAFF, accept(order.id, { unavailableLines }))
    expect(await stock()).toEqual({ level: 9, reserved: 0 })
    expect(await now()).toMatchObject({ totalAmount: 18_000, capturedAmount: 36_000 })
    expect(await payBack(kitchen)).toEqual([18_000])
    expect(await now()).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      refundedAmount: 18_000,
      lines: [{ quantity: 2, unavailableQuantity: 1, total: 18_000 }],
    })
  })

  it('asks for the new amount where nothing was paid yet', async () => {
    const kitchen = await openKitchen(POSTPAID, 10)
    const order = await kitchen.place(undefined, 2)
    const payment = await kitchen.opened(order)
    const unavailableLines = [{ lineId: order.lines[0]!.id, quantity: 1 }]
    const accepted = await kitchen.restaurant.done(STAFF, accept(order.id, { unavailableLines }))
    expect(accepted).toMatchObject({ totalAmount: 18_000, paymentStatus: 'UNPAID' })
    expect(await kitchen.claim(payment)).toMatchObject({ refusal: { kind: 'PAYMENT_NOT_OPEN' } })
    await kitchen.paid(accepted)
    expect((await kitchen.view(order)).order).toMatchObject({
      paymentStatus: 'PAID',
      capturedAmount: 18_000,
    })
  })

  it('pays back what the former amount was too much, should it come after all', async () => {
    const kitchen = await openKitchen(POSTPAID, 10)
    const order = await kitchen.place(undefined, 2)
    const payment = await kitchen.opened(order)
    const unavailableLines = [{ lineId: order.lines[0]!.id, quantity: 1 }]
    await kitchen.restaurant.done(STAFF, accept(order.id, { unavailableLines }))
    await kitchen.settle(payment, 'a lost claim')
    expect(await payBack(kitchen)).toEqual([18_000])
    expect((await kitchen.view(order)).order).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      capturedAmount: 36_000,
      refundedAmount: 18_000,
    })
  })

  it.each([
    ['an unknown line', [{ lineId: 'no', quantity: 1 }], 'unknown_line'],
    ['too many of a line', [{ lineId: '', quantity: 3 }], 'too_big'],
    ['everything', [{ lineId: '', quantity: 2 }], 'nothing_left_reject_instead'],
  ])('refuses %s and changes nothing', async (_, wanted, reason) => {
    const { kitchen, restaurant, order, line } = await withPaidOrder()
    const before = await kitchen.everything()
    const unavailableLines = wanted.map((one) => ({ ...one, lineId: one.lineId || line.id }))
    expect(await restaurant.execute(STAFF, accept(order.id, { unavailableLines }))).toMatchObject({
      refusal: { kind: 'INVALID', errors: [{ reason }] },
    })
    expect(await kitchen.everything()).toEqual(before)
  })
})

describe('rejecting an order', () => {
  it('returns portions and money, and marks what ran out', async () => {
    const { kitchen, restaurant, order, item, now, stock } = await withPaidOrder()
    await restaurant.done(STAFF, reject(order.id, [item.id]))
    expect(await stock()).toEqual({ level: 10, reserved: 0 })
    expect(await now()).toMatchObject({ status: 'REJECTED', endReason: '재료 소진' })
    expect(
      await restaurant.execute(guest('jiyoung'), orderOf([{ itemId: item.id, quantity: 1 }])),
    ).toMatchObject({
      refusal: { kind: 'OUT_OF_STOCK', items: [{ itemId: item.id, available: 0 }] },
    })
    expect(await payBack(kitchen)).toEqual([36_000])
    expect(await now()).toMatchObject({ paymentStatus: 'REFUNDED', refundedAmount: 36_000 })
  })

  it('ends a payment that is open: it can be claimed no more', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    const payment = await kitchen.opened(order)
    await kitchen.restaurant.done(STAFF, reject(order.id))
    expect(await kitchen.claim(payment)).toMatchObject({ refusal: { kind: 'ORDER_STATE' } })
    expect(await kitchen.view(order)).toMatchObject({
      order: { paymentStatus: 'UNPAID' },
      payments: [{ status: 'ENDED' }],
    })
    expect(await kitchen.agenda('expire-order')).toEqual([])
  })
})

describe('cancelling an order', () => {
  it('returns portions and money while the kitchen has not accepted', async () => {
    const { kitchen, restaurant, order, minsu, now, stock } = await withPaidOrder()
    await restaurant.done(minsu, cancel(order.id))
    expect(await stock()).toEqual({ level: 10, reserved: 0 })
    expect(await payBack(kitchen)).toEqual([36_000])
    expect(await now()).toMatchObject({ status: 'CANCELLED', paymentStatus: 'REFUNDED' })
  })

  it('is refused once the kitchen has accepted', async () => {
    const { restaurant, order, minsu, now, stock } = await withPaidOrder()
    await restaurant.done(STAFF, accept(order.id))
    expect(await restaurant.execute(minsu, cancel(order.id))).toMatchObject({
      refusal: { kind: 'ORDER_STATE', status: 'ACCEPTED', event: 'cancel' },
    })
    expect(await now()).toMatchObject({ status: 'ACCEPTED' })
    expect(await stock()).toEqual({ level: 8, reserved: 0 })
  })

  it("knows nothing of another guest's order", async () => {
    const { restaurant, order } = await withPaidOrder()
    expect(await restaurant.execute(guest('jiyoung'), cancel(order.id))).toEqual({
      ok: false,
      refusal: { kind: 'NOT_FOUND', what: 'order' },
    })
  })

  it('happens once when the guest and the tablet act at the same moment', async () => {
    const { kitchen, restaurant, order, minsu, stock } = await withPaidOrder()
    const answers = await Promise.all([
      restaurant.execute(minsu, cancel(order.id)),
      restaurant.execute(STAFF, accept(order.id)),
      restaurant.execute(minsu, cancel(order.id)),
      restaurant.execute(STAFF, reject(order.id)),
    ])
    expect(answers.map((answer) => answer.ok)).toEqual([true, false, false, false])
    expect(await stock()).toEqual({ level: 10, reserved: 0 })
    expect(await payBack(kitchen)).toEqual([36_000])
  })
})

describe('while the provider is asked for the money', () => {
  it.each([
    ['rejecting', reject, STAFF],
    ['cancelling', cancel, guest('minsu')],
  ] as const)('%s waits', async (_, command, asker) => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    await kitchen.claimed(await kitchen.opened(order))
    expect(await kitchen.restaurant.execute(asker, command(order.id))).toMatchObject({
      refusal: { kind: 'CAPTURING' },
    })
  })
})

describe('cooking and serving', () => {
  it('goes from accepted to ready to completed, each told with its time', async () => {
    const { restaurant, order, now } = await withPaidOrder()
    const times: Record<string, number> = {}
    for (const [stamp, command] of [
      ['acceptedAt', accept(order.id)],
      ['readyAt', ready(order.id)],
      ['completedAt', complete(order.id)],
    ] as const) {
      restaurant.passes(MINUTE)
      times[stamp] = restaurant.now()
      await restaurant.done(STAFF, command)
    }
    expect(await now()).toMatchObject({ status: 'COMPLETED', ...times })
    const told = (await restaurant.events()).flatMap(({ type, subject }) =>
      type === 'STATUS_CHANGED' && subject.kind === 'order' ? [subject.order.status] : [],
    )
    expect(told).toEqual(['ACCEPTED', 'READY', 'COMPLETED'])
  })

  it('skips no step and takes none back', async () => {
    const { restaurant, order } = await withPaidOrder()
    expect(await restaurant.execute(STAFF, complete(order.id))).toMatchObject({ ok: false })
    await restaurant.done(STAFF, accept(order.id))
    expect(await restaurant.execute(STAFF, complete(order.id))).toMatchObject({ ok: false })
    await restaurant.done(STAFF, ready(order.id))
    for (const command of [accept(order.id), reject(order.id), ready(order.id)])
      expect(await restaurant.execute(STAFF, command)).toMatchObject({
        refusal: { kind: 'ORDER_STATE', status: 'READY' },
      })
  })
})

describe('a tablet that has seen an order', () => {
  it('says so once; saying it again tells nobody anything', async () => {
    const { restaurant, order, now } = await withPaidOrder()
    await restaurant.done(STAFF, acknowledge(order.id))
    const seenAt = restaurant.now()
    restaurant.passes(SECOND)
    const events = await restaurant.events()
    await restaurant.done(STAFF, acknowledge(order.id))
    expect(await restaurant.events()).toEqual(events)
    expect(await now()).toMatchObject({ status: 'PENDING', acknowledgedAt: seenAt })
    expect(events.at(-1)?.type).toBe('ORDER_ACKNOWLEDGED')
  })

  it('cannot silence an order that waits for its payment', async () => {
    const { restaurant, place } = await openKitchen()
    const order = await place()
    expect(await restaurant.execute(STAFF, acknowledge(order.id))).toMatchObject({
      refusal: { kind: 'ORDER_STATE', event: 'acknowledge' },
    })
  })
})

describe('the deadline on acceptance', () => {
  it('starts when the money is in', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    expect(await kitchen.agenda('accept-deadline')).toEqual([])
    kitchen.restaurant.passes(5 * MINUTE)
    await kitchen.paid(order)
    const acceptBy = kitchen.restaurant.now() + 10 * MINUTE
    expect((await kitchen.view(order)).order).toMatchObject({ acceptBy, expiresAt: null })
    expect(await kitchen.agenda('accept-deadline')).toMatchObject([{ due: acceptBy }])
    expect(await kitchen.agenda('expire-order')).toEqual([])
  })

  it('starts with the placing where payment comes after the meal', async () => {
    const { restaurant, place, agenda } = await openKitchen(POSTPAID)
    await place(undefined, 1, { paymentMethod: 'COUNTER' })
    expect(await agenda('accept-deadline')).toMatchObject([{ due: restaurant.now() + 10 * MINUTE }])
  })

  it('rejects and pays back where the restaurant chose so', async () => {
    const { kitchen, restaurant, now, stock } = await withPaidOrder()
    restaurant.passes(10 * MINUTE)
    await restaurant.ringAlarm()
    expect(await now()).toMatchObject({ status: 'REJECTED', endReason: 'NOT_ACCEPTED_IN_TIME' })
    expect(await stock()).toEqual({ level: 10, reserved: 0 })
    expect(await payBack(kitchen)).toEqual([36_000])
    expect(await now()).toMatchObject({ paymentStatus: 'REFUNDED' })
  })

  it('accepts where the restaurant chose so, and the board rings on', async () => {
    const { restaurant, now, stock } = await withPaidOrder({ acceptDeadlineOutcome: 'AUTO_ACCEPT' })
    restaurant.passes(10 * MINUTE)
    await restaurant.ringAlarm()
    expect(await now()).toMatchObject({ status: 'ACCEPTED', acknowledgedAt: null })
    expect(await stock()).toEqual({ level: 8, reserved: 0 })
  })

  it('ends an order whose money went back meanwhile, whatever was chosen', async () => {
    const { kitchen, restaurant, order, now, stock } = await withPaidOrder({
      acceptDeadlineOutcome: 'AUTO_ACCEPT',
    })
    await restaurant.done(STAFF, {
      type: 'request-refund',
      orderId: order.id,
      amount: null,
      reason: '손님 요청',
    })
    await payBack(kitchen)
    restaurant.passes(10 * MINUTE)
    await restaurant.ringAlarm()
    expect(await now()).toMatchObject({ status: 'REJECTED', paymentStatus: 'REFUNDED' })
    expect(await stock()).toEqual({ level: 10, reserved: 0 })
  })

  it('waits while the money is being asked for', async () => {
    const kitchen = await openKitchen(POSTPAID)
    const order = await kitchen.place()
    const payment = await kitchen.opened(order)
    kitchen.restaurant.passes(10 * MINUTE - SECOND)
    const attempt = await kitchen.claimed(payment)
    kitchen.restaurant.passes(2 * SECOND)
    await kitchen.restaurant.ringAlarm()
    expect((await kitchen.view(order)).order.status).toBe('PENDING')
    await kitchen.settle(payment, attempt)
    kitchen.restaurant.passes(5 * SECOND)
    await kitchen.restaurant.ringAlarm()
    expect((await kitchen.view(order)).order.status).toBe('REJECTED')
  })
})

describe('counting that changes while orders are open', () => {
  it('started late, knows what open orders hold', async () => {
    const kitchen = await openKitchen(POSTPAID)
    const { restaurant, item, place } = kitchen
    await restaurant.done(OWNER, stocked(item.id, null))
    const order = await place(undefined, 3, { paymentMethod: 'COUNTER' })
    await restaurant.done(OWNER, stocked(item.id, 5))
    expect(await kitchen.stock()).toEqual({ level: 5, reserved: 3 })
    await restaurant.done(STAFF, accept(order.id))
    expect(await kitchen.stock()).toEqual({ level: 2, reserved: 0 })
  })

  it('stopped, lets the orders that hold portions end as they like', async () => {
    const kitchen = await openKitchen(POSTPAID)
    const { restaurant, item, place, minsu } = kitchen
    const order = await place(undefined, 3, { paymentMethod: 'COUNTER' })
    await restaurant.done(OWNER, stocked(item.id, null))
    await restaurant.done(minsu, cancel(order.id))
    expect(await kitchen.stock()).toBeUndefined()
  })
})
