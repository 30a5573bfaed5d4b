import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { FoundRefund } from '../../src/domain/payment/outcomes.ts'
import type { RefundState } from '../../src/domain/payment/payment.ts'
import { accept, EVERY_WAY, found, openKitchen, SECOND } from '../support/ordering.ts'
import { DONE, eventsOf, REFUSED, withMoney } from '../support/paying.ts'
import { OWNER, STAFF } from '../support/restaurant.ts'

const gone = (amount: number, more: Partial<FoundRefund> = {}): FoundRefund => ({
  refundId: null,
  providerRef: `desk-${amount}`,
  amount,
  status: 'DONE',
  ...more,
})

/** A paid order of 18,000 that the kitchen has; what the provider lists of refunds is told by `looks`. */
async function withProvider() {
  const world = await withMoney()
  const { restaurant, order, payment, lookedUp, view, taken } = world
  await restaurant.done(STAFF, accept(order.id))
  taken('refund')
  const refunds = async (): Promise<readonly RefundState[]> => (await view(order)).refunds
  return {
    ...world,
    refunds,
    looks: (...listed: FoundRefund[]) =>
      lookedUp(payment, found(payment, 'CAPTURED', { refunds: listed })),
    ask: (amount: number | null) =>
      restaurant.done(OWNER, {
        type: 'request-refund',
        orderId: order.id,
        amount,
        reason: '식음',
      }),
    ended: (refund: RefundState, outcome: typeof DONE | typeof REFUSED = DONE) =>
      world.report({ kind: 'refunded', refundId: refund.id, attempt: refund.attempt, outcome }),
    /** The provider refuses it until people have it. */
    givenUp: async (refund: RefundState): Promise<void> => {
      for (const attempt of [0, 1, 2])
        await world.report({ kind: 'refunded', refundId: refund.id, attempt, outcome: REFUSED })
    },
  }
}

const byHand = (orderId: string, refundId: string, method: 'CASH' | 'PROVIDER') =>
  ({ type: 'record-refund', orderId, refundId, method, note: '12' }) as const

describe('money that went back at the provider’s own desk', () => {
  it('is a refund like any other, however often it is told', async () => {
    const { looks, refunds, now, kitchen } = await withProvider()
    await looks(gone(5_000))
    await looks(gone(5_000))
    expect(await refunds()).toMatchObject([
      { amount: 5_000, status: 'DONE', reason: 'REFUNDED_AT_PROVIDER', requestedBy: 'provider' },
    ])
    expect(await now()).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      refundedAmount: 5_000,
    })
    expect(await eventsOf(kitchen, 'REFUND_CHANGED')).toHaveLength(1)
  })

  it('is none before it is settled, nor where it failed', async () => {
    const { looks, refunds } = await withProvider()
    await looks(gone(5_000, { status: 'PENDING' }), gone(4_000, { status: 'FAILED' }))
    expect(await refunds()).toEqual([])
  })

  it('leaves what was promised beside it', async () => {
    const { looks, ask, refunds } = await withProvider()
    await ask(10_000)
    await looks(gone(8_000))
    const all = await refunds()
    expect(all).toHaveLength(2)
    expect(all.find(({ amount }) => amount === 10_000)).toMatchObject({ status: 'REQUESTED' })
  })

  it('shortens what was promised beyond what is left: the rest is promised anew', async () => {
    const { looks, ask, refunds, taken, now, ended } = await withProvider()
    const asked = await ask(null)
    taken('refund')
    await looks(gone(5_000))
    const all = await refunds()
    expect(all.find(({ id }) => id === asked.id)).toMatchObject({ status: 'DROPPED' })
    const rest = all.find(({ status }) => status === 'REQUESTED')
    expect(rest).toMatchObject({ amount: 13_000, reason: '식음', requestedBy: 'owner' })
    expect(taken('refund')).toMatchObject([{ refundId: rest?.id, amount: 13_000 }])
    await ended(rest!)
    expect(await now()).toMatchObject({ paymentStatus: 'REFUNDED', refundedAmount: 18_000 })
  })

  it('and a refund of ours that was made all the same leave no more promised than there is', async () => {
    const { looks, ask, refunds, now, ended } = await withProvider()
    const first = await ask(5_000)
    const second = await ask(5_000)
    await looks(gone(10_000))
    // 8,000 are left: the second was cut. But the provider had made it already, as it stood.
    await ended(second)
    await ended(first)
    expect(await now()).toMatchObject({ refundedAmount: 18_000, paymentStatus: 'REFUNDED' })
    expect((await refunds()).filter(({ status }) => status === 'REQUESTED')).toEqual([])
  })

  it('closes what people were to pay back, of the same sum', async () => {
    const { looks, ask, givenUp, refunds, now } = await withProvider()
    await givenUp(await ask(5_000))
    expect(await now()).toMatchObject({ paymentStatus: 'REFUND_DUE' })
    await looks(gone(5_000))
    expect(await refunds()).toMatchObject([
      { amount: 5_000, status: 'DONE', providerRef: 'desk-5000' },
    ])
  })

  it('is what people said that they paid back there, and not twice', async () => {
    const { looks, ask, givenUp, restaurant, order, refunds, now } = await withProvider()
    const asked = await ask(5_000)
    await givenUp(asked)
    await restaurant.done(OWNER, byHand(order.id, asked.id, 'PROVIDER'))
    await looks(gone(5_000))
    expect(await refunds()).toHaveLength(1)
    expect(await now()).toMatchObject({ refundedAmount: 5_000 })
  })

  it('beside what people paid by hand is never more than came', async () => {
    const { looks, ask, givenUp, restaurant, order, now } = await withProvider()
    const asked = await ask(18_000)
    await givenUp(asked)
    await restaurant.done(OWNER, byHand(order.id, asked.id, 'CASH'))
    await looks(gone(18_000))
    expect(await now()).toMatchObject({ refundedAmount: 18_000, paymentStatus: 'REFUNDED' })
  })

  it('is asked about when the provider refuses a refund', async () => {
    const { ask, ended, taken } = await withProvider()
    const asked = await ask(5_000)
    taken('look-up')
    await ended(asked, REFUSED)
    expect(taken('look-up')).toHaveLength(1)
  })

  it('is known before the money of an order that is over goes back', async () => {
    const { restaurant, place, opened, minsu, later, lookedUp, view, taken } = await openKitchen()
    const order = await place()
    const payment = await opened(order)
    await restaurant.done(minsu, { type: 'cancel-order', orderId: order.id, reason: null })
    await later(SECOND)
    const told = { refundedAmount: 5_000, refunds: [gone(5_000)] }
    await lookedUp(payment, found(payment, 'CAPTURED', told))
    expect(taken('refund')).toMatchObject([{ amount: 13_000, reason: 'ORDER_CANCELLED' }])
    expect((await view(order)).order).toMatchObject({ refundedAmount: 5_000 })
  })
})

describe('a refund that the provider called done and that failed later', () => {
  const failed = (refund: RefundState, providerRef: string) =>
    gone(refund.amount, { refundId: refund.id, providerRef, status: 'FAILED' })
  const done = (refund: RefundState, providerRef: string) =>
    gone(refund.amount, { refundId: refund.id, providerRef })

  it('is due to people, and a new attempt when it is tried again', async () => {
    const { ask, report, looks, refunds, now, restaurant, order, taken } = await withProvider()
    const asked = await ask(5_000)
    const made = { kind: 'done', providerRef: 're_1' } as const
    await report({ kind: 'refunded', refundId: asked.id, attempt: 0, outcome: made })
    await looks(failed(asked, 're_1'))
    expect(await now()).toMatchObject({ paymentStatus: 'REFUND_DUE', refundedAmount: 0 })
    taken('refund')
    const retry = { type: 'retry-refund', orderId: order.id, refundId: asked.id } as const
    await restaurant.done(OWNER, { ...retry, sealedAccount: null })
    expect(taken('refund')).toMatchObject([{ refundId: asked.id, attempt: 1 }])
    const again = { kind: 'done', providerRef: 're_2' } as const
    await report({ kind: 'refunded', refundId: asked.id, attempt: 1, outcome: again })
    // The first try stays among what the provider lists, in whichever order.
    await looks(done(asked, 're_2'), failed(asked, 're_1'))
    await looks(failed(asked, 're_1'), done(asked, 're_2'))
    expect(await refunds()).toMatchObject([{ status: 'DONE', providerRef: 're_2' }])
    expect(await now()).toMatchObject({ refundedAmount: 5_000 })
  })
})

describe('money that is contested', () => {
  it('shows when the provider says so, and no more when it is settled', async () => {
    const { payment, lookedUp, state } = await withProvider()
    for (const disputed of [true, false]) {
      await lookedUp(payment, found(payment, 'CAPTURED', { disputed }))
      expect(await state()).toMatchObject({ status: 'CAPTURED', disputed })
    }
  })

  it('is a transfer that the bank took back, once a second look says so', async () => {
    const kitchen = await openKitchen(EVERY_WAY)
    const order = await kitchen.place(kitchen.minsu, 1, { paymentMethod: 'VIRTUAL_ACCOUNT' })
    const payment = await kitchen.opened(order)
    const dueAt = kitchen.restaurant.now() + 3600 * SECOND
    const account = { bank: '신한', accountNo: '1', holder: '가게', dueAt }
    const issued = { kind: 'awaiting', account, secret: 'ps_1' } as const
    await kitchen.settle(payment, await kitchen.claimed(payment), issued)
    await kitchen.lookedUp(payment, found(payment, 'CAPTURED'))
    const state = async () => (await kitchen.view(order)).payments[0]
    // An answer from before the money came is told after it.
    await kitchen.lookedUp(payment, found(payment, 'AWAITING', { account }))
    expect(await state()).toMatchObject({ status: 'CAPTURED', disputed: false })
    kitchen.taken('look-up')
    await kitchen.later(300 * SECOND)
    expect(kitchen.taken('look-up')).toHaveLength(1)
    await kitchen.lookedUp(payment, found(payment, 'AWAITING', { account }))
    expect(await state()).toMatchObject({ status: 'CAPTURED', disputed: true })
  })
})

describe('a refund of a virtual account', () => {
  async function paidIn() {
    const kitchen = await openKitchen(EVERY_WAY)
    const order = await kitchen.place(kitchen.minsu, 1, { paymentMethod: 'VIRTUAL_ACCOUNT' })
    const payment = await kitchen.opened(order)
    await kitchen.lookedUp(payment, found(payment, 'CAPTURED'))
    const ask = (sealedAccount: string | null) =>
      kitchen.restaurant.done(OWNER, {
        type: 'request-refund',
        orderId: order.id,
        amount: null,
        reason: '품절',
        sealedAccount,
      })
    const kept = (refundId: string) => kitchen.restaurant.read(SYSTEM, { type: 'refund', refundId })
    return { ...kitchen, order, ask, kept }
  }

  it('goes where the guest said, also when it ends the order', async () => {
    const { ask, taken, kept } = await paidIn()
    const refund = await ask('sealed')
    expect(refund).toMatchObject({ status: 'REQUESTED' })
    expect(taken('refund')).toMatchObject([{ refundId: refund.id }])
    expect(await kept(refund.id)).toMatchObject({ sealedAccount: 'sealed' })
  })

  it('is due to people without, and can be tried once it is known where to', async () => {
    const { ask, taken, order, restaurant, kept } = await paidIn()
    const { id: refundId, status } = await ask(null)
    expect([status, taken('refund')]).toEqual(['DUE', []])
    const retry = { type: 'retry-refund', orderId: order.id, refundId } as const
    expect(await restaurant.execute(OWNER, { ...retry, sealedAccount: null })).toMatchObject({
      refusal: { kind: 'INVALID', errors: [{ field: 'refund_account', reason: 'required' }] },
    })
    await restaurant.done(OWNER, { ...retry, sealedAccount: 'sealed' })
    expect(taken('refund')).toMatchObject([{ refundId }])
    expect(await kept(refundId)).toMatchObject({ sealedAccount: 'sealed' })
  })
})
