import { describe, expect, it } from 'vitest'
import { withDeposits } from '../support/deposits.ts'
import { HOUR } from '../support/ordering.ts'
import { OWNER, STAFF } from '../support/restaurant.ts'

describe('assigning a deposit', () => {
  async function unmatched(amount = 18_000) {
    const world = await withDeposits()
    const order = await world.place('이영희')
    const deposit = await world.note({ amount })
    // Ids sort by time: what assigning makes is later.
    world.restaurant.passes(1)
    return { ...world, order, deposit }
  }

  it('pays the order and ends what it waited for', async () => {
    const { order, deposit, assign, moneyOf, kitchen, taken } = await unmatched()
    taken('void')
    expect(await assign(deposit.id, order.id)).toMatchObject({ value: { status: 'ASSIGNED' } })
    expect(await moneyOf(order)).toEqual(['PENDING', 'PAID', 18_000])
    const { payments } = await kitchen.view(order)
    expect(payments.map(({ status, provider }) => [provider, status])).toEqual([
      ['deposit', 'ENDED'],
      ['deposit', 'CAPTURED'],
    ])
    expect(taken('void')).toMatchObject([{ paymentId: payments[0]!.id }])
  })

  it('pays a part where it is less; the rest is waited for under the guest’s own name', async () => {
    const { order, deposit, assign, moneyOf, kitchen, taken } = await unmatched(10_000)
    taken('register')
    await assign(deposit.id, order.id)
    expect(await moneyOf(order)).toEqual(['PENDING', 'PENDING', 10_000])
    const { payments } = await kitchen.view(order)
    const rest = payments.find(({ status }) => status === 'AWAITING')
    expect(rest).toMatchObject({ amount: 8_000, payerName: '이영희' })
    expect(taken('register')).toMatchObject([{ paymentId: rest!.id, amount: 8_000 }])
  })

  it('refuses more than is due', async () => {
    const { order, deposit, assign } = await unmatched(18_001)
    expect(await assign(deposit.id, order.id)).toMatchObject({
      refusal: { kind: 'AMOUNT_MISMATCH', expected: 18_000 },
    })
  })

  it('refuses one of which nobody knows how much it is', async () => {
    const { order, deposit, assign } = await unmatched(0)
    expect(await assign(deposit.id, order.id)).toMatchObject({
      refusal: { kind: 'AMOUNT_MISMATCH' },
    })
  })

  it('happens once, and not after it was returned', async () => {
    const { order, deposit, assign, giveBack } = await unmatched()
    const tries = await Promise.all([assign(deposit.id, order.id), assign(deposit.id, order.id)])
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await giveBack(deposit.id)).toMatchObject({
      refusal: { kind: 'DEPOSIT_STATE', status: 'ASSIGNED' },
    })
    const other = await unmatched()
    await other.giveBack(other.deposit.id)
    expect(await other.assign(other.deposit.id, other.order.id)).toMatchObject({
      refusal: { kind: 'DEPOSIT_STATE', status: 'RETURNED' },
    })
  })

  it('is owed back where its order is over', async () => {
    const { order, deposit, assign, later, moneyOf } = await unmatched()
    await later(3 * HOUR)
    expect(await assign(deposit.id, order.id)).toMatchObject({ value: { status: 'ASSIGNED' } })
    expect(await moneyOf(order)).toEqual(['EXPIRED', 'REFUND_DUE', 18_000])
  })

  it('is not for what nobody knows', async () => {
    const { order, deposit, assign } = await unmatched()
    expect(await assign(order.id, order.id)).toMatchObject({ refusal: { kind: 'NOT_FOUND' } })
    expect(await assign(deposit.id, deposit.id)).toMatchObject({
      refusal: { kind: 'NOT_FOUND', field: 'order_id' },
    })
  })

  it('pays nothing a second time where the order was paid by this very transfer', async () => {
    const { order, deposit, assign, report, moneyOf, restaurant } = await unmatched()
    await report(order)
    expect(await assign(deposit.id, order.id)).toMatchObject({ value: { status: 'ASSIGNED' } })
    expect(await moneyOf(order)).toEqual(['PENDING', 'PAID', 18_000])
    expect(await restaurant.rows('SELECT id FROM refunds')).toEqual([])
  })
})

describe('returning a deposit', () => {
  it('says how, who and when, and is listed', async () => {
    const { note, giveBack, restaurant, kitchen } = await withDeposits()
    const deposit = await note()
    await giveBack(deposit.id)
    const proof = { method: 'TRANSFER', note: '이체 1', by: STAFF.userId, at: restaurant.now() }
    const wanted = { type: 'deposits' as const, limit: 10, beforeId: null }
    expect(await restaurant.read(OWNER, { ...wanted, status: 'RETURNED' })).toEqual([
      { ...deposit, status: 'RETURNED', proof },
    ])
    expect(await restaurant.read(OWNER, { ...wanted, status: 'UNMATCHED' })).toEqual([])
    expect(await restaurant.query(kitchen.minsu, { ...wanted, status: null })).toMatchObject({
      refusal: { kind: 'NOT_FOUND' },
    })
  })
})
