import { describe, expect, it } from 'vitest'
import { restaurantHttp, type Envelope, type RestaurantHttp } from '../support/restaurant-http.ts'

const PATH = '/restaurants/me/statistics'
interface Day {
  day: string
  revenue: number
  orders: { total: number; by_status: Record<string, number> }
  items: { menu_id: string; name: string; quantity: number; revenue: number; order_count: number }[]
  hours: { hour: number; orders: number }[]
}

async function withOrders(world: RestaurantHttp) {
  const { call, owner: as, staff } = world
  const category = await call<{ id: string }>('POST', '/restaurants/me/categories', {
    as,
    body: { name: '치킨' },
  })
  const add = async (name: string, price: number) => {
    const body = { category_id: category.body.id, name, price }
    return (await call<{ id: string }>('POST', '/restaurants/me/items', { as, body })).body.id
  }
  const [chicken, cola] = [await add('후라이드', 18_000), await add('콜라', 2_000)]
  const guest = await world.actor({})
  const order = async (...lines: [string, number][]) => {
    const placed = await call<{ order_id: string }>('POST', '/orders', {
      as: guest,
      body: {
        restaurant_id: world.restaurantId,
        items: lines.map(([menu_id, quantity]) => ({ menu_id, quantity })),
        payment_method: 'COUNTER',
      },
      headers: { 'Idempotency-Key': crypto.randomUUID() },
    })
    return placed.body.order_id
  }
  const handle = (id: string, verb: string, body: object = {}) =>
    call('POST', `/restaurants/me/orders/${id}/${verb}`, { as: staff, body })
  return { chicken, cola, order, handle }
}

describe('GET /restaurants/me/statistics', () => {
  it("counts the running day's orders, items and hours", async () => {
    const world = await restaurantHttp()
    const { chicken, cola, order, handle } = await withOrders(world)
    const first = await order([chicken, 1], [cola, 3])
    const second = await order([cola, 1])
    const third = await order([chicken, 9])
    await order([chicken, 9])
    for (const id of [first, second]) await handle(id, 'accept', { estimated_time_minutes: 10 })
    await handle(third, 'reject', { reason: '재료 소진' })
    const { status, body } = await world.call<Day>('GET', PATH, { as: world.owner })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      revenue: 0,
      orders: { total: 4, by_status: { PENDING: 1, ACCEPTED: 2, REJECTED: 1, COMPLETED: 0 } },
      average_seconds_to_ready: null,
    })
    expect(body.items).toMatchObject([
      { menu_id: cola, name: '콜라', quantity: 4, revenue: 8_000, order_count: 2 },
      { menu_id: chicken, name: '후라이드', quantity: 1, revenue: 18_000, order_count: 1 },
    ])
    expect(body.hours).toHaveLength(24)
    expect(body.hours.reduce((sum, { orders }) => sum + orders, 0)).toBe(3)

    const same = await world.call<Day>('GET', `${PATH}?day=${body.day}`, { as: world.owner })
    expect(same.body).toEqual(body)
    const other = await world.call<Day>('GET', `${PATH}?day=2020-02-29`, { as: world.owner })
    expect(other.body).toMatchObject({ day: '2020-02-29', orders: { total: 0 }, items: [] })
  })

  it.each(['today', '2026-02-30', '2026-1-1', ''])('does not take %s for a day', async (day) => {
    const world = await restaurantHttp()
    const { status, body } = await world.call<Envelope>('GET', `${PATH}?day=${day}`, {
      as: world.owner,
    })
    expect([status, body.error.details]).toMatchObject([
      400,
      { field: 'day', reason: 'invalid_format' },
    ])
  })

  it('is the owner’s alone', async () => {
    const world = await restaurantHttp()
    expect((await world.call('GET', PATH, { as: world.staff })).status).toBe(403)
    expect((await world.call('GET', PATH)).status).toBe(401)
  })
})
