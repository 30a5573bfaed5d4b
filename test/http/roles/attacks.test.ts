import { describe, expect, it, vi } from 'vitest'
import type { Person } from '../../support/story-people.ts'
import { stranger } from '../../support/story-people.ts'
import { expectStatus } from '../../support/story-restaurant.ts'
import { MALL } from '../../sandbox/payaction-world.ts'
import { account } from './people.ts'
import { THINGS, type Kind } from './things.ts'
import { GUARDED } from './walk.ts'
import { openWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const opened = openWorld()

const idOf = async (world: World, kind: Kind, at = 0): Promise<string> =>
  (await THINGS[kind](world)).ids[at] ?? ''

interface Me {
  role: string
  memberships: unknown[]
}

describe('taking a role', () => {
  it.each(['ADMIN', 'SUPPORT', 'MARKETING', 'INVENTORY', 'STAFF', 'EXTERNAL', 'GUEST'])(
    'registering as %s is refused',
    async (role) => {
      const { story } = await opened
      const body = { email: 'climber@example.com', password: 'mango-river-41', name: '김', role }
      expect((await stranger(story).post('/auth/register', body, { key: null })).status).toBe(400)
    },
  )

  it('by other words when registering comes to nothing', async () => {
    const { story, here, as } = await opened
    const registered = await stranger(story).post<{ access_token: string }>(
      '/auth/register',
      {
        ...{ email: 'climber@example.com', password: 'mango-river-41', name: '김' },
        ...{ is_admin: true, roles: ['ADMIN'], memberships: [{ restaurant_id: here.id }] },
      },
      { key: null },
    )
    const { access_token: token } = expectStatus(registered, 201)
    const me = expectStatus(await as({ token }).get<Me>('/auth/me'), 200)
    expect([me.role, me.memberships]).toEqual(['CUSTOMER', []])
  })

  it.each(['ADMIN', 'SUPPORT', 'CUSTOMER'])('owners cannot give away %s', async (role) => {
    const { people, as } = await opened
    const wish = { email: 'somebody@example.com', role }
    expect((await as(people.owner).post('/restaurants/me/staff', wish)).status).toBe(400)
  })

  it('staff cannot make themselves owners, nor dismiss them', async () => {
    const { people, as } = await opened
    const staff = as(people.staff)
    const wish = { email: 'somebody@example.com', role: 'OWNER' }
    expect((await staff.post('/restaurants/me/staff', wish)).status).toBe(403)
    const owner = people.owner.userId ?? ''
    expect((await staff.delete(`/restaurants/me/staff/${owner}`)).status).toBe(403)
  })
})

/** Path and body for two things of the same kind: the first id of one, the second of the other. */
const PAIRS: Partial<
  Record<Kind, (first: string, second: string) => [keyof Person, string, object?]>
> = {
  'refund that is due': (order, refund) => [
    'post',
    `/restaurants/me/orders/${order}/refunds/${refund}/record`,
    { method: 'CASH', note: '1' },
  ],
  "a partner's key": (of, key) => ['delete', `/admin/integrations/partners/${of}/keys/${key}`],
  "a partner's subscription": (of, one) => [
    'delete',
    `/admin/integrations/partners/${of}/subscriptions/${one}`,
  ],
  "a partner's endpoint": (of, one) => [
    'delete',
    `/admin/integrations/partners/${of}/endpoints/${one}`,
  ],
  'given-up event': (of, event) => ['post', `/admin/integrations/feed/dead/${of}/${event}/retry`],
}

describe('ids of two things in one path', () => {
  it.each(Object.entries(PAIRS))('name nothing together: %s', async (kind, request) => {
    const world = await opened
    const { people, as } = world
    const [one, other] = [await THINGS[kind as Kind](world), await THINGS[kind as Kind](world)]
    const who = as(one.at === null ? people.admin : people.owner)
    const swapped = request(one.ids[0] ?? '', other.ids[1] ?? '')
    const together = request(one.ids[0] ?? '', one.ids[1] ?? '')
    const send = async ([method, path, body]: typeof swapped) =>
      method === 'delete' ? who.delete(path) : who.post(path, body)
    expect((await send(swapped)).status).toBe(404)
    expect((await send(together)).status).toBeLessThan(300)
  })
})

/** What the owner of another restaurant sends about their own, naming things of this one. */
const MENTIONS: Record<string, (world: World) => Promise<[keyof Person, string, object]>> = {
  'an order to match money with': async (world) => {
    const { story, people, as, there } = world
    const deposits = '/restaurants/me/deposits'
    await story.post(
      `/api/v1/payments/webhook/payaction/${there.id}`,
      { transaction_type: 'deposited', transaction_name: '모르는 사람', amount: 18_500 },
      { 'x-mall-id': MALL.mallId, 'x-webhook-key': MALL.webhookKey },
    )
    const { items } = (await as(people.ownerThere).get<{ items: { id: string }[] }>(deposits)).body
    const order = await idOf(world, 'order by deposit')
    return ['post', `${deposits}/${items[0]!.id}/assign`, { order_id: order }]
  },
  'an item to sell out with a rejection': async (world) => {
    const { there, people, as, here } = world
    const order = await there.ordered(as(people.guestThere), { payment_method: 'COUNTER' })
    const body = { reason: '품절', sold_out_item_ids: [here.chicken.id] }
    return ['post', `/restaurants/me/orders/${order.order_id}/reject`, body]
  },
  'an item to count': ({ here }) =>
    Promise.resolve([
      'post',
      '/restaurants/me/inventory/adjustments',
      { menu_id: here.cola.id, set: 0, reason: '실사' },
    ]),
  'items to put in order': ({ here }) =>
    Promise.resolve(['put', '/restaurants/me/items/order', { ids: [here.cola.id] }]),
  'a category to move an item to': async (world) => {
    const category_id = await idOf(world, 'category')
    return ['patch', `/restaurants/me/items/${world.there.cola.id}`, { category_id }]
  },
  'a category and an item to import over': async (world) => {
    const items = [{ id: world.here.cola.id, name: '바뀐 콜라', price: 1 }]
    const categories = [{ id: await idOf(world, 'category'), name: '바뀐 분류', items }]
    return ['post', '/restaurants/me/menu/import', { v: 1, mode: 'merge', categories }]
  },
  'an item to give a discount on': ({ here, there }) => {
    const terms = { code: 'AWAY1', kind: 'FIXED', value: 100, total_quantity: 1 }
    const body = { ...terms, restaurant_id: there.id, item_ids: [here.cola.id] }
    return Promise.resolve(['post', '/admin/coupons', body])
  },
  'the restaurant to make a coupon for': ({ here }) => {
    const terms = { code: 'AWAY2', kind: 'FIXED', value: 100, total_quantity: 1 }
    return Promise.resolve(['post', '/admin/coupons', { ...terms, restaurant_id: here.id }])
  },
  'the restaurant to add a product to': async (world) => {
    const category_id = await idOf(world, 'category')
    const body = { name: '남의 메뉴', price: 1, category_id, restaurant_id: world.here.id }
    return ['post', '/products', body]
  },
}

describe("another restaurant's things in a body", () => {
  it.each(Object.entries(MENTIONS))('are left alone: %s', async (_, mention) => {
    const world = await opened
    const { people, as } = world
    const state = async () => [
      await as(people.owner)
        .get('/restaurants/me/menu/export')
        .then(({ body }) => body),
      await as(people.owner)
        .get('/restaurants/me/inventory/levels')
        .then(({ body }) => body),
      await as(people.owner)
        .get<List>('/admin/coupons')
        .then(({ body }) => body.items),
    ]
    const [method, path, body] = await mention(world)
    const before = await state()
    const who = as(people.ownerThere)
    const { status } = await (method === 'put'
      ? who.put(path, body)
      : method === 'patch'
        ? who.patch(path, body)
        : who.post(path, body))
    expect([200, 201, 400, 404, 409]).toContain(status)
    expect(await state()).toEqual(before)
  })
})

interface List {
  items: unknown[]
}
interface Cart {
  items: unknown[]
}

describe("a session's id that is an account's", () => {
  it.each(['userId', 'sessionId'] as const)('opens no cart of theirs: %s', async (name) => {
    const { story, people, here, as } = await opened
    const victim = as(people.customer)
    await victim.put('/carts/current/items', { menu_id: here.cola.id, quantity: 3 })
    const header = { 'x-session-id': people.customer[name] ?? '' }
    const thief = stranger(story)
    const seen = await thief.get<Cart>('/carts/current', header)
    expect(seen.body.items).toEqual([])
    const wish = { headers: header }
    await thief.put('/carts/current/items', { menu_id: here.cola.id, quantity: 9 }, wish)
    await thief.delete('/carts/current', wish)
    const merged = await as(people.otherCustomer).post<Cart>('/carts/merge', {
      session_id: people.customer[name],
    })
    expect(merged.body.items).toEqual([])
    const { body } = await victim.get<Cart>('/carts/current')
    expect(body.items).toMatchObject([{ menu_id: here.cola.id, quantity: 3 }])
  })

  it('orders nothing of theirs by its cart', async () => {
    const { people, here, as } = await opened
    await as(people.customer).put('/carts/current/items', { menu_id: here.cola.id, quantity: 1 })
    const { body } = await as(people.customer).get<{ cart_id: string }>('/carts/current')
    const order = { cart_id: body.cart_id, payment_method: 'COUNTER' }
    const placed = await as(people.otherCustomer).post('/orders', order)
    expect([400, 404, 409]).toContain(placed.status)
  })
})

describe('other ways to a route', () => {
  const api = GUARDED.filter(({ path }) => path.startsWith('/api/v1/'))

  it('ask the same of who comes by them', async () => {
    const { story, people } = await opened
    for (const { method, path, permission } of api) {
      if (permission === 'optional') continue
      const init = { method: method.toUpperCase(), headers: {} }
      const asked = path.replace(/\{\w+\}/g, crypto.randomUUID())
      for (const spelt of [asked.replace('/api/v1', ''), asked.replace('/api/v1', '//api/v1')]) {
        const { status } = await story.ask(`http://ordersync.test${spelt}`, init)
        expect([path, spelt, [401, 404].includes(status)]).toEqual([path, spelt, true])
      }
      const headers = { authorization: `Bearer ${people.partner.token ?? ''}` }
      const { status } = await story.ask(asked.replace('/api/v1', ''), { ...init, headers })
      if (!path.includes('/integrations/events/'))
        expect([path, status >= 400]).toEqual([path, true])
    }
  })

  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'do not turn a reading into a writing: %s',
    async (header) => {
      const world = await opened
      const { people, as } = world
      const path = `/tables/${await idOf(world, 'table')}`
      expect((await as(people.owner).get(path, { [header]: 'DELETE' })).status).toBe(200)
      expect((await as(people.owner).get(path)).status).toBe(200)
      expect((await as(people.staff).get(`${path}?_method=DELETE`)).status).toBe(200)
    },
  )
})

describe('somebody of several roles', () => {
  it('keeps the one on the platform where they work, and the work beside it', async () => {
    const world = await opened
    const { people, as, there } = world
    const both = as(people.marketingStaff)
    const coupon = await idOf(world, 'coupon')
    expect((await both.patch(`/admin/coupons/${coupon}`, { value: 300 })).status).toBe(200)
    const terms = { code: 'ELSEWHERE', kind: 'FIXED', value: 100, total_quantity: 1 }
    const elsewhere = { ...terms, restaurant_id: there.id }
    expect((await both.post('/admin/coupons', elsewhere)).status).toBe(201)
    expect((await both.get('/restaurants/me/orders')).status).toBe(200)
    expect((await both.post('/tables', {})).status).toBe(403)
  })

  it('adds products where they own, whatever their account is', async () => {
    const world = await opened
    const { story, here, there, as } = world
    const work = { at: here, role: 'OWNER' } as const
    const owner = as(await account(story, 'SUPPORT', work))
    const product = { name: '새 메뉴', price: 1_000, category_id: await idOf(world, 'category') }
    expect((await owner.post('/products', product)).status).toBe(201)
    const away = await owner.post('/products', { ...product, restaurant_id: there.id })
    expect(away.status).toBe(404)
  })

  it('takes cash for points where they were hired, whatever their account is', async () => {
    const { story, people, here, there, as } = await opened
    story.env.POINTS_CASH_BY_STAFF = 'true'
    const path = `/users/${people.customer.userId ?? ''}/points/charge`
    const cash = { amount: 1_000, payment_method: 'CASH' }
    const charged = (who: keyof typeof people, at = here.id) =>
      as(people[who]).post(path, cash, { headers: { 'x-restaurant-id': at } })
    expect((await charged('otherCustomer')).status).toBe(404)
    expect((await charged('hired', there.id)).status).toBe(403)
    expect((await charged('hired')).status).toBe(201)
  })
})
