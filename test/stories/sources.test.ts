import { describe, expect, it, vi } from 'vitest'
import Stripe from 'stripe'
import { RESPELLED, SLASHED, TRANSLATED } from '../../src/http/source-paths.ts'
import { member } from '../support/story-people.ts'
import {
  depositIn,
  MALL_HEADERS,
  newOrder,
  preOrder,
  sourcePlace,
  type SourcePlace,
  type Told,
} from '../support/sources.ts'

/** Each walk is a restaurant of its own. */
vi.setConfig({ testTimeout: 30_000 })

const REGISTRATION = { password: 'a long pass phrase', name: '김민수', role: 'CUSTOMER' }
const NOBODY = '00000000-0000-8000-8000-0123456789ab'

/** What a row does where all is well, and what it refuses: each gives the answer that is looked at. */
interface Walk {
  happy(world: SourcePlace): Promise<Told<unknown>>
  wanted: unknown
  status?: number
  refused(world: SourcePlace): Promise<Told<unknown>>
  refusal: [status: number, code: string]
}

const CART = { items: [expect.objectContaining({ quantity: 2 }) as unknown] }
const cartOf = async (world: SourcePlace) => {
  const as = await member(world.story)
  const line = { menu_id: world.place.cola.id, quantity: 2 }
  const added = await world.asked('POST', '/cart/items', { as, body: line })
  expect(added.body).toMatchObject(CART)
  return { as, line }
}
const stripeEvent = JSON.stringify(
  {
    ...{ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded' },
    data: { object: { id: 'pi_nobodys', object: 'payment_intent', metadata: {} } },
  },
  null,
  2,
)
const signed = async ({ story }: SourcePlace, secret: string) => {
  const answer = await story.ask('/payments/webhook', {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': await Stripe.webhooks.generateTestHeaderStringAsync({
        payload: stripeEvent,
        secret,
        timestamp: story.world.now / 1_000,
      }),
    },
    body: stripeEvent,
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json<never>() }
}
const CIDER = {
  ...{ id: 3, name: '사이다', price: 2_500, category: 'drinks', description: null },
  ...{ image: null, sold_out: false },
}
const anyText = expect.any(String) as string
const COLA_ORDER = { status: 'completed', total_amount: 4_000 }

const WALKS: Record<string, Walk> = {
  'GET /menu': {
    happy: ({ asked, place }) => asked('GET', `/menu?restaurant_id=${place.id}`),
    wanted: { items: [{ name: '후라이드 치킨' }, { name: '콜라' }, { name: '사이다' }] },
    refused: ({ asked }) => asked('GET', '/menu'),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'GET /menu/popular': {
    happy: ({ asked, place }) => asked('GET', `/menu/popular?restaurant_id=${place.id}`),
    wanted: { items: [] },
    refused: ({ asked }) => asked('GET', '/menu/popular?restaurant_id=x'),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'POST /user/{user_id}/points/charge': {
    async happy({ asked, story }) {
      const as = await member(story)
      return asked('POST', `/user/${as.userId}/points/charge`, { as, body: { amount: 10_000 } })
    },
    wanted: { amount: 10_000 },
    status: 201,
    refused: ({ asked }) => asked('POST', `/user/${NOBODY}/points/charge`, { body: {} }),
    refusal: [401, 'UNAUTHORIZED'],
  },
  'POST /auth/signup': {
    happy: ({ asked }) =>
      asked('POST', '/auth/signup', {
        body: { ...REGISTRATION, email: `${crypto.randomUUID()}@example.com` },
      }),
    wanted: { access_token: anyText, user: { role: 'CUSTOMER' } },
    status: 201,
    refused: ({ asked }) => asked('POST', '/auth/signup', { body: { email: 'x' } }),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'GET /cart': {
    happy: async (world) => world.asked('GET', '/cart', { as: (await cartOf(world)).as }),
    wanted: CART,
    refused: ({ asked }) => asked('GET', '/cart', { headers: { 'x-session-id': 'x' } }),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'DELETE /cart': {
    happy: async (world) => world.asked('DELETE', '/cart', { as: (await cartOf(world)).as }),
    wanted: { items: [] },
    refused: ({ asked }) => asked('DELETE', '/cart', { headers: { authorization: 'Bearer x' } }),
    refusal: [401, 'UNAUTHORIZED'],
  },
  'PUT /cart/items': {
    async happy(world) {
      const { as, line } = await cartOf(world)
      return world.asked('PUT', '/cart/items', { as, body: line })
    },
    wanted: CART,
    refused: ({ asked }) => asked('PUT', '/cart/items', { body: { quantity: 'two' } }),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'POST /cart/items': {
    async happy(world) {
      const { as, line } = await cartOf(world)
      return world.asked('POST', '/cart/items', { as, body: { ...line, quantity: 1 } })
    },
    wanted: { items: [{ quantity: 3 }] },
    refused: ({ asked }) => asked('POST', '/cart/items', { body: { quantity: 'two' } }),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'PUT /cart/items/{item_id}': {
    async happy(world) {
      const { as, line } = await cartOf(world)
      return world.asked('PUT', `/cart/items/${line.menu_id}`, { as, body: { quantity: 5 } })
    },
    wanted: { items: [{ quantity: 5 }] },
    async refused(world) {
      const { as } = await cartOf(world)
      return world.asked('PUT', `/cart/items/${NOBODY}`, { as, body: { quantity: 5 } })
    },
    refusal: [404, 'NOT_FOUND'],
  },
  'DELETE /cart/items/{item_id}': {
    async happy(world) {
      const { as, line } = await cartOf(world)
      return world.asked('DELETE', `/cart/items/${line.menu_id}`, { as })
    },
    wanted: { items: [] },
    refused: ({ asked }) => asked('DELETE', '/cart/items/x', {}),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'POST /cart/merge': {
    happy: async (world) =>
      world.asked('POST', '/cart/merge', {
        as: (await cartOf(world)).as,
        headers: { 'x-session-id': crypto.randomUUID() },
      }),
    wanted: CART,
    refused: ({ asked }) => asked('POST', '/cart/merge'),
    refusal: [401, 'UNAUTHORIZED'],
  },
  'PUT /orders/{id}/cancel': {
    async happy({ asked, place }) {
      const as = await place.guest()
      const { order_id: id } = await place.ordered(as)
      return asked('PUT', `/orders/${id}/cancel`, { as })
    },
    wanted: { status: 'CANCELLED' },
    refused: ({ asked, place }) => asked('PUT', `/orders/${place.id}/cancel`, { as: place.owner }),
    refusal: [404, 'NOT_FOUND'],
  },
  'POST /payments/webhook': {
    happy: (world) => signed(world, 'whsec_ours'),
    wanted: { noted: false },
    refused: (world) => signed(world, 'whsec_guessed'),
    refusal: [401, 'UNAUTHORIZED'],
  },
  'POST /api/webhook/payment/': {
    happy: async (world) => (await depositIn(world, undefined, MALL_HEADERS)).answer,
    wanted: { status: 'success' },
    refused: async (world) => (await depositIn(world)).answer,
    refusal: [401, 'UNAUTHORIZED'],
  },
  'GET /api/foods/': {
    happy: ({ asked }) => asked('GET', '/api/foods/?category=drinks'),
    wanted: [CIDER],
    refused: ({ asked }) => asked('GET', '/api/foods/?category=starters'),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'GET /api/foods/{food}/': {
    happy: ({ asked }) => asked('GET', '/api/foods/3/'),
    wanted: CIDER,
    refused: ({ asked }) => asked('GET', '/api/foods/4/'),
    refusal: [404, 'NOT_FOUND'],
  },
  'GET /api/tables/': {
    happy: ({ asked, place }) => asked('GET', '/api/tables/', { as: place.staff }),
    wanted: [
      { id: anyText, name: 'A1', visit_id: null, qr_url: anyText },
      { id: anyText, name: 'A2', visit_id: null, qr_url: anyText },
    ],
    refused: ({ asked }) => asked('GET', '/api/tables/'),
    refusal: [401, 'UNAUTHORIZED'],
  },
  'POST /api/tables/create/': {
    happy: ({ asked, place }) =>
      asked('POST', '/api/tables/create/', { as: place.owner, body: { name: 'B1' } }),
    wanted: { id: anyText, name: 'B1', qr_url: anyText },
    status: 201,
    refused: ({ asked, place }) => asked('POST', '/api/tables/create/', { as: place.staff }),
    refusal: [403, 'FORBIDDEN'],
  },
  'GET /api/tables/{id}/': {
    happy: ({ asked, table }) => asked('GET', `/api/tables/${table}/`),
    wanted: { name: 'A1', visit_id: null },
    refused: ({ asked, place }) => asked('GET', `/api/tables/${place.id}/`),
    refusal: [404, 'NOT_FOUND'],
  },
  'GET /api/tables/{id}/orders/': {
    async happy(world) {
      await newOrder(world)
      return world.asked('GET', `/api/tables/${world.table}/orders/`)
    },
    wanted: [COLA_ORDER],
    refused: ({ asked }) => asked('GET', '/api/tables/1/orders/'),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'DELETE /api/tables/{id}/orders/reset/': {
    async happy(world) {
      await newOrder(world)
      const path = `/api/tables/${world.table}/orders/reset/?force=void`
      return world.asked('DELETE', path, { as: world.place.staff })
    },
    wanted: { closed_visit_id: anyText, ended_order_ids: [anyText] },
    refused: ({ asked, table }) => asked('DELETE', `/api/tables/${table}/orders/reset/`),
    refusal: [401, 'UNAUTHORIZED'],
  },
  'POST /api/orders/': {
    happy: newOrder,
    wanted: { ...COLA_ORDER, items: [{ food: 2, quantity: 2, total_price: 4_000 }] },
    status: 201,
    refused: ({ asked, table }) =>
      asked('POST', '/api/orders/', { body: { table_id: table, items: [] } }),
    refusal: [400, 'VALIDATION_ERROR'],
  },
  'GET /api/orders/history/': {
    async happy(world) {
      await newOrder(world)
      return world.asked('GET', '/api/orders/history/', { as: world.place.staff })
    },
    wanted: [COLA_ORDER],
    refused: ({ asked }) => asked('GET', '/api/orders/history/'),
    refusal: [401, 'UNAUTHORIZED'],
  },
  'POST /api/orders/pre-order/{table_id}/': {
    happy: (world) => preOrder(world),
    wanted: {
      order_id: anyText,
      redirect_url:
        'supertoss://send?amount=4000&bank=%EC%8B%A0%ED%95%9C&accountNo=110123456789&origin=qr',
      message: 'Your order goes in as soon as the transfer has arrived.',
    },
    status: 201,
    refused: (world) => preOrder(world, { total_amount: 3_999 }),
    refusal: [409, 'CONFLICT'],
  },
  'GET /api/orders/{id}/payment-status/': {
    async happy(world) {
      const { order_id: id } = (await preOrder(world)).body
      return world.asked('GET', `/api/orders/${id}/payment-status/`)
    },
    wanted: { status: 'pre_order', order_status: 'PENDING', payment_status: 'PENDING' },
    refused: ({ asked, place }) => asked('GET', `/api/orders/${place.id}/payment-status/`),
    refusal: [404, 'NOT_FOUND'],
  },
}

const ROWS = [...RESPELLED, ...SLASHED, ...TRANSLATED].map(
  ({ method, path }) => `${method} ${path}`,
)

describe('every path of the sources', () => {
  it('is walked', () => {
    expect(Object.keys(WALKS)).toEqual(ROWS)
  })

  it.each(Object.entries(WALKS))('does what it did there: %s', async (_, walk) => {
    const answer = await walk.happy(await sourcePlace())
    expect(answer.body).toMatchObject(walk.wanted as object)
    expect(answer.status).toBe(walk.status ?? 200)
  })

  it.each(Object.entries(WALKS))('refuses in the envelope: %s', async (_, walk) => {
    const { status, body } = await walk.refused(await sourcePlace())
    expect([status, body.error.code]).toEqual(walk.refusal)
    expect(body.error.trace_id).toMatch(/^[0-9a-f]{32}$/)
  })
})
