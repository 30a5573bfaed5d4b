import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { openPlace, type OrderBody } from '../support/story-restaurant.ts'
import {
  colas,
  depositIn,
  MALL_HEADERS,
  newOrder,
  preOrder,
  sourcePlace,
  tell,
  type SourceOrder,
} from '../support/sources.ts'

/** Each has a restaurant of its own. */
vi.setConfig({ testTimeout: 30_000 })

describe('a table that is named by its id alone', () => {
  it.each(['SCAN', 'SEATED'])('opens nothing where tables are %s', async (access) => {
    const world = await sourcePlace({ table_access: access })
    const { asked, table } = world
    expect((await asked('GET', `/api/tables/${table}/`)).status).toBe(404)
    expect((await asked('GET', `/api/tables/${table}/orders/`)).status).toBe(404)
    expect((await newOrder(world)).body.error.reason).toBe('SCAN_REQUIRED')
  })

  it('opens no other table, and no canonical path', async () => {
    const world = await sourcePlace()
    const { asked, place, table } = world
    await newOrder(world)
    expect((await asked('GET', `/api/tables/${place.tables.a2.id}/orders/`)).body).toEqual([])
    for (const path of [`/tables/${table}`, `/api/v1/tables/${table}/orders`])
      expect((await asked('GET', path)).status).toBe(401)
  })

  it('shows of a guest’s order what it comes to, and its money to nobody', async () => {
    const { asked, place, table } = await sourcePlace()
    const guest = await place.guest()
    const { order_id: id } = await place.ordered(guest, { special_requests: '문 앞에' })
    const { body } = await asked<SourceOrder[]>('GET', `/api/tables/${table}/orders/`)
    expect(body).toMatchObject([{ id, total_amount: 18_500 }])
    expect((await asked('GET', `/api/orders/${id}/payment-status/`)).status).toBe(404)
    const own = await asked('GET', `/api/orders/${id}/payment-status/`, { as: guest })
    expect(own.body).toMatchObject({ order_id: id, status: 'completed' })
  })

  it('belongs to the default restaurant alone', async () => {
    const { story, asked } = await sourcePlace()
    const other = await openPlace(story, { table_access: 'OPEN' })
    const { a1 } = other.tables
    const body = { table_id: a1.id, items: colas() }
    expect((await asked('GET', `/api/tables/${a1.id}/`)).status).toBe(404)
    expect((await asked('POST', '/api/orders/', { body })).status).toBe(404)
    const reset = await asked('DELETE', `/api/tables/${a1.id}/orders/reset/`, { as: other.staff })
    expect(reset.status).toBe(404)
    expect((await asked('GET', '/api/tables/', { as: other.staff })).status).toBe(404)
  })

  it('stands for as many guests as sit there', async () => {
    const world = await sourcePlace({ max_unpaid_per_guest: 1, max_unpaid_per_visit: 3 })
    const statuses = []
    for (let n = 0; n < 4; n += 1) statuses.push((await preOrder(world)).status)
    expect(statuses).toEqual([201, 201, 201, 409])
  })

  it('shows nothing of the party before, and begins no visit by being read', async () => {
    const { asked, place, table, ...world } = await sourcePlace()
    await newOrder({ asked, place, table, ...world })
    const reset = `/api/tables/${table}/orders/reset/`
    expect((await asked('DELETE', reset, { as: place.staff })).body.error.reason).toBe(
      'TABLE_HAS_OPEN_ORDERS',
    )
    await asked('DELETE', `${reset}?force=void`, { as: place.staff })
    for (const path of [`/api/tables/${table}/orders/`, `/api/orders/history/?table_id=${table}`])
      expect((await asked('GET', path)).body).toEqual([])
    const { body } = await asked<{ visit_id: string | null }[]>('GET', '/api/tables/', {
      as: place.staff,
    })
    expect(body[0]?.visit_id).toBeNull()
  })
})

describe('a pre-order', () => {
  it('is completed once its deposit is in', async () => {
    const world = await sourcePlace()
    const { id } = await depositIn(world, '/api/webhook/payment', MALL_HEADERS)
    await world.story.settle()
    const { body } = await world.asked('GET', `/api/orders/${id}/payment-status/`)
    expect(body).toEqual({
      order_id: id,
      status: 'completed',
      order_status: 'PENDING',
      payment_status: 'PAID',
      total_amount: 4_000,
    })
    const orders = await world.asked('GET', `/api/tables/${world.table}/orders/`)
    expect(orders.body).toMatchObject([{ id, status: 'completed' }])
  })

  it('stands among the orders of its table until then, and no longer once it has lapsed', async () => {
    const world = await sourcePlace()
    const path = `/api/orders/history/?table_id=${world.table}`
    const { order_id: id } = (await preOrder(world)).body
    expect((await world.asked('GET', path)).body).toMatchObject([{ id, status: 'pre_order' }])
    await world.story.passes(3 * 3_600_000)
    expect((await world.asked('GET', path)).body).toEqual([])
  })
})

describe('an order without a key', () => {
  it('is one more each time, and once where a key is sent', async () => {
    const world = await sourcePlace()
    const { asked, table } = world
    const body = { table_id: table, items: colas() }
    const one = await newOrder(world)
    const two = await newOrder(world)
    expect(two.body.id).not.toBe(one.body.id)
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const sent = await asked('POST', '/api/orders/', { body, headers })
    const again = await asked('POST', '/api/orders/', { body, headers })
    expect(again.body).toEqual(sent.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const other = { table_id: table, items: colas(3) }
    expect((await asked('POST', '/api/orders/', { body: other, headers })).status).toBe(422)
  })

  it('is taken at a canonical path that is spelled without its root, and nowhere else', async () => {
    const { asked, place } = await sourcePlace()
    const as = await place.guest()
    const body = { restaurant_id: place.id, items: [place.spicy], payment_method: 'CARD' }
    expect((await asked('POST', '/orders', { as, body })).status).toBe(201)
    expect((await asked('POST', '/api/v1/orders', { as, body })).body.error.details).toMatchObject({
      field: 'Idempotency-Key',
    })
  })
})

describe('what is sent', () => {
  it.each([
    ['a number as text', { items: [{ food_id: '2', quantity: 1 }] }, 'items.0.food_id'],
    ['a quantity as text', { items: [{ food_id: 2, quantity: '1' }] }, 'items.0.quantity'],
    ['no table', { table_id: undefined }, 'table_id'],
    ['a table’s number', { table_id: 1 }, 'table_id'],
    ['a word that is not read', { note: 'no onions' }, 'note'],
  ])('is refused by its own name: %s', async (_, more, field) => {
    const { asked, table } = await sourcePlace()
    const body = { table_id: table, items: colas(), ...more }
    const answer = await asked('POST', '/api/orders/', { body })
    expect([answer.status, answer.body.error.details?.field]).toEqual([400, field])
  })

  it('names a dish that is not there', async () => {
    const { asked, table } = await sourcePlace()
    const body = { table_id: table, items: [...colas(), { food_id: 99, quantity: 1 }] }
    const { status, body: told } = await asked('POST', '/api/orders/', { body })
    expect([status, told.error.details]).toEqual([404, { what: 'item', field: 'items.1.food_id' }])
  })

  it('may name a dish by its id', async () => {
    const { asked, table, cider } = await sourcePlace()
    const body = { table_id: table, items: [{ food_id: cider.id, quantity: 1 }] }
    const { body: order } = await asked<SourceOrder>('POST', '/api/orders/', { body })
    expect(order.items).toEqual([{ food: 3, quantity: 1, total_price: 2_500 }])
    expect((await asked('GET', `/api/foods/${cider.id}`)).body).toMatchObject({ id: 3 })
  })
})

describe('a plain order', () => {
  it('has what must be chosen as it stands first at no extra price', async () => {
    const { asked, table, place } = await sourcePlace()
    const body = { table_id: table, items: [{ food_id: 1, quantity: 1 }] }
    const { body: told } = await asked<SourceOrder>('POST', '/api/orders/', { body })
    expect(told.total_amount).toBe(18_000)
    const { body: order } = await place.owner.get<OrderBody>(`/orders/${told.id}`)
    expect(order.items[0]?.options).toMatchObject([{ name: '맵기', choice: '순한맛' }])
  })

  it('is settled at the counter, chosen so or not', async () => {
    const postpaid = { payment_policy: 'POSTPAID', payment_methods: ['CARD', 'COUNTER'] }
    for (const [settings, method] of [
      [{}, 'CARD'],
      [postpaid, 'COUNTER'],
    ] as const) {
      const world = await sourcePlace(settings)
      const { id } = (await newOrder(world)).body
      const { owner, staff } = world.place
      expect((await owner.get<OrderBody>(`/orders/${id}`)).body.payment_method).toBe(method)
      const settled = await staff.post<OrderBody>(`/restaurants/me/orders/${id}/settle`, {
        by: 'CASH',
      })
      expect([settled.status, settled.body.payment_status]).toEqual([200, 'PAID'])
    }
  })

  it('is refused where nothing but a deposit is taken', async () => {
    const { status, body } = await newOrder(await sourcePlace({ payment_methods: ['DEPOSIT'] }))
    expect([status, body.error.details]).toEqual([409, { accepted: ['DEPOSIT'] }])
  })
})

describe('the default restaurant', () => {
  it('has to be set', async () => {
    const { story } = await sourcePlace()
    await env.DB.prepare('DELETE FROM platform_settings').run()
    for (const [method, path] of [
      ['GET', '/api/foods/'],
      ['GET', '/api/tables/'],
      ['POST', '/api/orders/'],
    ] as const) {
      const { status, body } = await tell(story, method, path)
      expect([status, body.error.reason]).toEqual([404, 'DEFAULT_RESTAURANT_UNSET'])
      expect(body.error.message).toContain('default_restaurant_id')
    }
  })
})

describe('a request by a path of the sources', () => {
  it('is one line in the log, under the canonical route', async () => {
    const world = await sourcePlace()
    world.story.world.logged.length = 0
    const { body } = await newOrder(world)
    await world.asked('GET', '/menus')
    const lines = world.story.world.logged.filter(({ kind }) => kind === 'http')
    expect(lines).toMatchObject([
      { method: 'POST', route: '/api/v1/tables/:table_id/orders', bySource: true, status: 201 },
      { method: 'GET', route: '/api/v1/menus', bySource: true, status: 400 },
    ])
    expect(JSON.stringify(lines)).not.toContain(world.table)
    expect(body.id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is answered by what the reader has, where nothing has changed', async () => {
    const { asked } = await sourcePlace()
    const { headers } = await asked('GET', '/api/foods/')
    const known = { 'if-none-match': headers.get('etag') ?? '' }
    expect((await asked('GET', '/api/foods/', { headers: known })).status).toBe(304)
    expect((await asked('GET', '/api/foods/3/', { headers: known })).status).toBe(304)
  })
})

describe('a list', () => {
  it('of tables has all of them', async () => {
    const { asked, place } = await sourcePlace()
    for (let n = 0; n < 100; n += 1) await place.owner.post('/tables', { name: `Z${n}` })
    const { body } = await asked<{ id: string }[]>('GET', '/api/tables/', { as: place.staff })
    expect(new Set(body.map(({ id }) => id)).size).toBe(102)
  })

  it('of orders says where it goes on', async () => {
    const world = await sourcePlace()
    const ids = [(await newOrder(world)).body.id]
    await world.story.passes(1_000)
    ids.push((await newOrder(world)).body.id)
    const page = (query: string) =>
      world.asked<SourceOrder[]>('GET', `/api/orders/history/${query}`, { as: world.place.staff })
    const first = await page('?limit=1')
    const [, next = ''] = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? []
    const second = await page(next)
    expect([...first.body, ...second.body].map(({ id }) => id)).toEqual(ids.toReversed())
    for (const wrong of ['?limit=0', '?limit=1%26status%3Dopen', '?cursor=x'])
      expect((await page(wrong)).status).toBe(400)
    expect((await page('')).headers.get('link')).toBeNull()
  })
})
