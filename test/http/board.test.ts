import { describe, expect, it } from 'vitest'
import { member, stranger, type Person } from '../support/story-people.ts'
import {
  atTable,
  key,
  openPlace,
  type ListBody,
  type OrderBody,
  type Place,
  type RefundBody,
} from '../support/story-restaurant.ts'

const board = async (who: Person, query = ''): Promise<ListBody<OrderBody>> =>
  (await who.get<ListBody<OrderBody>>(`/restaurants/me/orders${query}`)).body

const numbers = async (place: Place, query: string): Promise<string[]> =>
  (await board(place.staff, query)).items.map(({ order_number }) => order_number).sort()

describe('the board', () => {
  it('shows prepaid orders silently while they wait for payment, and rings when they are paid', async () => {
    const { place, guest } = await atTable()
    const { order, confirmation } = await place.authenticated(guest)
    const [waiting] = (await board(place.staff)).items
    expect(waiting).toMatchObject({
      order_id: order.order_id,
      rings: false,
      payment_status: 'PENDING',
    })
    expect(waiting?.allowed_actions).toEqual(['reject'])
    await guest.post('/payments/confirm', confirmation)
    const [paid] = (await board(place.staff)).items
    expect(paid).toMatchObject({ rings: true, payment_status: 'PAID', expires_at: null })
    expect(paid?.accept_by).toBe('2026-11-20T03:10:00.000Z')
    expect(paid?.allowed_actions).toEqual(['accept', 'reject', 'acknowledge'])
  })

  it('rings for postpaid orders at once', async () => {
    const { place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    await place.ordered(guest, { payment_method: 'COUNTER' })
    expect((await board(place.staff)).items[0]).toMatchObject({ rings: true })
  })

  it('filters by status, table, day and text', async () => {
    const { story, place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    const counter = { payment_method: 'COUNTER' }
    const first = await place.ordered(guest, {
      ...counter,
      special_requests: '아주 덜 맵게 해주세요',
    })
    const cola = [{ menu_id: place.cola.id, quantity: 1 }]
    await place.ordered(await place.guest(place.tables.a2), { ...counter, items: cola })
    await place.handle(place.staff, first, 'accept')
    await place.ordered(guest, { ...counter, special_requests: 'No ICE' })

    expect(await numbers(place, '?status=open')).toEqual(['A001', 'A002', 'A003'])
    expect(await numbers(place, '?status=ACCEPTED')).toEqual(['A001'])
    expect(await numbers(place, `?table_id=${place.tables.a2.id}`)).toEqual(['A002'])
    expect(await numbers(place, '?day=2026-11-20')).toHaveLength(3)
    expect(await numbers(place, '?day=2026-11-19')).toEqual([])
    const text = (words: string) => numbers(place, `?text=${encodeURIComponent(words)}`)
    expect(await text('콜라')).toEqual(['A002'])
    expect(await text('후라이드 치킨')).toEqual(['A001', 'A003'])
    expect(await text('덜 맵게 해주세요')).toEqual(['A001'])
    expect(await text('no ice')).toEqual(['A003'])
    expect(await text('a002')).toEqual(['A002'])
    expect(await text('%')).toEqual([])
    expect(await text('가'.repeat(100))).toEqual([])
    await story.passes(12 * 3600_000)
    expect(await numbers(place, '?status=REJECTED')).toEqual(['A002', 'A003'])
    expect(await numbers(place, '?status=open&day=2026-11-20')).toEqual(['A001'])
  })

  it('counts a new business day from its cut-off', async () => {
    const { story, place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    await place.ordered(guest, { payment_method: 'COUNTER' })
    await story.passes(16.5 * 3600_000)
    // Half past four in the morning: still the same day.
    const fresh = await place.guest()
    const late = await place.ordered(fresh, { payment_method: 'COUNTER' })
    expect(late).toMatchObject({ order_number: 'A002', business_day: '2026-11-20' })
    await story.passes(3600_000)
    const early = await place.ordered(fresh, { payment_method: 'COUNTER' })
    expect(early).toMatchObject({ order_number: 'A001', business_day: '2026-11-21' })
  })

  it('pages, newest first', async () => {
    const { story, place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    for (let n = 0; n < 3; n += 1) {
      await place.ordered(guest, { payment_method: 'COUNTER' })
      await story.passes(1_000)
    }
    const first = await board(place.staff, '?limit=2')
    expect(first.items.map(({ order_number }) => order_number)).toEqual(['A003', 'A002'])
    const second = await board(place.staff, `?limit=2&cursor=${first.next_cursor}`)
    expect(second.items.map(({ order_number }) => order_number)).toEqual(['A001'])
    expect(second.next_cursor).toBeNull()
  })

  it('refuses filters that mean nothing', async () => {
    const { place } = await atTable()
    for (const query of ['status=EATEN', 'day=2026-13-01', 'day=today', 'table_id=A1', 'limit=101'])
      expect((await place.staff.get(`/restaurants/me/orders?${query}`)).status).toBe(400)
  })

  it("is nobody else's", async () => {
    const { story, place, guest } = await atTable()
    await place.ordered(guest)
    const other = await openPlace(story)
    expect((await board(other.owner)).items).toEqual([])
    const spying = await other.owner.get('/restaurants/me/orders', { 'x-restaurant-id': place.id })
    expect(spying.status).toBe(404)
    expect((await guest.get('/restaurants/me/orders')).status).toBe(403)
    expect((await (await member(story)).get('/restaurants/me/orders')).status).toBe(403)
    expect((await stranger(story).get('/restaurants/me/orders')).status).toBe(401)
  })
})

describe('handling an order', () => {
  it('goes accept, ready, complete; each once', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const accepted = await place.handle(place.staff, order, 'accept', {
      estimated_time_minutes: 25,
      message: '조금만 기다려 주세요',
    })
    expect(accepted.body).toMatchObject({
      order_id: order.order_id,
      status: 'ACCEPTED',
      estimated_ready_at: '2026-11-20T03:25:00.000Z',
      message: '조금만 기다려 주세요',
      rings: false,
      allowed_actions: ['ready'],
    })
    const repeated = await place.handle(place.staff, order, 'accept')
    expect(repeated.status).toBe(409)
    expect(repeated.body.error).toMatchObject({
      code: 'CONFLICT',
      reason: 'ORDER_STATE',
      details: { status: 'ACCEPTED', payment_status: 'PAID', event: 'accept' },
    })
    expect((await place.handle(place.staff, order, 'complete')).body.error.details).toMatchObject({
      event: 'complete',
    })
    expect((await place.handle(place.staff, order, 'ready')).body.status).toBe('READY')
    expect((await place.handle(place.staff, order, 'ready')).status).toBe(409)
    const completed = await place.handle(place.owner, order, 'complete')
    expect(completed.body).toMatchObject({ status: 'COMPLETED', allowed_actions: [] })
    expect((await place.handle(place.staff, order, 'reject', { reason: '품절' })).status).toBe(409)
  })

  it('is won by one of two tablets', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const replies = await Promise.all([
      place.handle(place.staff, order, 'accept'),
      place.handle(place.owner, order, 'accept'),
      place.handle(place.staff, order, 'reject', { reason: '바빠요' }),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it.each([
    ['accept', { estimated_time_minutes: 20 }],
    ['reject', { reason: '재료 소진' }],
  ])('replays %s under its key', async (verb, body) => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const again = key()
    const first = await place.handle(place.staff, order, verb, body, again)
    const second = await place.handle(place.staff, order, verb, body, again)
    expect(second.status).toBe(200)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    const other = {
      ...body,
      ...(verb === 'accept' ? { estimated_time_minutes: 5 } : { reason: '!' }),
    }
    expect((await place.handle(place.staff, order, verb, other, again)).status).toBe(422)
    expect((await place.handle(place.staff, order, verb, body, 'k'.repeat(256))).status).toBe(400)
  })

  it('does not start a prepaid order before the money is in', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    for (const verb of ['accept', 'acknowledge']) {
      const refused = await place.handle(place.staff, order, verb)
      expect(refused.status).toBe(409)
      expect(refused.body.error.details).toEqual({
        status: 'PENDING',
        payment_status: 'UNPAID',
        event: verb,
      })
    }
  })

  it('stops ringing when a tablet has seen it, and says the same again', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const seen = await place.handle(place.staff, order, 'acknowledge')
    expect(seen.body).toMatchObject({ rings: false, acknowledged_at: '2026-11-20T03:00:00.000Z' })
    const again = await place.handle(place.owner, order, 'acknowledge')
    expect(again.status).toBe(200)
    expect(again.body.acknowledged_at).toBe(seen.body.acknowledged_at)
  })

  it('takes out what cannot be made and pays it back', async () => {
    const { story, place, guest } = await atTable()
    const items = [place.spicy, { menu_id: place.cola.id, quantity: 3 }]
    const { order } = await place.paid(guest, { items })
    const cola = order.items.find(({ menu_id }) => menu_id === place.cola.id)!
    const accepted = await place.handle(place.staff, order, 'accept', {
      estimated_time_minutes: 10,
      unavailable_lines: [{ line_id: cola.line_id, quantity: 2 }],
    })
    expect(accepted.body).toMatchObject({ status: 'ACCEPTED', total_amount: 20_500 })
    await story.settle()
    const refunds = await guest.get<ListBody<RefundBody>>(`/orders/${order.order_id}/refunds`)
    expect(refunds.body.items).toMatchObject([{ amount: 4_000, status: 'DONE' }])
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body).toMatchObject({ payment_status: 'PARTIALLY_REFUNDED', refunded_amount: 4_000 })
  })

  it.each([
    ['an unknown line', '00000000-0000-8000-8000-0123456789ab', 1, 'unknown_line'],
    ['more than was ordered', null, 2, 'too_big'],
    ['everything', null, 1, 'nothing_left_reject_instead'],
  ])('refuses to take out %s', async (_, unknown, quantity, reason) => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const line_id = unknown ?? order.items[0]!.line_id
    const refused = await place.handle(place.staff, order, 'accept', {
      estimated_time_minutes: 10,
      unavailable_lines: [{ line_id, quantity }],
    })
    expect(refused.status).toBe(400)
    expect(refused.body.error.reason).toBe(reason)
  })

  it('marks sold out what a rejection names', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const rejected = await place.handle(place.staff, order, 'reject', {
      reason: '닭이 떨어졌어요',
      sold_out_item_ids: [place.chicken.id],
    })
    expect(rejected.body).toMatchObject({ status: 'REJECTED', end_reason: '닭이 떨어졌어요' })
    expect((await place.place(guest)).body.error.reason).toBe('OUT_OF_STOCK')
  })

  it('asks for what it needs', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    for (const [verb, body] of [
      ['accept', {}],
      ['accept', { estimated_time_minutes: 0 }],
      ['accept', { estimated_time_minutes: 1.5 }],
      ['accept', { estimated_time_minutes: 601 }],
      ['reject', {}],
      ['reject', { reason: ' ' }],
      ['reject', { reason: 'x'.repeat(201) }],
    ] as const)
      expect((await place.handle(place.staff, order, verb, body)).status).toBe(400)
  })

  it("knows no other restaurant's orders, and is no guest's", async () => {
    const { story, place, guest } = await atTable()
    const other = await openPlace(story)
    const { order } = await place.paid(guest)
    for (const verb of ['accept', 'ready', 'complete', 'acknowledge'])
      for (const [who, status] of [
        [other.owner, 404],
        [other.staff, 404],
        [guest, 403],
        [await member(story), 403],
        [await member(story, 'ADMIN'), 403],
      ] as const)
        expect((await place.handle(who, order, verb)).status).toBe(status)
    const seen = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(seen.body.status).toBe('PENDING')
  })
})
