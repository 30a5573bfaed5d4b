import { describe, expect, it } from 'vitest'
import { member, stranger, withActor } from '../support/story-people.ts'
import {
  atTable,
  key,
  openPlace,
  type ListBody,
  type OrderBody,
} from '../support/story-restaurant.ts'

const elsewhere = '00000000-0000-8000-8000-0123456789ab'
const anyId = (restaurantId: string): string => `00000000-0000-8000-8000-${restaurantId.slice(-12)}`

describe('reading an order', () => {
  it("is for who placed it and for the restaurant's staff", async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    for (const path of ['', '/payment-status', '/refunds']) {
      expect((await guest.get(`/orders/${order.order_id}${path}`)).status).toBe(200)
      expect((await place.staff.get(`/orders/${order.order_id}${path}`)).status).toBe(200)
    }
    const seen = await place.staff.get<OrderBody>(`/orders/${order.order_id}`)
    expect(seen.body.allowed_actions).toEqual(['reject'])
  })

  it('is 404 for everybody else, as for an id that never was', async () => {
    const { story, place, guest } = await atTable()
    const other = await openPlace(story)
    const order = await place.ordered(guest)
    const others = [
      await place.guest(),
      await place.guest(place.tables.a2),
      await member(story),
      other.owner,
      other.staff,
      await member(story, 'SUPPORT'),
      await member(story, 'ADMIN'),
      await other.guest(),
    ]
    for (const somebody of others)
      for (const path of ['', '/payment-status', '/refunds'])
        expect((await somebody.get(`/orders/${order.order_id}${path}`)).status).toBe(404)
    for (const id of [anyId(place.id), elsewhere])
      expect((await guest.get(`/orders/${id}`)).status).toBe(404)
    expect((await guest.get('/orders/not-an-id')).status).toBe(400)
  })

  it('is 401 without a token and 403 for partners', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    expect((await stranger(story).get(`/orders/${order.order_id}`)).status).toBe(401)
    const partner = await member(story, 'EXTERNAL')
    expect((await partner.get(`/orders/${order.order_id}`)).status).toBe(403)
    expect((await place.place(partner)).status).toBe(403)
  })
})

describe('cancelling an order', () => {
  it('is for who placed it, once; its stock returns', async () => {
    const { place, guest } = await atTable()
    await place.owner.post('/restaurants/me/inventory/adjustments', {
      menu_id: place.chicken.id,
      set: 1,
      reason: '입고',
    })
    const order = await place.ordered(guest)
    const stranger = await place.guest()
    expect((await stranger.post(`/orders/${order.order_id}/cancel`)).status).toBe(404)
    const cancelled = await guest.post<OrderBody>(`/orders/${order.order_id}/cancel`)
    expect(cancelled.body).toMatchObject({
      status: 'CANCELLED',
      end_reason: 'CANCELLED_BY_GUEST',
      expires_at: null,
      allowed_actions: [],
    })
    const again = await guest.post(`/orders/${order.order_id}/cancel`)
    expect(again.status).toBe(409)
    expect(again.body.error).toMatchObject({
      reason: 'ORDER_STATE',
      details: { status: 'CANCELLED', payment_status: 'UNPAID', event: 'cancel' },
    })
    expect((await place.place(guest)).status).toBe(201)
  })

  it('replays under its key', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    const again = key()
    const cancel = () =>
      guest.post<OrderBody>(`/orders/${order.order_id}/cancel`, undefined, { key: again })
    const first = await cancel()
    const second = await cancel()
    expect(second.status).toBe(200)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
  })

  it('is refused once the kitchen has accepted', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    await place.handle(place.staff, order, 'accept')
    const refused = await guest.post(`/orders/${order.order_id}/cancel`)
    expect(refused.status).toBe(409)
    expect(refused.body.error.details).toMatchObject({ status: 'ACCEPTED', event: 'cancel' })
  })

  it('is for the restaurant to reject, not to cancel', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    const { status, body } = await place.staff.post(`/orders/${order.order_id}/cancel`)
    expect(status).toBe(403)
    expect(body.error.code).toBe('FORBIDDEN')
  })
})

describe('own orders', () => {
  it("of a table's guest come straight from the restaurant, page by page", async () => {
    const { story, place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    await place.ordered(await place.guest(), { payment_method: 'COUNTER' })
    const placed: string[] = []
    for (let n = 0; n < 5; n += 1) {
      await story.passes(1_000)
      placed.unshift((await place.ordered(guest, { payment_method: 'COUNTER' })).order_id)
    }
    const read: string[] = []
    let cursor: string | null = ''
    let pages = 0
    while (cursor !== null) {
      const page: { body: ListBody<OrderBody> } = await guest.get(`/orders?limit=2${cursor}`)
      read.push(...page.body.items.map(({ order_id }) => order_id))
      cursor = page.body.next_cursor === null ? null : `&cursor=${page.body.next_cursor}`
      pages += 1
    }
    expect(read).toEqual(placed)
    expect(pages).toBe(3)
  })

  it('of a member come from all restaurants, and say how fresh they are', async () => {
    const { story, place } = await atTable()
    const other = await openPlace(story)
    const customer = await member(story)
    const first = await place.ordered(customer)
    await story.passes(1_000)
    const second = await other.ordered(customer)
    await story.passes(60_000)
    const { body } = await customer.get<ListBody<OrderBody>>('/orders')
    expect(body.items.map(({ order_id }) => order_id)).toEqual([second.order_id, first.order_id])
    expect(body.items[0]?.allowed_actions).toEqual(['cancel', 'pay'])
    expect(Date.parse(body.as_of)).toBeLessThanOrEqual(story.world.now)
    expect(body.next_cursor).toBeNull()
  })

  it('refuse a bad page', async () => {
    const { guest } = await atTable()
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=nonsense'])
      expect((await guest.get(`/orders?${query}`)).status).toBe(400)
  })

  it('end with the visit', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    await place.owner.post(`/tables/${place.tables.a1.id}/reset`, { force: 'void' })
    for (const path of ['/orders', `/orders/${order.order_id}`]) {
      const { status, body } = await guest.get(path)
      expect(status).toBe(409)
      expect(body.error.reason).toBe('VISIT_ENDED')
    }
    expect((await place.place(guest)).body.error.reason).toBe('VISIT_ENDED')
  })
})

describe('a session that was ended', () => {
  it('orders nothing any more', async () => {
    const { story, place, guest } = await atTable()
    expect((await guest.post('/auth/logout')).status).toBe(204)
    const refused = await place.place(guest)
    expect(refused.status).toBe(401)
    expect(refused.body.error.reason).toBe('SESSION_ENDED')
    const forged = withActor(story, () => ({
      role: 'CUSTOMER',
      sessionId: crypto.randomUUID(),
      userId: crypto.randomUUID(),
      memberships: [],
      visit: null,
    }))
    expect((await place.place(forged)).status).toBe(401)
  })
})
