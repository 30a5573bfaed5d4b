import { describe, expect, it } from 'vitest'
import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import { accept, openKitchen, POSTPAID } from '../support/ordering.ts'
import { many } from '../support/paying.ts'
import { STAFF } from '../support/restaurant.ts'

const someone = (userId: string): Asker => ({
  ...{ role: 'CUSTOMER', sessionId: `of ${userId}`, userId, visit: null },
})
const MINSU = someone('minsu-account')
const WORDS = '김민수에게 전화'

async function kitchen() {
  const world = await openKitchen(POSTPAID, 1_000)
  const { restaurant, place } = world
  /** Ordered with words, and over. */
  const over = async (who: Asker) => {
    const order = await place(who, 1, { specialRequests: WORDS, paymentMethod: 'COUNTER' })
    await restaurant.done(STAFF, {
      type: 'reject-order',
      orderId: order.id,
      reason: WORDS,
      soldOutItemIds: [],
    })
    return order
  }
  const forget = (beforeId: string | null = null) =>
    restaurant.done(SYSTEM, { type: 'forget-person', userId: MINSU.userId!, beforeId })
  const orderNow = async (id: string) =>
    (await restaurant.rows(`SELECT * FROM orders WHERE id = ?`, id))[0]!
  return { ...world, over, forget, orderNow }
}

describe('forgetting a person', () => {
  it('takes their words out of their orders, and of nobody else’s', async () => {
    const { over, forget, orderNow } = await kitchen()
    const [mine, others] = [await over(MINSU), await over(someone('another'))]
    expect(await forget()).toEqual({ next: null, forgotten: 1, open: 0 })
    expect(await orderNow(mine.id)).toMatchObject({
      ...{ special_requests: null, end_reason: null, user_id: MINSU.userId, number: mine.number },
      total_amount: mine.totalAmount,
    })
    expect(await orderNow(others.id)).toMatchObject({ special_requests: WORDS })
  })

  it('says so by an event for each order, and nothing the second time', async () => {
    const { restaurant, over, forget } = await kitchen()
    const order = await over(MINSU)
    const before = (await restaurant.events()).length
    await forget()
    const [told, ...more] = (await restaurant.events()).slice(before)
    expect(more).toEqual([])
    expect(told).toMatchObject({
      type: 'ORDER_FORGOTTEN',
      subject: { order: { id: order.id, specialRequests: null } },
    })
    expect(await forget()).toEqual({ next: null, forgotten: 0, open: 0 })
    expect(await restaurant.events()).toHaveLength(before + 1)
  })

  it('leaves the events’ numbers, types and times, without the words', async () => {
    const { restaurant, over, forget } = await kitchen()
    await over(MINSU)
    const heads = async () =>
      await restaurant.rows('SELECT seq, epoch, id, type, at FROM events ORDER BY seq')
    const before = await heads()
    await forget()
    expect((await heads()).slice(0, before.length)).toEqual(before)
    const events = JSON.stringify(await restaurant.rows('SELECT subject, message FROM events'))
    expect(events).not.toContain(WORDS)
  })

  it('drops answers that were kept for repeats, theirs and those about their orders', async () => {
    const { restaurant, over, place, forget } = await kitchen()
    const mine = await over(MINSU)
    const others = await place(someone('another'), 1, { paymentMethod: 'COUNTER' })
    const keep = (id: string, key: string) =>
      restaurant.execute(
        STAFF,
        { type: 'acknowledge-order', orderId: id },
        { key, fingerprint: 'f' },
      )
    await keep(mine.id, 'mine')
    await keep(others.id, 'another’s')
    const kept = async () =>
      (await restaurant.rows('SELECT key FROM idempotency')).map(({ key }) => key)
    const before = await kept()
    expect(before).toEqual(expect.arrayContaining(['mine', 'another’s']))
    await forget()
    const after = await kept()
    expect(after).toEqual(before.filter((key) => key !== 'mine'))
  })

  it('leaves what is open, and takes it once it is over', async () => {
    const { restaurant, place, forget, orderNow } = await kitchen()
    const order = await place(MINSU, 1, { specialRequests: WORDS, paymentMethod: 'COUNTER' })
    await restaurant.done(STAFF, accept(order.id))
    expect(await forget()).toEqual({ next: null, forgotten: 0, open: 1 })
    expect(await orderNow(order.id)).toMatchObject({ special_requests: WORDS })
    for (const type of ['ready-order', 'complete-order'] as const)
      await restaurant.done(STAFF, { type, orderId: order.id })
    expect(await forget()).toMatchObject({ open: 0, forgotten: 1 })
    expect(await orderNow(order.id)).toMatchObject({ special_requests: null })
  })

  it('goes page by page through however many orders there were', async () => {
    const { restaurant, over, forget } = await kitchen()
    for (const _ of many(101)) await over(MINSU)
    const first = await forget()
    expect(first).toMatchObject({ forgotten: 100, open: 0 })
    expect(await forget(first.next)).toEqual({ next: null, forgotten: 1, open: 0 })
    const left = await restaurant.rows('SELECT id FROM orders WHERE special_requests IS NOT NULL')
    expect(left).toEqual([])
  })
})
