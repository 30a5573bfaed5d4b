import { describe, expect, it, vi } from 'vitest'
import { person, stranger, type Person } from '../support/story-people.ts'
import {
  atTable,
  clickPay,
  openPlace,
  type ListBody,
  type OrderBody,
  type RefundBody,
} from '../support/story-restaurant.ts'
import { MINUTE, openStory, SECOND } from '../support/story.ts'

/** Many requests each, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const orderNow = async (who: Person, { order_id }: { order_id: string }): Promise<OrderBody> =>
  (await who.get<OrderBody>(`/orders/${order_id}`)).body

describe('the life of an order', () => {
  it('goes from the scan to the served dish', async () => {
    const story = openStory()
    const place = await openPlace(story)
    const qr = new URL(place.tables.a1.qr_url)
    const joined = await stranger(story).post<{ access_token: string; table_name: string }>(
      '/auth/guest',
      { table_id: qr.pathname.split('/').pop(), code: decodeURIComponent(qr.hash.slice(1)) },
    )
    expect(joined.body.table_name).toBe('A1')
    const guest = person(story, () => Promise.resolve(joined.body.access_token))

    interface MenuBody {
      categories: {
        items: { id: string; options: { id: string; choices: { id: string }[] }[] }[]
      }[]
    }
    const menu = await guest.get<MenuBody>(`/restaurants/${place.id}/menu`)
    const dish = menu.body.categories[0]!.items[0]!
    const option = dish.options[0]!
    const placed = await guest.post<OrderBody & { payment_url: string }>('/orders', {
      items: [
        {
          menu_id: dish.id,
          quantity: 2,
          options: [{ option_id: option.id, choice: option.choices[0]!.id }],
        },
      ],
      payment_method: 'CARD',
      expected_total: 36_000,
    })
    const order = placed.body
    expect(order).toMatchObject({ order_number: 'A001', status: 'PENDING', table: { name: 'A1' } })

    const { pathname, search } = new URL(placed.body.payment_url)
    const toProvider = await story.ask(pathname + search)
    expect(toProvider.status).toBe(303)
    const paymentKey = story.toss.sandbox.payments(1)[0]!.paymentKey
    const { successPath } = clickPay(story, { payment_key: paymentKey })
    expect((await story.ask(successPath)).status).toBe(200)

    const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders?status=open')
    expect(board.body.items).toMatchObject([
      { order_id: order.order_id, payment_status: 'PAID', rings: true },
    ])
    for (const [verb, status] of [
      ['acknowledge', 'PENDING'],
      ['accept', 'ACCEPTED'],
      ['ready', 'READY'],
      ['complete', 'COMPLETED'],
    ] as const) {
      await story.passes(MINUTE)
      expect((await place.handle(place.staff, order, verb)).body.status).toBe(status)
      expect((await orderNow(guest, order)).status).toBe(status)
    }
    await story.passesUntilQuiet()
    expect(await orderNow(guest, order)).toMatchObject({
      status: 'COMPLETED',
      payment_status: 'PAID',
      captured_amount: 36_000,
      refunded_amount: 0,
    })
    expect(story.queue).toEqual([])
  })
})

describe('an order that nobody pays', () => {
  it('expires after a quarter of an hour and gives its portions back', async () => {
    const { story, place, guest } = await atTable()
    const level = { menu_id: place.chicken.id, set: 1, reason: '입고' }
    await place.owner.post('/restaurants/me/inventory/adjustments', level)
    const order = await place.ordered(guest)
    await story.passes(15 * MINUTE - SECOND)
    expect((await orderNow(guest, order)).status).toBe('PENDING')
    const other = await place.guest()
    expect((await place.place(other)).body.error.reason).toBe('OUT_OF_STOCK')
    await story.passes(SECOND)
    expect(await orderNow(guest, order)).toMatchObject({
      status: 'EXPIRED',
      end_reason: 'NOT_PAID_IN_TIME',
      expires_at: null,
      allowed_actions: [],
    })
    expect((await place.place(other)).status).toBe(201)
  })

  it('is decided on the next command even when its alarm is late', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    story.clockOnly(15 * MINUTE)
    expect((await orderNow(guest, order)).status).toBe('EXPIRED')
  })

  it("lives as long as the provider's page does", async () => {
    const { story, place, guest } = await atTable()
    const { order, confirmation } = await place.authenticated(guest)
    await story.passes(9 * MINUTE)
    await story.passes(9 * MINUTE)
    expect((await orderNow(guest, order)).status).toBe('PENDING')
    const late = await place.authenticated(await place.guest())
    await story.passes(41 * MINUTE)
    expect((await orderNow(guest, order)).status).toBe('EXPIRED')
    const refused = await guest.post('/payments/confirm', confirmation)
    expect(refused.status).toBe(409)
    expect(refused.body.error.reason).toBe('ORDER_STATE')
    expect(story.toss.sandbox.find(late.payment.payment_key)?.status).toBe('EXPIRED')
  })
})

describe('an order that nobody accepts', () => {
  it('is rejected after ten minutes, and its money goes back', async () => {
    const { story, place, guest } = await atTable()
    const { order, payment } = await place.paid(guest)
    await story.passes(10 * MINUTE)
    await story.settle()
    expect(await orderNow(guest, order)).toMatchObject({
      status: 'REJECTED',
      end_reason: 'NOT_ACCEPTED_IN_TIME',
      payment_status: 'REFUNDED',
      refunded_amount: 18_500,
    })
    expect(story.toss.sandbox.find(payment.payment_key)?.status).toBe('CANCELED')
  })

  it('is accepted by itself where the restaurant wants it so', async () => {
    const { story, place, guest } = await atTable({ accept_deadline_outcome: 'AUTO_ACCEPT' })
    const { order } = await place.paid(guest)
    await story.passes(10 * MINUTE)
    expect(await orderNow(guest, order)).toMatchObject({
      status: 'ACCEPTED',
      payment_status: 'PAID',
    })
  })
})

describe('a paid order that ends', () => {
  it.each([
    ['rejected by the kitchen', 'REJECTED'],
    ['cancelled by the guest', 'CANCELLED'],
    ['ended with its table', 'CANCELLED'],
  ])('pays back once: %s', async (how, status) => {
    const { story, place, guest } = await atTable()
    const { order, payment } = await place.paid(guest)
    if (how.startsWith('rejected'))
      await place.handle(place.staff, order, 'reject', { reason: '마감' })
    else if (how.startsWith('cancelled')) await guest.post(`/orders/${order.order_id}/cancel`)
    else await place.owner.post(`/tables/${place.tables.a1.id}/reset`, { force: 'refund' })
    await story.passesUntilQuiet()
    expect(await orderNow(place.staff, order)).toMatchObject({ status, payment_status: 'REFUNDED' })
    const refunds = await place.staff.get<ListBody<RefundBody>>(`/orders/${order.order_id}/refunds`)
    expect(refunds.body.items).toMatchObject([{ amount: 18_500, status: 'DONE' }])
    expect(story.toss.sandbox.find(payment.payment_key)?.cancels).toHaveLength(1)
  })

  it.each([
    ['fails', { fail_status: 503, times: 3 }],
    ['fails after it has paid back', { fail_after: 500, times: 1 }],
    ['breaks off after it has paid back', { fail_after: 'drop', times: 2 }],
    ['answers nonsense', { nonsense: 'html', times: 1 }],
  ])('pays back exactly once though the provider %s', async (_, fault) => {
    const { story, place, guest } = await atTable()
    const { order, payment } = await place.paid(guest)
    story.toss.fault({ operation: 'cancel', ...fault })
    await place.handle(place.staff, order, 'reject', { reason: '마감' })
    await story.passesUntilQuiet()
    expect(await orderNow(guest, order)).toMatchObject({ payment_status: 'REFUNDED' })
    expect(story.toss.sandbox.find(payment.payment_key)).toMatchObject({ balanceAmount: 0 })
    expect(story.toss.sandbox.find(payment.payment_key)?.cancels).toHaveLength(1)
  })

  it('shows what no machine can pay back as due', async () => {
    const { story, place, guest } = await atTable()
    const { order } = await place.paid(guest)
    story.toss.fault({ operation: 'cancel', reject: 'NOT_CANCELABLE_PAYMENT' })
    await place.handle(place.staff, order, 'reject', { reason: '마감' })
    await story.passesUntilQuiet()
    expect(await orderNow(guest, order)).toMatchObject({
      payment_status: 'REFUND_DUE',
      refund_due_amount: 18_500,
      refunded_amount: 0,
    })
  })
})
