import { describe, expect, it } from 'vitest'
import { cancel, found, MINUTE, SECOND } from '../support/ordering.ts'
import {
  DONE,
  eventsOf,
  many,
  REFUSED,
  sum,
  UNKNOWN,
  withClaim,
  withMoney,
  withOpenPayment,
} from '../support/paying.ts'
import { STAFF } from '../support/restaurant.ts'

describe('money that comes when it is not wanted any more', () => {
  it.each<[string, (w: Awaited<ReturnType<typeof withOpenPayment>>) => Promise<unknown>, string]>([
    ['expired', ({ later }) => later(41 * MINUTE), 'ORDER_EXPIRED'],
    ['cancelled', (w) => w.restaurant.done(w.minsu, cancel(w.order.id)), 'ORDER_CANCELLED'],
  ])('goes back by itself after the order was %s', async (_, end, reason) => {
    const world = await withOpenPayment()
    await end(world)
    world.taken('refund')
    await world.lookedUp(world.payment, found(world.payment, 'CAPTURED'))
    const [refund, ...more] = world.taken('refund')
    expect(more).toEqual([])
    expect(refund).toMatchObject({ amount: 18_000, reason, paymentId: world.payment.id })
    await world.report({
      kind: 'refunded',
      refundId: refund!.refundId,
      attempt: 0,
      outcome: DONE,
    })
    expect(await world.now()).toMatchObject({
      capturedAmount: 18_000,
      refundedAmount: 18_000,
      paymentStatus: 'REFUNDED',
    })
    // The portions went back when the order ended, and only then.
    expect(await world.stock()).toEqual({ level: 100, reserved: 0 })
  })

  it('is found though the answer that called it unpaid was older, and no webhook comes', async () => {
    const world = await withOpenPayment()
    const { later, restaurant, minsu, order, payment, claimed, lookedUp } = world
    const { taken, agenda, now, report } = world
    await claimed(payment)
    await later(31 * SECOND)
    await lookedUp(payment, found(payment, 'OPEN'))
    taken('look-up')
    await restaurant.done(minsu, cancel(order.id))
    expect(taken('void')).toMatchObject([{ paymentId: payment.id }])
    const news = { kind: 'captured', found: found(payment, 'CAPTURED') } as const
    await report({ kind: 'voided', paymentId: payment.id, outcome: news })
    expect(taken('refund')).toMatchObject([{ amount: 18_000, reason: 'ORDER_CANCELLED' }])
    expect([...(await agenda('look-up')), ...(await agenda('void'))]).toEqual([])
    expect(await now()).toMatchObject({ status: 'CANCELLED' })
  })

  it('is paid back when a second payment came through as well, and the order stays paid', async () => {
    const { restaurant, kitchen, order, payment, lookedUp, now, taken, report } =
      await withOpenPayment()
    await lookedUp(payment, found(payment, 'ENDED'))
    restaurant.passes(SECOND)
    await kitchen.paid(order)
    restaurant.passes(SECOND)
    await lookedUp(payment, found(payment, 'CAPTURED'))
    const refunds = taken('refund')
    expect(refunds).toMatchObject([{ paymentId: payment.id, amount: 18_000, reason: 'PAID_TWICE' }])
    for (const { refundId, attempt } of refunds)
      await report({ kind: 'refunded', refundId, attempt, outcome: DONE })
    expect(await now()).toMatchObject({
      paymentStatus: 'PAID',
      capturedAmount: 18_000,
      refundedAmount: 0,
    })
    expect(await eventsOf(kitchen, 'PAYMENT_COMPLETED')).toHaveLength(1)
  })
})

describe('paying back', () => {
  const asked = async (amount: number | null = null) => {
    const world = await withMoney()
    world.taken('refund')
    await world.restaurant.done(STAFF, {
      type: 'request-refund',
      orderId: world.order.id,
      amount,
      reason: '늦어서',
    })
    const [job] = world.taken('refund')
    const refundId = job!.refundId
    const tell = (attempt: number, outcome: Parameters<typeof refundReport>[2]) =>
      world.report(refundReport(refundId, attempt, outcome))
    const refund = async () => (await world.view(world.order)).refunds[0]!
    return { ...world, job: job!, tell, refund }
  }
  const refundReport = (
    refundId: string,
    attempt: number,
    outcome: typeof DONE | typeof REFUSED | typeof UNKNOWN,
  ) => ({ kind: 'refunded', refundId, attempt, outcome }) as const

  it('counts when the provider has done it, and only once', async () => {
    const { tell, now, everything, refund, agenda } = await asked(8_000)
    await tell(0, DONE)
    expect(await now()).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      refundedAmount: 8_000,
    })
    expect(await refund()).toMatchObject({ status: 'DONE' })
    expect(await agenda('refund')).toEqual([])
    const before = await everything()
    await tell(0, DONE)
    expect(await everything()).toEqual(before)
  })

  it('is tried three times with longer pauses; then people must, and everyone sees it', async () => {
    const { later, tell, now, refund, taken, agenda } = await asked()
    for (const [attempt, pause] of [
      [0, 60 * SECOND],
      [1, 120 * SECOND],
    ] as const) {
      await tell(attempt, REFUSED)
      expect(await refund()).toMatchObject({ status: 'REQUESTED', attempt: attempt + 1 })
      await later(pause - 1)
      expect(taken('refund')).toEqual([])
      await later(1)
      expect(taken('refund')).toMatchObject([{ attempt: attempt + 1 }])
    }
    await tell(2, REFUSED)
    expect(await refund()).toMatchObject({ status: 'DUE', failure: REFUSED.failure })
    expect(await now()).toMatchObject({ paymentStatus: 'REFUND_DUE', refundDueAmount: 18_000 })
    expect(await agenda('refund')).toEqual([])
  })

  it('is due no more when it turns out to have worked', async () => {
    const { tell, now } = await asked(8_000)
    for (const attempt of [0, 1, 2]) await tell(attempt, REFUSED)
    expect(await now()).toMatchObject({ paymentStatus: 'REFUND_DUE' })
    await tell(1, DONE)
    expect(await now()).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      refundDueAmount: 0,
      refundedAmount: 8_000,
    })
  })

  it('asks again under the same attempt after no answer, each time later', async () => {
    const { later, tell, taken, refund } = await asked()
    for (const pause of [20, 40, 80]) {
      await tell(0, UNKNOWN)
      expect(await refund()).toMatchObject({ status: 'REQUESTED', attempt: 0 })
      await later(pause * SECOND - 1)
      expect(taken('refund')).toEqual([])
      await later(1)
      expect(taken('refund')).toMatchObject([{ attempt: 0 }])
    }
  })

  it('takes no notice of a refusal of an earlier attempt', async () => {
    const { tell, refund } = await asked()
    await tell(0, REFUSED)
    await tell(0, REFUSED)
    expect(await refund()).toMatchObject({ attempt: 1 })
  })

  it('never promises more than came in, whoever asks at once', async () => {
    const { restaurant, order, view } = await withMoney()
    const answers = await Promise.all(
      many(10).map(() =>
        restaurant.execute(STAFF, {
          type: 'request-refund',
          orderId: order.id,
          amount: 5_000,
          reason: '늦어서',
        }),
      ),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3)
    for (const answer of answers)
      if (!answer.ok)
        expect(answer.refusal).toEqual({ kind: 'REFUND_TOO_LARGE', refundable: 3_000 })
    expect(sum((await view(order)).refunds.map((refund) => refund.amount))).toBe(15_000)
  })

  it('gives nothing back of what never came', async () => {
    const { restaurant, order } = await withOpenPayment()
    expect(
      await restaurant.execute(STAFF, {
        type: 'request-refund',
        orderId: order.id,
        amount: null,
        reason: '',
      }),
    ).toEqual({ ok: false, refusal: { kind: 'REFUND_TOO_LARGE', refundable: 0 } })
  })
})

describe('reports', () => {
  it('about what is not here change nothing', async () => {
    const { report, everything } = await withMoney()
    const before = await everything()
    await report({ kind: 'looked-up', paymentId: 'no', outcome: { kind: 'missing' } })
    await report({ kind: 'refunded', refundId: 'no', attempt: 0, outcome: DONE })
    expect(await everything()).toEqual(before)
  })

  it('with another amount than we asked for are nonsense, and the provider is asked again', async () => {
    const { payment, lookedUp, state, settle, attempt } = await withClaim()
    await lookedUp(payment, found({ ...payment, amount: 1 }, 'CAPTURED'))
    await settle(payment, attempt, { kind: 'captured', amount: 1, currency: 'KRW' })
    expect(await state()).toMatchObject({ status: 'CAPTURING' })
  })

  it('that are nonsense again and again are asked for at longer and longer intervals', async () => {
    const { payment, lookedUp, later, taken, agenda } = await withClaim()
    await later(31_000)
    expect(taken('look-up')).toHaveLength(1)
    const [first] = await agenda('look-up')
    await lookedUp(payment, found({ ...payment, amount: 1 }, 'CAPTURED'))
    expect(taken('look-up')).toEqual([])
    expect(await agenda('look-up')).toEqual([first])
    await later(60_000)
    expect(taken('look-up')).toHaveLength(1)
    const [second] = await agenda('look-up')
    expect(second!['attempt']).toBe(Number(first!['attempt']) + 1)
  })
})
