import { describe, expect, it } from 'vitest'
import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import type { PaymentState } from '../../src/domain/payment/payment.ts'
import {
  accept,
  cancel,
  EVERY_WAY,
  found,
  MINUTE,
  openKitchen,
  POSTPAID,
  SECOND,
} from '../support/ordering.ts'
import { eventsOf, many, REFUSED, sum } from '../support/paying.ts'
import { STAFF } from '../support/restaurant.ts'

const MINSU: Asker = { role: 'CUSTOMER', sessionId: 'phone', userId: 'minsu', visit: null }

/** An order of 18,000 of which 5,000 are to be paid by points; what the wallet says comes by `tell`. */
async function withPoints(settings: Parameters<typeof openKitchen>[0] = {}, pointsAmount = 5_000) {
  const kitchen = await openKitchen({ ...EVERY_WAY, ...settings })
  const order = await kitchen.place(MINSU, 1, { pointsAmount })
  const payments = async () => (await kitchen.view(order)).payments
  const points = (await payments())[0]!
  const now = async (): Promise<OrderState> => (await kitchen.view(order)).order
  const tell = (outcome: 'captured' | 'refused') =>
    kitchen.settle(
      points,
      points.attemptId ?? '',
      outcome === 'refused'
        ? REFUSED
        : { kind: 'captured', amount: points.amount, currency: 'KRW' },
    )
  /** The rest by card. */
  const payRest = async (amount = 18_000 - pointsAmount): Promise<PaymentState> => {
    const card = await kitchen.opened(order, MINSU, amount)
    await kitchen.settle(card, await kitchen.claimed(card, MINSU))
    return card
  }
  return { ...kitchen, kitchen, order, points, payments, now, tell, payRest }
}

/** A postpaid order of 18,000. */
async function eating(settings: Parameters<typeof openKitchen>[0] = {}) {
  const kitchen = await openKitchen({ ...EVERY_WAY, ...POSTPAID, ...settings })
  const order = await kitchen.place()
  const now = async (): Promise<OrderState> => (await kitchen.view(order)).order
  const settleCash = (amount: number | null = null) =>
    kitchen.restaurant.execute(STAFF, {
      type: 'settle-order',
      orderId: order.id,
      amount,
      by: 'CASH',
      note: null,
    })
  return { ...kitchen, kitchen, order, now, settleCash }
}

describe('an order paid by points and a card', () => {
  it('is paid when both are in, in whichever order they come', async () => {
    for (const first of ['points', 'card']) {
      const { tell, payRest, now, kitchen } = await withPoints()
      if (first === 'points') await tell('captured')
      await payRest()
      if (first === 'card') {
        expect(await now()).toMatchObject({ paymentStatus: 'PENDING', capturedAmount: 13_000 })
        await tell('captured')
      }
      expect(await now()).toMatchObject({
        paymentStatus: 'PAID',
        capturedAmount: 18_000,
        expiresAt: null,
      })
      expect(await eventsOf(kitchen, 'PAYMENT_COMPLETED')).toHaveLength(1)
    }
  })

  it('ends when the points are refused, and what the card brought goes back', async () => {
    const { tell, payRest, now, taken, stock } = await withPoints()
    await payRest()
    await tell('refused')
    expect(await now()).toMatchObject({ status: 'CANCELLED', endReason: 'POINTS_REFUSED' })
    expect(taken('refund')).toMatchObject([{ amount: 13_000, reason: 'POINTS_REFUSED' }])
    expect(await stock()).toEqual({ level: 100, reserved: 0 })
  })

  it('has its points taken by the agenda where nobody took them', async () => {
    const { later, taken, points, order, agenda, tell } = await withPoints()
    taken('capture')
    await later(31 * SECOND)
    const { id: paymentId, attemptId } = points
    const details = { amount: 5_000, userId: 'minsu', orderId: order.id, attemptId }
    expect(taken('capture')).toMatchObject([{ paymentId, ...details }])
    await tell('captured')
    expect(await agenda('capture')).toEqual([])
  })

  it.each(['before', 'after'])(
    'goes back whole when it expires %s the points are in',
    async (when) => {
      const { tell, now, later, taken, report, points } = await withPoints()
      if (when === 'before') await tell('captured')
      taken('refund')
      await later(16 * MINUTE)
      expect(await now()).toMatchObject({ status: 'EXPIRED' })
      if (when === 'after') {
        expect(taken('void')).toMatchObject([{ paymentId: points.id, provider: 'wallet' }])
        const news = { kind: 'captured', found: found(points, 'CAPTURED') } as const
        await report({ kind: 'voided', paymentId: points.id, outcome: news })
      }
      expect(taken('refund')).toMatchObject([{ paymentId: points.id, amount: 5_000 }])
    },
  )

  it('asks for no more than the rest, and for nothing while points pay all of it', async () => {
    const { open, order, tell, now } = await withPoints()
    expect(await open(order, MINSU)).toMatchObject({
      refusal: { kind: 'AMOUNT_MISMATCH', expected: 13_000 },
    })
    await tell('captured')
    expect(await now()).toMatchObject({ paymentStatus: 'UNPAID', capturedAmount: 5_000 })
    const whole = await withPoints({}, 18_000)
    expect(await whole.open(whole.order, MINSU, 0)).toMatchObject({
      refusal: { kind: 'CAPTURING' },
    })
    await whole.tell('captured')
    expect(await whole.now()).toMatchObject({ paymentStatus: 'PAID' })
  })

  it('stays with the kitchen that has it, and is owed what the points did not bring', async () => {
    const { restaurant, tell, now, order, opened, payments } = await withPoints(POSTPAID_WAYS)
    const card = await opened(order, MINSU, 13_000)
    await restaurant.done(STAFF, accept(order.id))
    await tell('refused')
    expect(await now()).toMatchObject({ status: 'ACCEPTED', paymentStatus: 'UNPAID' })
    expect((await payments()).find(({ id }) => id === card.id)).toMatchObject({ status: 'ENDED' })
    expect((await opened(order, MINSU, 18_000)).amount).toBe(18_000)
  })

  it('ends for no points’ sake when it is paid without them', async () => {
    const { kitchen, order, later, lookedUp, now, tell } = await withPoints(POSTPAID_WAYS)
    const card = await kitchen.opened(order, MINSU, 13_000)
    await lookedUp(card, found(card, 'ENDED'))
    await kitchen.restaurant.done(STAFF, {
      type: 'settle-order',
      orderId: order.id,
      amount: 5_000,
      by: 'CASH',
      note: null,
    })
    // The card’s money turns up after all.
    await later(SECOND)
    await lookedUp(card, found(card, 'CAPTURED'))
    expect(await now()).toMatchObject({ paymentStatus: 'PAID', capturedAmount: 18_000 })
    await tell('refused')
    expect(await now()).toMatchObject({ status: 'PENDING', paymentStatus: 'PAID' })
  })

  it('gives points back last', async () => {
    const { restaurant, order, tell, payRest, points, taken } = await withPoints()
    await tell('captured')
    restaurant.passes(SECOND)
    const card = await payRest()
    await restaurant.done(STAFF, accept(order.id))
    const wish = { type: 'request-refund', orderId: order.id, reason: '식음' } as const
    taken('refund')
    const { further, ...first } = await restaurant.done(STAFF, { ...wish, amount: 15_000 })
    expect([first, ...(further ?? [])]).toMatchObject([
      { paymentId: card.id, amount: 13_000 },
      { paymentId: points.id, amount: 2_000 },
    ])
    const byProvider = taken('refund').map(({ provider, amount }) => [provider, amount])
    expect(Object.fromEntries(byProvider)).toEqual({ toss: 13_000, wallet: 2_000 })
  })
})

const POSTPAID_WAYS = { ...POSTPAID, ...EVERY_WAY }

describe('money at the counter', () => {
  it('comes in parts; two at once take no more than is due', async () => {
    const { settleCash, now, view, order } = await eating()
    const answers = await Promise.all(many(5).map(() => settleCash(7_000)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
    for (const answer of answers)
      if (!answer.ok)
        expect(answer.refusal).toEqual({ kind: 'AMOUNT_MISMATCH', expected: 4_000, given: 7_000 })
    expect(await now()).toMatchObject({ capturedAmount: 14_000, paymentStatus: 'UNPAID' })
    await settleCash()
    expect(await now()).toMatchObject({ capturedAmount: 18_000, paymentStatus: 'PAID' })
    expect(sum((await view(order)).payments.map(({ amount }) => amount))).toBe(18_000)
    expect((await settleCash()).ok).toBe(false)
  })

  it('pays the bill of an order that the guest has eaten', async () => {
    const { settleCash, restaurant, order, now } = await eating()
    await restaurant.done(STAFF, accept(order.id))
    await restaurant.done(STAFF, { type: 'ready-order', orderId: order.id })
    await restaurant.done(STAFF, { type: 'complete-order', orderId: order.id })
    await settleCash()
    expect(await now()).toMatchObject({ status: 'COMPLETED', paymentStatus: 'PAID' })
  })

  it('waits while the guest’s card is being asked', async () => {
    const { kitchen, order, settleCash, now } = await eating()
    const card = await withCard(kitchen, order)
    const attempt = await kitchen.claimed(card)
    expect(await settleCash()).toMatchObject({ refusal: { kind: 'CAPTURING' } })
    await kitchen.settle(card, attempt)
    expect(await now()).toMatchObject({ capturedAmount: 18_000 })
  })

  it('pays back by itself what the card brings all the same', async () => {
    const { kitchen, order, settleCash, lookedUp, taken, now, later } = await eating()
    const card = await withCard(kitchen, order)
    await settleCash(10_000)
    expect(taken('void')).toMatchObject([{ paymentId: card.id }])
    await later(SECOND)
    await lookedUp(card, found(card, 'CAPTURED'))
    expect(taken('refund')).toMatchObject([
      { paymentId: card.id, amount: 10_000, reason: 'OVERPAID' },
    ])
    expect(await now()).toMatchObject({ paymentStatus: 'PAID', capturedAmount: 28_000 })
  })

  it('is due back at once when the order is cancelled, and none of it is lost', async () => {
    const { settleCash, restaurant, order, minsu, now } = await eating()
    await settleCash(10_000)
    await restaurant.done(minsu, cancel(order.id))
    expect(await now()).toMatchObject({
      status: 'CANCELLED',
      paymentStatus: 'REFUND_DUE',
      refundDueAmount: 10_000,
    })
  })

  it('is less where the kitchen leaves lines out, and nothing is owed where that was the rest', async () => {
    const { kitchen, restaurant, now, minsu } = await eating()
    const order = await kitchen.place(minsu, 2)
    const cash = { type: 'settle-order', orderId: order.id, by: 'CASH', note: null } as const
    await restaurant.done(STAFF, { ...cash, amount: 20_000 })
    const [line] = order.lines
    const unavailableLines = [{ lineId: line!.id, quantity: 1 }]
    const accepted = await restaurant.done(STAFF, accept(order.id, { unavailableLines }))
    expect(accepted).toMatchObject({
      totalAmount: 18_000,
      capturedAmount: 20_000,
      paymentStatus: 'REFUND_DUE',
      refundDueAmount: 2_000,
    })
    expect((await now()).paymentStatus).toBe('UNPAID')
  })

  it('counts against the cap of unpaid orders until all of it is in', async () => {
    const kitchen = await openKitchen({ ...EVERY_WAY, maxUnpaidPerGuest: 1 })
    const order = await kitchen.place()
    const cash = { type: 'settle-order', orderId: order.id, by: 'CASH', note: null } as const
    await kitchen.restaurant.done(STAFF, { ...cash, amount: 1_000 })
    await expect(kitchen.place()).rejects.toThrow('TOO_MANY_UNPAID_ORDERS')
    await kitchen.restaurant.done(STAFF, { ...cash, amount: null })
    await kitchen.place()
  })

  it('goes back when the rest never comes', async () => {
    const kitchen = await openKitchen(EVERY_WAY)
    const order = await kitchen.place()
    await kitchen.restaurant.done(STAFF, {
      type: 'settle-order',
      orderId: order.id,
      amount: 1_000,
      by: 'CASH',
      note: null,
    })
    await kitchen.later(16 * MINUTE)
    expect((await kitchen.view(order)).order).toMatchObject({
      status: 'EXPIRED',
      paymentStatus: 'REFUND_DUE',
      refundDueAmount: 1_000,
    })
  })
})

const withCard = (kitchen: Awaited<ReturnType<typeof openKitchen>>, order: OrderState) =>
  kitchen.opened(order, kitchen.minsu, order.totalAmount)

describe('a payment whose order ends while its provider is being asked to open it', () => {
  it('is voided when the answer comes', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    const intent = await kitchen.open(order)
    if (!intent.ok) throw new Error(intent.refusal.kind)
    const { payment } = intent.value
    await kitchen.restaurant.done(kitchen.minsu, cancel(order.id))
    expect(kitchen.taken('void')).toEqual([])
    const opened = { kind: 'opened', providerKey: 'late', checkoutUrl: 'https://x.test' } as const
    await kitchen.restaurant.done(SYSTEM, {
      type: 'record-opening',
      paymentId: payment.id,
      outcome: opened,
    })
    expect(kitchen.taken('void')).toMatchObject([{ paymentId: payment.id, providerKey: 'late' }])
    await kitchen.report({
      kind: 'voided',
      paymentId: payment.id,
      outcome: { kind: 'voided' },
    })
    expect(await kitchen.agenda('void')).toEqual([])
  })
})
