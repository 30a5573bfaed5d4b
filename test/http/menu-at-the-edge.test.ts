import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createEdge } from '../../src/edge.ts'
import { parseConfig, type Env } from '../../src/env.ts'
import { systemRuntime } from '../../src/runtime.ts'
import { newSigningKey } from '../support/identity.ts'
import { restaurantHttp } from '../support/restaurant-http.ts'

interface MenuBody {
  categories: { items: { id: string; price: number }[] }[]
}

const settings: Env = {
  ...(env as Env),
  JWT_KEYS: JSON.stringify([await newSigningKey('one')]),
  ENCRYPTION_KEYS: JSON.stringify([{ id: 'tests', key: 'a'.repeat(43) }]),
  LINK_SECRET: 'long enough to be a secret of the tests',
  TOSS_SECRET_KEY: 'test_sk_secret',
  TOSS_CLIENT_KEY: 'test_ck_secret',
}

/** A restaurant with one item, behind the runtime's own cache. */
async function shop() {
  const { edgeCache } = createEdge(systemRuntime)(parseConfig(settings), settings)
  const http = await restaurantHttp({ edgeCache, edgeCacheSeconds: 30 })
  const category = await http.call<{ id: string }>('POST', '/restaurants/me/categories', {
    as: http.owner,
    body: { name: '치킨' },
  })
  const item = await http.call<{ id: string }>('POST', '/restaurants/me/items', {
    as: http.owner,
    body: { category_id: category.body.id, name: '후라이드', price: 18_000 },
  })
  const read = (headers: Record<string, string> = {}) =>
    http.call<MenuBody>('GET', `/restaurants/${http.restaurantId}/menu`, { headers })
  const price = async (headers?: Record<string, string>) =>
    (await read(headers)).body.categories[0]?.items[0]?.price
  const reprice = (to: number) =>
    http.call('PATCH', `/restaurants/me/items/${item.body.id}`, {
      as: http.owner,
      body: { price: to },
    })
  return { ...http, read, price, reprice }
}

describe('the menu at the edge', () => {
  it('says a new price to strangers within thirty seconds, and at once to those with a token', async () => {
    const { price, reprice, owner, world } = await shop()
    expect(await price()).toBe(18_000)
    expect((await reprice(20_000)).status).toBe(200)
    expect(await price(owner)).toBe(20_000)
    expect(await price()).toBe(18_000)
    world.now += 30_000
    expect(await price()).toBe(20_000)
  })

  it('is there while its restaurant is away, and says that it is old', async () => {
    const { read, deps, world } = await shop()
    const fresh = await read()
    world.now += 60_000
    deps.restaurants = () => {
      throw Object.assign(new Error('away'), { overloaded: true })
    }
    const stale = await read()
    expect([stale.status, stale.headers.get('x-stale')]).toEqual([200, 'true'])
    expect(stale.body).toEqual(fresh.body)
    const known = await read({ 'if-none-match': fresh.headers.get('etag') ?? '' })
    expect(known.status).toBe(304)
  })
})
