import { afterEach, describe, expect, it, vi } from 'vitest'
import { clearFaults } from '../../sandbox/controlled/controls.ts'
import { member, stranger } from '../support/story-people.ts'
import {
  atTable,
  clickPay,
  openPlace,
  type ListBody,
  type OrderBody,
} from '../support/story-restaurant.ts'
import { MINUTE, SECOND } from '../support/story.ts'

/** What is lost is tried again, with real pauses between. */
vi.setConfig({ testTimeout: 60_000 })
afterEach(() => clearFaults())

describe('while the platform database is down', () => {
  it("a table's guest scans, orders and pays, and the kitchen serves", async () => {
    const { story, place } = await atTable()
    story.d1Goes('down')
    expect((await stranger(story).get(`/restaurants/${place.id}/menu`)).status).toBe(200)
    const guest = await place.guest()
    const { order, confirmation } = await place.authenticated(guest)
    expect((await guest.post('/payments/confirm', confirmation)).status).toBe(200)
    expect((await guest.get<ListBody<OrderBody>>('/orders')).body.items).toHaveLength(1)
    const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders?status=open')
    expect(board.body.items[0]).toMatchObject({ rings: true })
    for (const verb of ['acknowledge', 'accept', 'ready', 'complete'])
      expect((await place.handle(place.staff, order, verb)).status).toBe(200)
    expect((await guest.get<OrderBody>(`/orders/${order.order_id}`)).body.status).toBe('COMPLETED')
  })

  it('a link is paid and the page of success shows it', async () => {
    const { story, place, guest } = await atTable()
    story.d1Goes('down')
    const order = await place.ordered(guest)
    const { pathname, search } = new URL(order.payment_url ?? '')
    expect((await story.ask(pathname + search)).status).toBe(303)
    const { paymentKey } = story.toss.sandbox.payments(1)[0]!
    const { successPath } = clickPay(story, { payment_key: paymentKey })
    expect((await story.ask(successPath)).status).toBe(200)
    await story.settle()
    expect((await guest.get<OrderBody>(`/orders/${order.order_id}`)).body.payment_status).toBe(
      'PAID',
    )
  })

  it('money that must go back goes back', async () => {
    const { story, place, guest } = await atTable()
    const { order } = await place.paid(guest)
    story.d1Goes('down')
    await place.handle(place.staff, order, 'reject', { reason: '마감' })
    await story.passes(20 * SECOND)
    expect((await guest.get<OrderBody>(`/orders/${order.order_id}`)).body.payment_status).toBe(
      'REFUNDED',
    )
  })

  it('members and browsers are told to come back, in the envelope', async () => {
    const { story, place } = await atTable()
    const customer = await member(story)
    story.d1Goes('down')
    for (const answer of [
      await place.place(customer),
      await customer.get('/orders'),
      await customer.get('/auth/me'),
      await stranger(story).post('/auth/login', {
        email: 'a@example.com',
        password: 'mango-river-41',
      }),
      await place.owner.post('/restaurants', { name: '둘째 집' }),
    ]) {
      expect(answer.status).toBe(503)
      expect(answer.body.error.code).toBe('TEMPORARILY_UNAVAILABLE')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(JSON.stringify(answer.body)).not.toContain('D1')
    }
    expect((await story.ask('/health/ready')).status).toBe(503)
    expect((await story.ask('/health/live')).status).toBe(200)
  })

  it("a stranger's restaurant stays closed to staff of another", async () => {
    const { story, place } = await atTable()
    const other = await openPlace(story)
    story.d1Goes('down')
    const spying = await other.owner.get('/restaurants/me/orders', { 'x-restaurant-id': place.id })
    expect([404, 503]).toContain(spying.status)
  })

  it('a log-out of staff that cannot be noted is refused, not forgotten', async () => {
    const { story, place } = await atTable()
    story.d1Goes('down')
    expect((await place.staff.post('/auth/logout')).status).toBe(503)
    story.d1Goes('up')
    expect((await place.staff.post('/auth/logout')).status).toBe(204)
    expect((await place.staff.get('/restaurants/me/orders')).status).toBe(401)
  })
})

describe('when the platform database is back', () => {
  it('the read model catches up with everything that happened', async () => {
    const { story, place } = await atTable()
    const customer = await member(story)
    const { order, confirmation } = await place.authenticated(customer)
    story.d1Goes('down')
    await story.webhook({
      eventType: 'PAYMENT_STATUS_CHANGED',
      data: { paymentKey: confirmation.paymentKey, orderId: confirmation.orderId },
    })
    const back = await story.ask(
      `/payment/success?paymentKey=${confirmation.paymentKey}&orderId=${confirmation.orderId}&amount=${confirmation.amount}`,
    )
    expect(back.status).toBe(200)
    await place.handle(place.staff, order, 'accept')
    for (let n = 0; n < 5; n += 1) await story.passes(MINUTE)
    await place.handle(place.staff, order, 'ready')
    story.d1Goes('up')
    const stale = await customer.get<ListBody<OrderBody>>('/orders')
    expect(stale.body.items[0]?.status).toBe('PENDING')
    expect(Date.parse(stale.body.as_of)).toBeLessThan(story.world.now)
    for (let n = 0; n < 6; n += 1) await story.passes(MINUTE)
    const own = await customer.get<ListBody<OrderBody>>('/orders')
    expect(own.body.items).toMatchObject([
      { order_id: order.order_id, status: 'READY', payment_status: 'PAID' },
    ])
  })

  it('the cron alone finds what the queue has lost', async () => {
    const { story, place } = await atTable()
    const customer = await member(story)
    const { order, confirmation, successPath } = await place.authenticated(customer)
    story.d1Goes('down')
    expect((await story.ask(successPath)).status).toBe(200)
    story.d1Goes('up')
    story.clockOnly(2 * MINUTE)
    await story.cron()
    const own = await customer.get<ListBody<OrderBody>>('/orders')
    expect(own.body.items).toMatchObject([{ order_id: order.order_id, payment_status: 'PAID' }])
    expect((await customer.post('/payments/confirm', confirmation)).status).toBe(200)
  })
})
