import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { CaptureOutcome, LookupOutcome } from '../../src/domain/payment/outcomes.ts'
import type { PaymentState } from '../../src/domain/payment/payment.ts'
import {
  found,
  HOUR,
  MINUTE,
  openKitchen,
  POSTPAID,
  providerKeyOf,
  SECOND,
} from '../support/ordering.ts'
import {
  eventsOf,
  many,
  REFUSED,
  UNKNOWN,
  withClaim,
  withMoney,
  withOpenPayment,
} from '../support/paying.ts'
import { guest } from '../support/restaurant.ts'

describe('opening a payment', () => {
  it('extends the hold to the provider’s window, once', async () => {
    const { restaurant, payment, settle, claimed, open, now, order, agenda } =
      await withOpenPayment()
    const expiresAt = restaurant.now() + 40 * MINUTE
    expect(await now()).toMatchObject({ expiresAt, paymentStatus: 'PENDING' })
    expect(payment.expiresAt).toBe(expiresAt)
    expect(await agenda('expire-order')).toMatchObject([{ due: expiresAt }])
    restaurant.passes(5 * MINUTE)
    await settle(payment, await claimed(payment), REFUSED)
    expect(await open(order)).toMatchObject({ value: { fresh: true, payment: { expiresAt } } })
    expect(await now()).toMatchObject({ expiresAt })
  })

  it('is announced with the longer hold', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    await kitchen.open(order)
    const expiresAt = kitchen.restaurant.now() + 40 * MINUTE
    const last = (await kitchen.restaurant.events()).at(-1)
    expect(last).toMatchObject({
      subject: { order: { expiresAt }, payments: [{ status: 'OPENING' }] },
    })
  })

  it('lets one of many parallel callers ask the provider', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    const answers = await Promise.all(many(30).map(() => kitchen.open(order)))
    expect(answers.filter((answer) => answer.ok && answer.value.fresh)).toHaveLength(1)
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal.kind).toBe('IDEMPOTENCY_IN_PROGRESS')
    expect((await kitchen.view(order)).payments).toHaveLength(1)
  })

  it('gives every later caller the payment that waits', async () => {
    const { open, order, payment } = await withOpenPayment()
    expect(await open(order)).toMatchObject({
      value: { fresh: false, payment: { id: payment.id, status: 'READY' } },
    })
  })

  it('goes on under the same id when the first caller never came back', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    const first = await kitchen.open(order)
    if (!first.ok) throw new Error(first.refusal.kind)
    kitchen.restaurant.passes(15 * SECOND)
    expect(await kitchen.open(order)).toMatchObject({
      value: { fresh: true, payment: { id: first.value.payment.id } },
    })
  })

  it('finds the payment in whatever state when it is repeated under its key', async () => {
    const { restaurant, minsu, order, payment, settle, claimed } = await withOpenPayment()
    const ask = () =>
      restaurant.execute(
        minsu,
        {
          type: 'open-payment',
          orderId: order.id,
          amount: order.totalAmount,
          method: 'CARD',
          viaLink: false,
        },
        { key: 'open-1', fingerprint: 'f' },
      )
    expect(await ask()).toMatchObject({ value: { payment: { id: payment.id } }, replayed: false })
    await settle(payment, await claimed(payment))
    expect(await ask()).toMatchObject({
      value: { fresh: false, payment: { id: payment.id, status: 'CAPTURED' } },
      replayed: true,
    })
  })

  it('refuses another amount, another’s order, and an order that is paid', async () => {
    const { open, order, settle, claimed, payment } = await withOpenPayment()
    expect(await open({ ...order, totalAmount: 1 })).toMatchObject({
      refusal: { kind: 'AMOUNT_MISMATCH', expected: 18_000, given: 1 },
    })
    expect(await open(order, guest('jiyoung'))).toMatchObject({ refusal: { kind: 'NOT_FOUND' } })
    await settle(payment, await claimed(payment))
    expect(await open(order)).toMatchObject({
      refusal: { kind: 'ORDER_STATE', paymentStatus: 'PAID', event: 'pay' },
    })
  })

  it('refused by the provider leaves the order payable', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    const first = await kitchen.open(order)
    if (!first.ok) throw new Error(first.refusal.kind)
    const paymentId = first.value.payment.id
    await kitchen.restaurant.done(SYSTEM, { type: 'record-opening', paymentId, outcome: REFUSED })
    expect(await kitchen.view(order)).toMatchObject({
      order: { paymentStatus: 'UNPAID', status: 'PENDING' },
      payments: [{ status: 'FAILED', failure: REFUSED.failure }],
    })
    await kitchen.paid(order)
    expect((await kitchen.view(order)).order.paymentStatus).toBe('PAID')
  })
})

describe('claiming the money', () => {
  it('lets one of a hundred parallel callers ask the provider', async () => {
    const { claim, payment } = await withOpenPayment()
    const answers = await Promise.all(many(100).map(() => claim(payment)))
    expect(answers.filter((answer) => answer.ok && answer.value.claimed)).toHaveLength(1)
    for (const answer of answers) if (!answer.ok) expect(answer.refusal.kind).toBe('CAPTURING')
  })

  it('answers later callers with what came of it', async () => {
    const { claim, payment } = await withMoney()
    expect(await claim(payment)).toMatchObject({
      value: { claimed: false, payment: { status: 'CAPTURED' }, order: { paymentStatus: 'PAID' } },
    })
  })

  it('finds the payment by its order as well', async () => {
    const { restaurant, minsu, order, payment } = await withOpenPayment()
    const providerKey = providerKeyOf(payment.id)
    expect(
      await restaurant.done(minsu, {
        type: 'claim-capture',
        id: order.id,
        providerKey,
        amount: 18_000,
        viaLink: false,
      }),
    ).toMatchObject({ claimed: true, payment: { id: payment.id } })
  })

  it.each([
    ['another key', { providerKey: 'key-of-mine' }, 'NOT_FOUND'],
    ['another amount', { amount: 1 }, 'AMOUNT_MISMATCH'],
    ['an unknown payment', { id: 'no' }, 'NOT_FOUND'],
  ])('refuses %s', async (_, wrong, kind) => {
    const { restaurant, minsu, payment, everything } = await withOpenPayment()
    const before = await everything()
    const answer = await restaurant.execute(minsu, {
      type: 'claim-capture',
      id: payment.id,
      providerKey: providerKeyOf(payment.id),
      amount: payment.amount,
      viaLink: false,
      ...wrong,
    })
    expect(answer).toMatchObject({ ok: false, refusal: { kind } })
    expect(await everything()).toEqual(before)
  })

  it('is refused to a stranger, but not to who came back through the link', async () => {
    const { restaurant, claim, payment } = await withOpenPayment()
    expect(await claim(payment, guest('jiyoung'))).toMatchObject({ refusal: { kind: 'NOT_FOUND' } })
    const command = {
      type: 'claim-capture',
      id: payment.id,
      providerKey: providerKeyOf(payment.id),
      amount: payment.amount,
      viaLink: true,
    } as const
    expect(await restaurant.execute(guest('jiyoung'), command)).toMatchObject({ ok: true })
  })
})

describe('settling', () => {
  it('pays the order once, however often the claimant says so', async () => {
    const { kitchen, settle, payment, attempt, now, everything } = await withClaim()
    await settle(payment, attempt)
    expect(await now()).toMatchObject({ paymentStatus: 'PAID', capturedAmount: 18_000 })
    const before = await everything()
    await settle(payment, attempt)
    expect(await everything()).toEqual(before)
    expect(await eventsOf(kitchen, 'PAYMENT_COMPLETED')).toHaveLength(1)
  })

  it.each<[string, CaptureOutcome, string, string]>([
    ['refused', REFUSED, 'FAILED', 'UNPAID'],
    ['not authenticated', { kind: 'not-authenticated' }, 'READY', 'PENDING'],
  ])(
    'leaves a prepaid order unpaid when the provider says %s',
    async (_, outcome, status, paid) => {
      const { settle, payment, attempt, now, state } = await withClaim()
      await settle(payment, attempt, outcome)
      expect(await state()).toMatchObject({ status, attemptId: null, leaseUntil: null })
      expect(await now()).toMatchObject({ status: 'PENDING', paymentStatus: paid })
    },
  )

  it('looks up two seconds after an answer that told nothing', async () => {
    const { later, settle, payment, attempt, state, taken } = await withClaim()
    await settle(payment, attempt, UNKNOWN)
    expect(await state()).toMatchObject({ status: 'CAPTURING' })
    await later(2 * SECOND - 1)
    expect(taken('look-up')).toEqual([])
    await later(1)
    expect(taken('look-up')).toEqual([
      expect.objectContaining({ paymentId: payment.id, providerKey: providerKeyOf(payment.id) }),
    ])
  })

  it('takes money for money even from a claimant whose lease is long over', async () => {
    const { restaurant, settle, lookedUp, payment, attempt, now } = await withClaim()
    restaurant.passes(31 * SECOND)
    await lookedUp(payment, found(payment, 'OPEN'))
    await settle(payment, attempt)
    expect(await now()).toMatchObject({ paymentStatus: 'PAID' })
  })

  it("ignores a stale claimant's refusal", async () => {
    const { restaurant, settle, lookedUp, claimed, payment, attempt, state } = await withClaim()
    restaurant.passes(31 * SECOND)
    await lookedUp(payment, found(payment, 'OPEN'))
    await claimed(payment)
    await settle(payment, attempt, REFUSED)
    expect(await state()).toMatchObject({ status: 'CAPTURING' })
  })

  it('never moves back: a late refusal after the money changes nothing', async () => {
    const { settle, lookedUp, payment, attempt, everything, taken } = await withMoney()
    taken('look-up')
    const before = await everything()
    await settle(payment, attempt, REFUSED)
    for (const state of ['OPEN', 'FAILED', 'ENDED'] as const)
      await lookedUp(payment, found(payment, state))
    expect(await everything()).toEqual(before)
  })
})

describe('a claim whose claimant never came back', () => {
  const afterLease = async () => {
    const claim = await withClaim()
    await claim.later(30 * SECOND)
    return { ...claim, asked: claim.taken('look-up') }
  }

  it('is looked up when its lease is over, and not before', async () => {
    const claim = await withClaim()
    await claim.later(30 * SECOND - 1)
    expect(claim.taken('look-up')).toEqual([])
    expect((await afterLease()).asked).toHaveLength(1)
  })

  it.each<[string, (payment: PaymentState) => LookupOutcome, string, string, string]>([
    ['captured', (payment) => found(payment, 'CAPTURED'), 'CAPTURED', 'PAID', 'PENDING'],
    ['open', (payment) => found(payment, 'OPEN'), 'READY', 'PENDING', 'PENDING'],
    ['ended', (payment) => found(payment, 'ENDED'), 'ENDED', 'UNPAID', 'PENDING'],
    ['failed', (payment) => found(payment, 'FAILED'), 'FAILED', 'UNPAID', 'PENDING'],
    ['not known', () => ({ kind: 'missing' }), 'READY', 'PENDING', 'PENDING'],
  ])('when the provider says %s', async (_, outcome, status, paymentStatus, orderStatus) => {
    const { lookedUp, payment, state, now } = await afterLease()
    await lookedUp(payment, outcome(payment))
    expect(await state()).toMatchObject({ status })
    expect(await now()).toMatchObject({ status: orderStatus, paymentStatus })
  })

  it('guesses nothing from a look-up that told nothing, and asks again', async () => {
    const { later, lookedUp, payment, state, taken } = await afterLease()
    await lookedUp(payment, UNKNOWN)
    expect(await state()).toMatchObject({ status: 'CAPTURING' })
    await later(15 * SECOND)
    expect(taken('look-up')).toHaveLength(1)
  })

  it('may still be under way: an open payment says nothing before the lease is over', async () => {
    const { lookedUp, payment, state } = await withClaim()
    await lookedUp(payment, found(payment, 'OPEN'))
    expect(await state()).toMatchObject({ status: 'CAPTURING' })
  })

  it('holds the expiry up until the provider has told', async () => {
    const { restaurant, later, payment, claimed, now, lookedUp, stock } = await withOpenPayment()
    restaurant.passes(40 * MINUTE - 10 * SECOND)
    await claimed(payment)
    await later(11 * SECOND)
    expect(await now()).toMatchObject({ status: 'PENDING' })
    await later(HOUR)
    expect(await now()).toMatchObject({ status: 'PENDING' })
    await lookedUp(payment, found(payment, 'OPEN'))
    await later(5 * SECOND)
    expect(await now()).toMatchObject({ status: 'EXPIRED', paymentStatus: 'UNPAID' })
    expect(await stock()).toEqual({ level: 100, reserved: 0 })
  })

  it('saves the order when the money turns out to have come in time', async () => {
    const { restaurant, payment, claimed, now, lookedUp } = await withOpenPayment()
    restaurant.passes(40 * MINUTE - 10 * SECOND)
    await claimed(payment)
    restaurant.passes(HOUR)
    await lookedUp(payment, found(payment, 'CAPTURED'))
    expect(await now()).toMatchObject({ status: 'PENDING', paymentStatus: 'PAID', expiresAt: null })
  })
})

describe('a payment that nobody finishes', () => {
  it('ends with its order when its window is over, and the provider is told', async () => {
    const { later, now, state, taken, stock } = await withOpenPayment()
    await later(40 * MINUTE)
    expect(await now()).toMatchObject({ status: 'EXPIRED', paymentStatus: 'UNPAID' })
    expect(await state()).toMatchObject({ status: 'ENDED' })
    expect(taken('void')).toHaveLength(1)
    expect(await stock()).toEqual({ level: 100, reserved: 0 })
  })

  it('ends by itself where the order stays', async () => {
    const { later, payment, lookedUp, now, state, taken } = await withOpenPayment({
      ...POSTPAID,
      acceptDeadlineSeconds: 3 * 3600,
    })
    await later(40 * MINUTE)
    expect(taken('look-up')).toHaveLength(1)
    await lookedUp(payment, found(payment, 'OPEN'))
    expect(await state()).toMatchObject({ status: 'ENDED' })
    expect(await now()).toMatchObject({ status: 'PENDING', paymentStatus: 'UNPAID' })
  })
})
