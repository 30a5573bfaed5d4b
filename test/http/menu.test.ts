import { describe, expect, it } from 'vitest'
import { restaurantHttp, type Envelope, type RestaurantHttp } from '../support/restaurant-http.ts'

interface Item {
  id: string
  number: number
  is_available: boolean
  options: { id: string; choices: { id: string }[] }[]
}
interface Menu {
  menu_version: number
  categories: { id: string; name: string; items: Item[] }[]
}

const SPICE = {
  name: '맵기',
  required: true,
  choices: [{ name: '순한맛' }, { name: '매운맛', price_delta: 500 }],
}

async function withChicken({ call, owner }: RestaurantHttp, body: object = {}) {
  const category = await call<{ id: string }>('POST', '/restaurants/me/categories', {
    as: owner,
    body: { name: '치킨' },
  })
  const created = await call<Item>('POST', '/restaurants/me/items', {
    as: owner,
    body: { category_id: category.body.id, name: '후라이드', price: 18_000, ...body },
  })
  return { category, created, item: created.body }
}

describe('GET /restaurants/{id}/menu', () => {
  const path = (id: string) => `/restaurants/${id}/menu`

  it('shows everybody the whole menu', async () => {
    const world = await restaurantHttp()
    const { category, item } = await withChicken(world, { options: [SPICE], description: '바삭' })
    const { status, body, headers } = await world.call<Menu>('GET', path(world.restaurantId))
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('public, max-age=0, s-maxage=30')
    expect(body).toMatchObject({
      restaurant: {
        id: world.restaurantId,
        name: '맛있는 치킨집',
        open: true,
        table_ordering_enabled: true,
      },
    })
    expect(body.categories).toEqual([
      {
        id: category.body.id,
        name: '치킨',
        items: [
          {
            id: item.id,
            number: 1,
            name: '후라이드',
            price: 18_000,
            description: '바삭',
            image_url: null,
            is_available: true,
            allergens: [],
            tags: [],
            spice_level: 0,
            max_per_order: null,
            options: [
              {
                id: item.options[0]?.id,
                name: '맵기',
                required: true,
                min: 1,
                max: 1,
                choices: [
                  { id: item.options[0]?.choices[0]?.id, name: '순한맛', price_delta: 0 },
                  { id: item.options[0]?.choices[1]?.id, name: '매운맛', price_delta: 500 },
                ],
              },
            ],
          },
        ],
      },
    ])
  })

  it('answers 304 to who has it, until it changes', async () => {
    const world = await restaurantHttp()
    const { item } = await withChicken(world)
    const read = (known?: string) =>
      world.call<Menu>('GET', path(world.restaurantId), {
        headers: known === undefined ? {} : { 'if-none-match': known },
      })
    const { headers, body } = await read()
    const etag = headers.get('etag') ?? ''
    expect(etag).toMatch(new RegExp(`^"${world.restaurantId}-1\\.${body.menu_version}-ko-`))
    for (const known of [etag, `W/${etag}`, `"other", W/"x-1" , ${etag}`, '*']) {
      const again = await read(known)
      expect([known, again.status]).toEqual([known, 304])
      expect(again.body).toBe('')
      expect(again.headers.get('etag')).toBe(etag)
    }
    for (const known of ['"other"', `"${world.restaurantId}-99"`, etag.slice(1, -1), '"'])
      expect((await read(known)).status).toBe(200)
    await world.call('PUT', `/restaurants/me/items/${item.id}/sold-out`, {
      as: world.staff,
      body: { sold_out: true },
    })
    const changed = await read(etag)
    expect(changed.status).toBe(200)
    expect(changed.body.categories[0]?.items[0]?.is_available).toBe(false)
  })

  it('is sent over once, and answered whole to everybody who has another', async () => {
    const world = await restaurantHttp()
    const { item } = await withChicken(world)
    const read = (known?: string) =>
      world.call<Menu>('GET', path(world.restaurantId), {
        headers: known === undefined ? {} : { 'if-none-match': known },
      })
    const first = await read()
    const asked: (readonly string[])[] = []
    const { restaurants } = world.deps
    world.deps.restaurants = (id) => {
      const handle = restaurants(id)
      const query = (envelope: { query: { type: string; known?: readonly string[] } }) => {
        if (envelope.query.type === 'menu-text') asked.push(envelope.query.known ?? [])
        return handle.query(envelope as never)
      }
      return { ...handle, query: query }
    }
    const second = await read()
    expect([second.status, second.body]).toEqual([200, first.body])
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
    await world.call('PATCH', `/restaurants/me/items/${item.id}`, {
      as: world.owner,
      body: { price: 19_000 },
    })
    const changed = await read(first.headers.get('etag') ?? '')
    expect([changed.status, changed.body.menu_version]).toEqual([200, first.body.menu_version + 1])
    // This one has an older menu, and the isolate the one that stands.
    const late = await read(first.headers.get('etag') ?? '')
    expect([late.status, late.body]).toEqual([200, changed.body])
    const tagIn = ({ headers }: { headers: Headers }) =>
      (headers.get('etag') ?? '').slice(world.restaurantId.length + 2, -1)
    expect(asked).toEqual([[tagIn(first)], [tagIn(first)], [tagIn(changed)]])
  })

  it('answers while the platform database is away', async () => {
    const world = await restaurantHttp()
    await withChicken(world)
    const away = new Proxy({}, { get: () => () => Promise.reject(new Error('D1 is away')) })
    Object.assign(world.deps, { registry: away, sessions: away, users: away })
    expect((await world.call('GET', path(world.restaurantId))).status).toBe(200)
  })

  it.each([
    ['an unknown restaurant', () => crypto.randomUUID(), 404],
    [
      'another id that carries its key',
      (id: string) => id.replace(/^./, (c) => (c === '0' ? '1' : '0')),
      404,
    ],
    ['no id', () => 'chicken', 400],
  ])('does not answer for %s', async (_, idOf, status) => {
    const world = await restaurantHttp()
    expect((await world.call('GET', path(idOf(world.restaurantId)))).status).toBe(status)
  })
})

describe('keeping the menu', () => {
  it('adds, lists by page, changes and removes', async () => {
    const world = await restaurantHttp()
    const { call, owner, staff } = world
    const { category, created, item } = await withChicken(world)
    expect([category.status, created.status]).toEqual([201, 201])
    const second = await call<Item>('POST', '/restaurants/me/items', {
      as: owner,
      body: { category_id: category.body.id, name: '양념', price: 19_000 },
    })
    const page = await call<{ items: Item[]; next_cursor: string }>(
      'GET',
      '/restaurants/me/items?limit=1',
      { as: staff },
    )
    expect(page.body.items.map(({ id }) => id)).toEqual([item.id])
    const rest = await call<{ items: Item[]; next_cursor: string | null }>(
      'GET',
      `/restaurants/me/items?limit=1&cursor=${page.body.next_cursor}`,
      { as: staff },
    )
    expect(rest.body).toMatchObject({ items: [{ id: second.body.id }], next_cursor: null })

    const one = `/restaurants/me/items/${item.id}`
    for (const method of ['PATCH', 'PUT'])
      expect(await call(method, one, { as: owner, body: { price: 17_000 } })).toMatchObject({
        status: 200,
        body: { price: 17_000, name: '후라이드', number: 1, stock: null },
      })
    expect((await call('GET', one, { as: staff })).body).toMatchObject({ price: 17_000 })
    expect((await call('DELETE', one, { as: owner })).status).toBe(204)
    expect((await call('GET', one, { as: owner })).status).toBe(404)

    const filled = await call<Envelope>(
      'DELETE',
      `/restaurants/me/categories/${category.body.id}`,
      {
        as: owner,
      },
    )
    expect([filled.status, filled.body.error.reason]).toEqual([409, 'CATEGORY_NOT_EMPTY'])
    const renamed = await call('PATCH', `/restaurants/me/categories/${category.body.id}`, {
      as: owner,
      body: { name: '닭', position: 4 },
    })
    expect(renamed.body).toEqual({ id: category.body.id, name: '닭', names: {}, position: 4 })
    const categories = await call('GET', '/restaurants/me/categories', { as: staff })
    expect(categories.body).toMatchObject({ items: [renamed.body], next_cursor: null })
  })

  it.each([
    [{ price: -1 }, 'price', 'too_small'],
    [{ price: 1.5 }, 'price', 'invalid_type'],
    [{ price: 1e15 }, 'price', 'too_big'],
    [{ price: '18000' }, 'price', 'invalid_type'],
    [{ name: '' }, 'name', 'too_small'],
    [{ name: 'x'.repeat(201) }, 'name', 'too_big'],
    [{ category_id: crypto.randomUUID() }, 'category_id', 'unknown_category'],
    [{ category_id: 'drinks' }, 'category_id', 'invalid_format'],
    [{ options: [{ ...SPICE, choices: [] }] }, 'options.0.choices', 'too_small'],
    [{ options: [{ ...SPICE, min: 0 }] }, 'options.0.min', 'too_small'],
    [{ options: [{ ...SPICE, id: crypto.randomUUID() }] }, 'options.0.id', 'unknown_option'],
    [
      { price: 100, options: [{ name: '할인', choices: [{ name: '반값', price_delta: -200 }] }] },
      'options',
      'negative_price',
    ],
  ])('refuses an item with %o', async (wrong, field, reason) => {
    const world = await restaurantHttp()
    const { created } = await withChicken(world, wrong)
    expect(created.status).toBe(400)
    expect(created.body).toMatchObject({ error: { details: { field, reason } } })
  })

  it('ignores what is not for the body to say', async () => {
    const world = await restaurantHttp()
    const { item } = await withChicken(world, {
      number: 77,
      id: crypto.randomUUID(),
      sold_out: true,
    })
    expect(item).toMatchObject({ number: 1, is_available: true })
  })

  it('lets staff mark items sold out, until a time, and nothing else', async () => {
    const world = await restaurantHttp()
    const { call, staff } = world
    const { item, category } = await withChicken(world)
    const path = `/restaurants/me/items/${item.id}/sold-out`
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const marked = await call('PUT', path, { as: staff, body: { sold_out: true, until } })
    expect(marked.body).toMatchObject({
      sold_out: true,
      sold_out_until: until,
      is_available: false,
    })
    for (const wrong of ['2020-01-01T00:00:00Z', 'tomorrow'])
      expect(
        (await call('PUT', path, { as: staff, body: { sold_out: true, until: wrong } })).status,
      ).toBe(400)
    const back = await call('PUT', path, { as: staff, body: { sold_out: false } })
    expect(back.body).toMatchObject({ sold_out: false, sold_out_until: null, is_available: true })
    const forbidden = [
      call('PATCH', `/restaurants/me/items/${item.id}`, { as: staff, body: { price: 1 } }),
      call('DELETE', `/restaurants/me/items/${item.id}`, { as: staff }),
      call('POST', '/restaurants/me/categories', { as: staff, body: { name: 'x' } }),
      call('DELETE', `/restaurants/me/categories/${category.body.id}`, { as: staff }),
    ]
    expect((await Promise.all(forbidden)).map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  it("does not know another restaurant's items and categories", async () => {
    const world = await restaurantHttp()
    const { item, category } = await withChicken(world)
    const as = await world.newOwner()
    await world.call('POST', '/restaurants', { as, body: { name: '옆집' } })
    const tries = [
      world.call('GET', `/restaurants/me/items/${item.id}`, { as }),
      world.call('PATCH', `/restaurants/me/items/${item.id}`, { as, body: { price: 1 } }),
      world.call('PUT', `/restaurants/me/items/${item.id}/sold-out`, {
        as,
        body: { sold_out: true },
      }),
      world.call('DELETE', `/restaurants/me/items/${item.id}`, { as }),
      world.call('PATCH', `/restaurants/me/categories/${category.body.id}`, { as, body: {} }),
      world.call('DELETE', `/restaurants/me/categories/${category.body.id}`, { as }),
    ]
    for (const { status } of await Promise.all(tries)) expect(status).toBe(404)
  })

  it('adds one item for one key', async () => {
    const world = await restaurantHttp()
    const request = { as: world.owner, body: { name: '음료' }, headers: { 'Idempotency-Key': 'c' } }
    const all = await Promise.all(
      Array.from({ length: 10 }, () =>
        world.call<{ id: string }>('POST', '/restaurants/me/categories', request),
      ),
    )
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1)
    const replays = all.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')
    expect(replays).toHaveLength(9)
  })
})

describe('inventory', () => {
  const PATH = '/restaurants/me/inventory/adjustments'
  let keys = 0
  const key = () => ({ 'Idempotency-Key': `adjust-${(keys += 1)}` })

  it('corrects levels and lists them', async () => {
    const world = await restaurantHttp()
    const { call, staff: as } = world
    const { item } = await withChicken(world)
    const set = { menu_id: item.id, set: 10, reason: '개시' }
    const started = await call('POST', PATH, { as, body: set, headers: key() })
    expect(started.status).toBe(201)
    expect(started.body).toEqual({
      menu_id: item.id,
      counted: true,
      level: 10,
      reserved: 0,
      available: 10,
      low: false,
      low_stock_threshold: null,
      daily_portions: null,
    })
    const less = { menu_id: item.id, delta: -4, reason: '폐기' }
    await call('POST', PATH, { as, body: less, headers: key() })
    const levels = await call('GET', '/restaurants/me/inventory/levels', { as })
    expect(levels.body).toMatchObject({
      items: [{ menu_id: item.id, name: '후라이드', level: 6, available: 6 }],
    })
    const stop = { menu_id: item.id, set: null, reason: '그만' }
    const stopped = await call('POST', PATH, { as, body: stop, headers: key() })
    expect(stopped.body).toMatchObject({ counted: false, level: null, available: null })
  })

  it('asks for a key, and does the same thing once', async () => {
    const world = await restaurantHttp()
    const { call, staff: as } = world
    const { item } = await withChicken(world)
    const body = { menu_id: item.id, set: 3, reason: '개시' }
    const bare = await call<Envelope>('POST', PATH, { as, body })
    expect(bare.body.error.details).toMatchObject({ field: 'Idempotency-Key', reason: 'required' })
    const headers = key()
    await call('POST', PATH, { as, body, headers })
    const again = await call('POST', PATH, { as, body, headers })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const other = await call('POST', PATH, { as, body: { ...body, set: 4 }, headers })
    expect(other.status).toBe(422)
  })

  it.each([
    [{ reason: 'x' }, 'set', 'required'],
    [{ set: 1, delta: 1, reason: 'x' }, 'delta', 'either_delta_or_set'],
    [{ set: -1, reason: 'x' }, 'set', 'too_small'],
    [{ set: 1e9, reason: 'x' }, 'set', 'too_big'],
    [{ delta: 1, reason: 'x' }, 'delta', 'not_counted'],
    [{ set: 1 }, 'reason', 'required'],
    [{ set: 1, reason: ' ' }, 'reason', 'too_small'],
  ])('refuses %o', async (wrong, field, reason) => {
    const world = await restaurantHttp()
    const { item } = await withChicken(world)
    const refused = await world.call<Envelope>('POST', PATH, {
      as: world.staff,
      body: { menu_id: item.id, ...wrong },
      headers: key(),
    })
    expect([refused.status, refused.body.error.details]).toMatchObject([400, { field, reason }])
  })

  it('is for staff, and of their own items', async () => {
    const world = await restaurantHttp()
    const { call, newOwner, actor } = world
    const { item } = await withChicken(world)
    const body = { menu_id: item.id, set: 1, reason: 'x' }
    const neighbour = await newOwner()
    await call('POST', '/restaurants', { as: neighbour, body: { name: '옆집' } })
    expect((await call('POST', PATH, { as: neighbour, body, headers: key() })).status).toBe(404)
    expect((await call('POST', PATH, { body, headers: key() })).status).toBe(401)
    const guest = await actor({})
    expect((await call('POST', PATH, { as: guest, body, headers: key() })).status).toBe(403)
  })
})
