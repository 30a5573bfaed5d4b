import { describe, expect, it } from 'vitest'
import type { Person } from '../support/story-people.ts'
import {
  atTable,
  initiation,
  key,
  openPlace,
  type ListBody,
  type OrderBody,
  type PaymentStatusBody,
  type Place,
} from '../support/story-restaurant.ts'

/** A postpaid table with an order of 18,500. */
async function eating(payment_method = 'COUNTER') {
  const made = await atTable({ payment_policy: 'POSTPAID' })
  const order = await made.place.ordered(made.guest, { payment_method })
  return { ...made, order }
}
const settle = (place: Place, order: { order_id: string }, body: unknown, again = key()) =>
  place.handle(place.staff, order, 'settle', body, again)
const money = async (who: Person, { order_id }: { order_id: string }) =>
  (await who.get<PaymentStatusBody>(`/orders/${order_id}/payment-status`)).body

describe('taking money at the counter', () => {
  it('pays the order, at any time from its placing on', async () => {
    const { place, guest, order } = await eating()
    const settled = await settle(place, order, { by: 'CASH' })
    expect(settled.status).toBe(200)
    expect(settled.body).toMatchObject({ payment_status: 'PAID', captured_amount: 18_500 })
    expect((await money(guest, order)).payments).toMatchObject([
      { method: 'COUNTER', status: 'COMPLETED', amount: 18_500 },
    ])
    const late = await place.ordered(guest, { payment_method: 'COUNTER' })
    for (const verb of ['accept', 'ready', 'complete']) await place.handle(place.staff, late, verb)
    expect((await settle(place, late, { by: 'CARD_TERMINAL' })).body).toMatchObject({
      status: 'COMPLETED',
      payment_status: 'PAID',
    })
  })

  it('may come in parts; then the rest is owed, and no more', async () => {
    const { place, guest, order } = await eating()
    const part = await settle(place, order, { by: 'CASH', amount: 10_000, note: '민수' })
    expect(part.body).toMatchObject({ payment_status: 'UNPAID', captured_amount: 10_000 })
    const bill = await place.staff.get<ListBody<OrderBody> & Record<string, number>>(
      `/tables/${place.tables.a1.id}/orders`,
    )
    expect(bill.body).toMatchObject({ total_spent: 18_500, total_unpaid: 8_500 })
    const tooMuch = await settle(place, order, { by: 'CASH', amount: 8_501 })
    expect(tooMuch.status).toBe(400)
    expect(tooMuch.body.error.details).toMatchObject({ expected: 8_500, given: 8_501 })
    expect((await settle(place, order, { by: 'CARD_TERMINAL' })).body.payment_status).toBe('PAID')
    const amounts = (await money(guest, order)).payments.map(({ amount }) => amount)
    expect(amounts.sort()).toEqual([10_000, 8_500].sort())
    expect((await settle(place, order, { by: 'CASH' })).body.error.reason).toBe('ORDER_STATE')
  })

  it('has one effect under its key', async () => {
    const { place, guest, order } = await eating()
    const again = key()
    for (const replayed of [null, 'true']) {
      const settled = await settle(place, order, { by: 'CASH', amount: 5_000 }, again)
      expect(settled.body.captured_amount).toBe(5_000)
      expect(settled.headers.get('idempotent-replayed')).toBe(replayed)
    }
    expect((await money(guest, order)).captured_amount).toBe(5_000)
    const without = await place.staff.post(
      `/restaurants/me/orders/${order.order_id}/settle`,
      { by: 'CASH' },
      { key: null },
    )
    expect(without.status).toBe(400)
  })

  it('ends the page on which the guest was about to pay', async () => {
    const { story, place, guest, order } = await eating('CARD')
    const payment = await place.initiated(guest, order)
    await settle(place, order, { by: 'CASH' })
    await story.settle()
    const { payments } = await money(guest, order)
    const left = payments.filter(({ method }) => method === 'CARD')
    expect(left).toMatchObject([{ status: 'ENDED' }])
    expect(payments).toHaveLength(2)
    const [atProvider] = story.toss.sandbox.payments(10)
    expect(atProvider?.paymentKey).toBe(payment.payment_key)
    const more = await guest.post('/payments/initiate', initiation(order))
    expect(more.status).toBe(409)
  })

  it('leaves the guest the rest to pay by card', async () => {
    const { place, guest, order } = await eating('CARD')
    expect(order.allowed_actions).toContain('pay')
    const { body } = await settle(place, order, { by: 'CASH', amount: 500 })
    expect(body).toMatchObject({ captured_amount: 500 })
    const seen = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(seen.body.allowed_actions).toContain('pay')
    const rest = await guest.post('/payments/initiate', { ...initiation(order), amount: 18_000 })
    expect(rest.status).toBe(200)
  })

  it.each([
    ['nothing', { by: 'CASH', amount: 0 }],
    ['less than nothing', { by: 'CASH', amount: -1 }],
    ['a part of a won', { by: 'CASH', amount: 1.5 }],
    ['a way that there is not', { by: 'PROMISE' }],
    ['what nobody reads', { by: 'CASH', sum: 100 }],
  ])('refuses %s', async (_, body) => {
    const { place, order } = await eating()
    expect((await settle(place, order, body)).status).toBe(400)
  })

  it("knows no other restaurant's orders, and is no guest's", async () => {
    const { story, place, guest, order } = await eating()
    const other = await openPlace(story)
    for (const [who, status] of [
      [other.owner, 404],
      [other.staff, 404],
      [guest, 403],
    ] as const)
      expect((await place.handle(who, order, 'settle', { by: 'CASH' }, key())).status).toBe(status)
  })
})
