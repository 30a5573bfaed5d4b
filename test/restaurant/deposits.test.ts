import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Commands } from '../../src/domain/commands.ts'
import { ACCOUNT, alarms, withDeposits } from '../support/deposits.ts'
import { accept, cancel, DAY, HOUR, MINUTE, openKitchen, POSTPAID } from '../support/ordering.ts'
import { guest, STAFF } from '../support/restaurant.ts'

describe('an order by deposit', () => {
  it('waits for its money from the moment it stands, as long as the setting says', async () => {
    const { place, paymentOf, restaurant, agenda, taken } = await withDeposits({
      depositWindowSeconds: 600,
    })
    const order = await place()
    const until = restaurant.now() + 10 * MINUTE
    expect(order.expiresAt).toBe(until)
    expect(await paymentOf(order)).toMatchObject({
      provider: 'deposit',
      status: 'AWAITING',
      amount: 18_000,
      payerName: '김민수',
      account: { ...ACCOUNT, dueAt: until },
      expiresAt: until,
    })
    expect(taken('register')).toMatchObject([
      { amount: 18_000, payerName: '김민수', currency: 'KRW', expiresAt: until },
    ])
    expect(await agenda('look-up')).toMatchObject([{ due: until }])
  })

  it('is told apart by its number where the guest gave no name', async () => {
    const { place, paymentOf } = await withDeposits()
    const order = await place(null)
    expect((await paymentOf(order)).payerName).toBe(order.number)
  })

  it('answers a repeat with the same deposit', async () => {
    const { restaurant, minsu, item } = await withDeposits()
    const command = {
      type: 'place-order' as const,
      table: null,
      lines: [{ itemId: item.id, quantity: 1, options: [] }],
      paymentMethod: 'DEPOSIT' as const,
      payerName: '김민수',
      expectedTotal: null,
      specialRequests: null,
    }
    const key = { key: 'once', fingerprint: 'f' }
    const first = await restaurant.execute(minsu, command, key)
    const again = await restaurant.execute(minsu, command, key)
    expect(again).toEqual({ ...first, replayed: true })
    expect(await restaurant.rows('SELECT id FROM payments')).toHaveLength(1)
  })

  it('is registered once, and again while nobody answers', async () => {
    const { place, paymentOf, kitchen, agenda } = await withDeposits()
    const { id: paymentId } = await paymentOf(await place())
    const told = (outcome: Commands['record-opening']['input']['outcome']) =>
      kitchen.report({ kind: 'registered', paymentId, outcome })
    await told({ kind: 'unknown', detail: 'time-out' })
    expect(await agenda('register')).toHaveLength(1)
    await told({ kind: 'opened', providerKey: 'A'.repeat(22), checkoutUrl: null })
    expect(await agenda('register')).toEqual([])
  })

  it('is waited for by people where its registration was refused', async () => {
    const { place, paymentOf, kitchen, agenda, report, moneyOf } = await withDeposits()
    const order = await place()
    const { id: paymentId } = await paymentOf(order)
    const failure = { code: 'PAYACTION_401', message: '' }
    await kitchen.report({ kind: 'registered', paymentId, outcome: { kind: 'refused', failure } })
    expect(await agenda('register')).toEqual([])
    expect(await paymentOf(order)).toMatchObject({ status: 'AWAITING', failure })
    await report(order)
    expect(await moneyOf(order)).toEqual(['PENDING', 'PAID', 18_000])
  })

  it('is nothing that a restaurant without an account takes', async () => {
    const { restaurant, minsu, item } = await openKitchen()
    const wanted = {
      type: 'place-order' as const,
      table: null,
      lines: [{ itemId: item.id, quantity: 1, options: [] }],
      paymentMethod: 'DEPOSIT' as const,
      expectedTotal: null,
      specialRequests: null,
    }
    expect(await restaurant.execute(minsu, wanted)).toMatchObject({
      refusal: { kind: 'PAYMENT_METHOD_NOT_ACCEPTED' },
    })
  })
})

describe('the word that a deposit is in', () => {
  it('pays the order once, however often it comes', async () => {
    const { place, report, moneyOf, restaurant } = await withDeposits()
    const order = await place()
    const told = await Promise.all([report(order), report(order), report(order)])
    expect(told.every(({ ok }) => ok)).toBe(true)
    expect(await moneyOf(order)).toEqual(['PENDING', 'PAID', 18_000])
    expect(
      (await restaurant.events()).filter(({ type }) => type === 'PAYMENT_COMPLETED'),
    ).toHaveLength(1)
    expect(await restaurant.rows('SELECT id FROM refunds')).toEqual([])
  })

  it('is refused with another sum', async () => {
    const { place, paymentOf, restaurant, moneyOf } = await withDeposits()
    const order = await place()
    const { id: paymentId } = await paymentOf(order)
    const told = { type: 'report-deposit' as const, paymentId, amount: 17_000 }
    expect(await restaurant.execute(STAFF, told)).toMatchObject({
      refusal: { kind: 'AMOUNT_MISMATCH', expected: 18_000, given: 17_000 },
    })
    expect((await moneyOf(order))[1]).toBe('PENDING')
  })

  it('is about deposits alone', async () => {
    const { kitchen, restaurant } = await withDeposits()
    const payment = await kitchen.opened(await kitchen.place())
    const told = { type: 'report-deposit' as const, paymentId: payment.id, amount: null }
    expect(await restaurant.execute(SYSTEM, told)).toMatchObject({ refusal: { kind: 'NOT_FOUND' } })
  })

  it.each(['expired', 'cancelled'] as const)(
    'makes money that came after the order had %s due back at once',
    async (how) => {
      const { place, report, later, restaurant, minsu, kitchen, moneyOf } = await withDeposits()
      const order = await place()
      if (how === 'expired') await later(2 * HOUR)
      else await restaurant.done(minsu, { type: 'cancel-order', orderId: order.id, reason: null })
      await report(order)
      await report(order)
      const { refunds, payments } = await kitchen.view(order)
      expect(payments).toMatchObject([{ status: 'CAPTURED' }])
      expect(refunds).toMatchObject([{ status: 'DUE', amount: 18_000 }])
      expect(await moneyOf(order)).toEqual([how.toUpperCase(), 'REFUND_DUE', 18_000])
    },
  )
})

describe('money that names no order', () => {
  it('pays the one order that waits for its sum from its name', async () => {
    const { place, note, moneyOf, restaurant } = await withDeposits()
    const [order, other] = [await place(), await place('이영희', guest('yh'))]
    expect(await note()).toMatchObject({ status: 'MATCHED' })
    expect(await moneyOf(order)).toEqual(['PENDING', 'PAID', 18_000])
    expect((await moneyOf(other))[1]).toBe('PENDING')
    expect(await alarms({ restaurant })).toBe(0)
  })

  it('is one deposit however often its delivery comes', async () => {
    const { place, note, all, moneyOf } = await withDeposits()
    const order = await place()
    const first = await note({ traceId: 'once' })
    expect(await note({ traceId: 'once' })).toEqual(first)
    expect(await note({ traceId: 'once', amount: 5 })).toEqual(first)
    expect(await all()).toEqual([first])
    expect((await moneyOf(order))[2]).toBe(18_000)
  })

  it('waits for people where two orders look the same', async () => {
    const { place, note, moneyOf, restaurant } = await withDeposits()
    const orders = [await place(), await place('김 민수', guest('other'))]
    expect(await note()).toMatchObject({
      status: 'UNMATCHED',
      paymentId: null,
      candidates: orders.map(({ id }) => id),
    })
    for (const order of orders) expect((await moneyOf(order))[1]).toBe('PENDING')
    expect(await alarms({ restaurant })).toBe(1)
  })

  it.each([
    ['more', 18_001],
    ['less', 17_999],
  ])('waits for people where it is %s than any order costs', async (_, amount) => {
    const { place, note, moneyOf } = await withDeposits()
    const order = await place()
    expect(await note({ amount })).toMatchObject({ status: 'UNMATCHED', candidates: [] })
    expect((await moneyOf(order))[1]).toBe('PENDING')
  })

  it('names the order that ended before it came, and pays nothing', async () => {
    const { place, note, later, moneyOf, restaurant } = await withDeposits()
    const order = await place()
    await later(3 * HOUR)
    expect(await note()).toMatchObject({ status: 'UNMATCHED', candidates: [order.id] })
    expect(await moneyOf(order)).toEqual(['EXPIRED', 'UNPAID', 0])
    expect(await restaurant.rows('SELECT id FROM refunds')).toEqual([])
  })
})

describe('one transfer that is told of twice', () => {
  it('is the same money where the feed comes after the word', async () => {
    const { place, report, note, moneyOf, restaurant, paymentOf } = await withDeposits()
    const order = await place()
    await report(order)
    const { id: paymentId } = await paymentOf(order)
    expect(await note()).toMatchObject({ status: 'MATCHED', paymentId })
    expect(await alarms({ restaurant })).toBe(0)
    // The guest paid a second time: that is other money.
    expect(await note()).toMatchObject({ status: 'UNMATCHED' })
    expect((await moneyOf(order))[2]).toBe(18_000)
  })

  it('is the same money where the word comes after the feed', async () => {
    const { place, report, note, moneyOf, restaurant } = await withDeposits()
    const order = await place()
    await note()
    await report(order)
    expect((await moneyOf(order))[2]).toBe(18_000)
    expect(await restaurant.rows('SELECT id FROM refunds')).toEqual([])
  })

  it('needs nobody any more where the word tells what the feed could not', async () => {
    const { place, report, note, all, paymentOf } = await withDeposits()
    const [one, two] = [await place(), await place('김민수', guest('other'))]
    await note()
    await report(one)
    expect(await all()).toMatchObject([{ status: 'MATCHED', paymentId: (await paymentOf(one)).id }])
    // What comes next can only be the other's.
    expect(await note()).toMatchObject({ paymentId: (await paymentOf(two)).id })
  })
})

describe('a deposit that nobody waits for any more', () => {
  it.each([
    { kind: 'opened', providerKey: 'code', checkoutUrl: null } as const,
    { kind: 'unknown', detail: 'time-out' } as const,
  ])('is taken back again where it was made known meanwhile ($kind)', async (outcome) => {
    const { place, paymentOf, restaurant, minsu, kitchen, taken } = await withDeposits()
    const order = await place()
    const { id: paymentId } = await paymentOf(order)
    await restaurant.done(minsu, cancel(order.id))
    expect(taken('void')).toMatchObject([{ paymentId }])
    await kitchen.report({ kind: 'voided', paymentId, outcome: { kind: 'voided' } })
    await kitchen.report({ kind: 'registered', paymentId, outcome })
    expect(taken('void')).toMatchObject([{ paymentId }])
  })

  it('is taken back where it was registered, for a day at most', async () => {
    const { place, later, kitchen, agenda, taken, paymentOf } = await withDeposits()
    const order = await place()
    const { id: paymentId } = await paymentOf(order)
    await later(2 * HOUR)
    expect(taken('void')).toMatchObject([{ paymentId, provider: 'deposit' }])
    const unknown = { kind: 'unknown', detail: 'time-out' } as const
    await kitchen.report({ kind: 'voided', paymentId, outcome: unknown })
    expect(await agenda('void')).toHaveLength(1)
    await later(DAY + MINUTE)
    expect(taken('void')).toEqual([])
    expect(await agenda('void')).toEqual([])
  })

  it('ends by its window where payment comes after, and may be opened again under its name', async () => {
    const { place, kitchen, later, taken, paymentOf, restaurant, minsu } = await withDeposits({
      ...POSTPAID,
      paymentMethods: ['COUNTER', 'DEPOSIT'],
      depositAccount: ACCOUNT,
    })
    const order = await place()
    await restaurant.done(STAFF, accept(order.id))
    const first = await paymentOf(order)
    taken('look-up')
    await later(2 * HOUR)
    expect(taken('look-up')).toMatchObject([{ paymentId: first.id }])
    await kitchen.lookedUp(first, { kind: 'missing' })
    expect((await paymentOf(order)).status).toBe('ENDED')
    const again = await restaurant.done(minsu, {
      type: 'open-payment',
      orderId: order.id,
      amount: 18_000,
      method: 'DEPOSIT',
      viaLink: false,
    })
    expect(again).toMatchObject({
      fresh: false,
      payment: { status: 'AWAITING', payerName: '김민수' },
    })
    expect(again.payment.id).not.toBe(first.id)
    expect(taken('register')).toMatchObject([{ paymentId: again.payment.id }])
  })
})
