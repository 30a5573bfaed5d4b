import { describe, expect, it } from 'vitest'
import { member, stranger } from '../support/story-people.ts'
import { atTable, openPlace, placeWith, type PlacedBody } from '../support/story-restaurant.ts'

const elsewhere = '00000000-0000-8000-8000-0123456789ab'

describe('placing an order', () => {
  it('answers the order with where to pay and where to watch', async () => {
    const { place, guest } = await atTable()
    const { status, headers, body } = await place.place(guest, { special_requests: ' 덜 짜게 ' })
    expect(status).toBe(201)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('idempotent-replayed')).toBeNull()
    expect(headers.get('x-request-id')).toBeTruthy()
    expect(body).toMatchObject({
      order_number: 'A001',
      business_day: '2026-11-20',
      status: 'PENDING',
      payment_status: 'UNPAID',
      total_amount: 18_500,
      currency: 'KRW',
      payment_required: true,
      table: { id: place.tables.a1.id, name: 'A1' },
      special_requests: '덜 짜게',
      expires_at: '2026-11-20T03:15:00.000Z',
      rings: false,
      allowed_actions: ['cancel', 'pay'],
      items: [
        {
          menu_id: place.chicken.id,
          name: '후라이드 치킨',
          unit_price: 18_500,
          quantity: 1,
          total: 18_500,
          options: [{ name: '맵기', choice: '매운맛', price_delta: 500 }],
        },
      ],
    })
    const payUrl = `http://ordersync.test/pay/${body.order_id}?k=`
    expect(body.payment_url?.slice(0, payUrl.length)).toBe(payUrl)
    expect(body.websocket_url).toBe(`ws://ordersync.test/ws/orders/${body.order_id}`)
  })

  it('takes the restaurant from the ids where it is not named', async () => {
    const { place, guest } = await atTable()
    const byItems = await place.place(guest, { restaurant_id: undefined })
    expect(byItems.status).toBe(201)
    const byTable = await place.place(guest, {
      restaurant_id: undefined,
      table_id: place.tables.a1.id,
    })
    expect(byTable.status).toBe(201)
  })

  it('takes a choice by its id or its name', async () => {
    const { place, guest } = await atTable()
    const [option] = place.chicken.options
    const mild = option!.choices.find(({ name }) => name === '순한맛')!
    const options = [{ option_id: option!.id, choice: mild.id.toUpperCase() }]
    const { body } = await place.place(guest, { items: [{ ...place.spicy, options }] })
    expect(body.total_amount).toBe(18_000)
  })

  it('asks for no payment at a counter', async () => {
    const { place, guest } = await atTable({
      payment_policy: 'POSTPAID',
      payment_methods: ['COUNTER', 'CARD'],
    })
    const counter = await place.place(guest, { payment_method: 'COUNTER' })
    expect(counter.body).toMatchObject({
      payment_required: false,
      payment_url: null,
      expires_at: null,
      rings: true,
      allowed_actions: ['cancel'],
    })
    const card = await place.place(guest)
    expect(card.body.payment_required).toBe(false)
    expect(card.body.payment_url).toContain('/pay/')
  })

  it('needs no money where it costs nothing', async () => {
    const { place, guest } = await atTable()
    const water = await place.addItem({ name: '물', price: 0 })
    const free = await place.ordered(guest, { items: [{ menu_id: water.id, quantity: 2 }] })
    expect(free).toMatchObject({
      total_amount: 0,
      payment_status: 'PAID',
      payment_required: false,
      payment_url: null,
      expires_at: null,
      rings: true,
      allowed_actions: ['cancel'],
    })
    expect((await place.handle(place.staff, free, 'accept')).status).toBe(200)
  })

  it('is open to members and to those who browse, as take-away', async () => {
    const { story, place } = await atTable()
    const customer = await member(story)
    expect((await place.place(customer)).body.table).toBeNull()
    const browsing = await stranger(story).post<{ access_token: string }>('/auth/guest', {})
    expect(browsing.status).toBe(201)
  })
})

describe('where an order goes to', () => {
  it("is the guest's own table where none is named", async () => {
    const { place } = await atTable()
    const { body } = await place.place(await place.guest(place.tables.a2))
    expect(body.table?.name).toBe('A2')
    expect(body.visit_id).not.toBeNull()
  })

  it('is the table that is named, by number or id', async () => {
    const { story, place } = await atTable()
    const customer = await member(story)
    const byNumber = await place.place(customer, { table_number: 'A2' })
    expect(byNumber.body.table).toEqual({ id: place.tables.a2.id, name: 'A2' })
    const byId = await place.place(customer, { table_id: place.tables.a1.id.toUpperCase() })
    expect(byId.body.table?.name).toBe('A1')
  })

  it('may be said by the path', async () => {
    const { story, place } = await atTable()
    const body = { items: [place.spicy], payment_method: 'CARD' }
    const customer = await member(story)
    const placed = await customer.post<PlacedBody>(`/tables/${place.tables.a2.id}/orders`, body)
    expect(placed.status).toBe(201)
    expect(placed.body.table?.name).toBe('A2')
    const named = { ...body, restaurant_id: place.id }
    const refused = await customer.post(`/tables/${place.tables.a2.id}/orders`, named)
    expect(refused.status).toBe(400)
  })

  it('refuses a table that is unknown, or said twice', async () => {
    const { place, guest } = await atTable()
    const unknown = await place.place(guest, { table_number: 'Z9' })
    expect(unknown.status).toBe(404)
    expect(unknown.body.error.details).toEqual({ what: 'table' })
    const twice = await place.place(guest, { table_number: 'A1', table_id: place.tables.a1.id })
    expect(twice.status).toBe(400)
    expect(twice.body.error.details?.field).toBe('table_number')
  })

  it('takes null for what is left out', async () => {
    const { place, guest } = await atTable()
    const nothing = { table_number: null, expected_total: null, special_requests: null }
    const placed = await place.place(guest, nothing)
    expect(placed.status).toBe(201)
  })

  it("does not find another restaurant's table or dish", async () => {
    const { story, place, guest } = await atTable()
    const other = await openPlace(story)
    const table = await place.place(guest, { table_id: other.tables.a1.id })
    expect(table.status).toBe(404)
    const dish = await place.place(guest, { items: [other.spicy] })
    expect(dish.status).toBe(404)
    expect(dish.body.error.details).toEqual({ what: 'item', field: 'items.0.menu_id' })
  })

  it("refuses a table's guest in another restaurant", async () => {
    const { story, guest } = await atTable()
    const other = await openPlace(story)
    const { status, body } = await other.place(guest)
    expect(status).toBe(404)
    expect(body.error.code).toBe('NOT_FOUND')
  })

  it('is nowhere for a restaurant that is not', async () => {
    const { place, guest } = await atTable()
    const { status } = await place.place(guest, { restaurant_id: elsewhere })
    expect(status).toBe(404)
  })

  it.each(['SCAN', 'SEATED'])('asks for a scan where tables are %s', async (table_access) => {
    const { story, place } = await placeWith({ table_access })
    const refused = await place.place(await member(story), { table_number: 'A1' })
    expect(refused.status).toBe(409)
    expect(refused.body.error.reason).toBe('SCAN_REQUIRED')
  })

  it('is no table while ordering from tables is off', async () => {
    const { place, guest } = await atTable({ table_ordering_enabled: false })
    const refused = await place.place(guest)
    expect(refused.status).toBe(409)
    expect(refused.body.error.reason).toBe('TABLE_ORDERING_DISABLED')
  })
})

describe('a restaurant that says no', () => {
  it('is closed while it pauses', async () => {
    const { place, guest } = await atTable()
    expect((await place.owner.patch('/restaurants/me', { paused: true })).status).toBe(200)
    expect((await place.place(guest)).body.error.reason).toBe('RESTAURANT_CLOSED')
  })

  it('lists the methods it takes', async () => {
    const { place, guest } = await atTable()
    const { body } = await place.place(guest, { payment_method: 'COUNTER' })
    expect(body.error).toMatchObject({
      reason: 'PAYMENT_METHOD_NOT_ACCEPTED',
      details: { accepted: ['CARD'] },
    })
  })

  it('lets two unpaid orders of a guest wait, and six of a table', async () => {
    const { place, guest } = await atTable()
    await place.ordered(guest)
    await place.ordered(guest)
    const third = await place.place(guest)
    expect(third.status).toBe(409)
    expect(third.body.error).toMatchObject({
      reason: 'TOO_MANY_UNPAID_ORDERS',
      details: { limit: 2, per: 'GUEST' },
    })
    for (let n = 0; n < 2; n += 1) {
      const other = await place.guest()
      await place.ordered(other)
      await place.ordered(other)
    }
    const seventh = await place.place(await place.guest())
    expect(seventh.body.error.details).toEqual({ limit: 6, per: 'VISIT' })
  })
})
