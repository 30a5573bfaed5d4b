import { describe, expect, it } from 'vitest'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import type { EdgeCache } from '../../src/http/middleware/edge-cache.ts'
import { catalogueHttp } from '../support/catalogue-http.ts'

function memoryCache(): EdgeCache {
  const kept = new Map<string, Response>()
  return {
    match: (key) => Promise.resolve(kept.get(key)?.clone() ?? null),
    put: (key, answer) => Promise.resolve(void kept.set(key, answer)),
  }
}

/** One product behind a cache at the edge. */
async function shelf() {
  const http = await catalogueHttp({ edgeCache: memoryCache(), edgeCacheSeconds: 30 })
  const { id } = await http.category('치킨')
  const product = await http.item(id, '후라이드', 18_000)
  await http.published()
  const query = `?restaurant_id=${http.restaurantId}`
  const price = async (headers?: Record<string, string>, more = '') =>
    (await http.products(query + more, headers)).body.items[0]?.price
  const reprice = async (to: number) => {
    const body = { price: to }
    await http.call('PATCH', `/restaurants/me/items/${product.id}`, { as: http.owner, body })
    await http.published()
  }
  return { ...http, product, query, price, reprice }
}

describe('the catalogue at the edge', () => {
  it('says a new price within thirty seconds, to those with a token too', async () => {
    const { price, reprice, owner, world } = await shelf()
    expect(await price()).toBe(18_000)
    await reprice(20_000)
    world.now += 29_999
    expect([await price(), await price(owner)]).toEqual([18_000, 18_000])
    world.now += 1
    expect([await price(owner), await price()]).toEqual([20_000, 20_000])
  })

  it('says it at once to whoever has read further already', async () => {
    const { price, reprice, products, query } = await shelf()
    const { headers } = await products(query)
    await reprice(20_000)
    const bookmark = headers.get('x-read-bookmark') ?? ''
    expect(bookmark).not.toBe('')
    expect(await price({ 'x-read-bookmark': bookmark })).toBe(20_000)
  })

  it('tells queries, languages and markets apart, however the query is written', async () => {
    const { price, reprice } = await shelf()
    await price({}, '&sort=price&limit=5')
    await reprice(20_000)
    // The same question in another order, and with what nobody reads.
    expect(await price({}, '&limit=5&sort=price&utm=x')).toBe(18_000)
    expect(await price({}, '&sort=-price&limit=5')).toBe(20_000)
    expect(await price({ 'x-market': 'US' }, '&sort=price&limit=5')).toBe(20_000)
    expect(await price({ 'accept-language': 'en' }, '&sort=price&limit=5')).toBe(20_000)
    expect(await price({ 'accept-language': 'ko-KR' }, '&sort=price&limit=5')).toBe(20_000)
  })

  it('gives the last answer while D1 fails, marked stale, and nothing to what was never asked', async () => {
    const { products, query, deps, world, owner } = await shelf()
    const fresh = await products(query)
    world.now += 3_600_000
    const { catalogue } = deps
    const away = () => Promise.reject(new StorageUnavailableError(new Error('overloaded')))
    deps.catalogue = { list: away }
    for (const headers of [{}, owner]) {
      const stale = await products(query, headers)
      expect([stale.status, stale.headers.get('x-stale')]).toEqual([200, 'true'])
      expect(stale.body).toEqual(fresh.body)
    }
    const unasked = await products(`${query}&sort=name`)
    expect([unasked.status, unasked.headers.get('retry-after') === null]).toEqual([503, false])
    deps.catalogue = catalogue
    expect((await products(query)).headers.get('x-stale')).toBeNull()
  })

  it('shows one product at once to those with a token, and to others within thirty seconds', async () => {
    const { call, product, reprice, owner, world } = await shelf()
    const priceOf = async (as = {}) =>
      (await call<{ price: number }>('GET', `/products/${product.id}`, { as })).body.price
    expect(await priceOf()).toBe(18_000)
    await reprice(20_000)
    expect([await priceOf(), await priceOf(owner)]).toEqual([18_000, 20_000])
    world.now += 30_000
    expect(await priceOf()).toBe(20_000)
  })

  it.each(['/menus/popular', '/products/top'])(
    'counts %s once for everybody, those with a token too',
    async (path) => {
      const { call, owner, deps, world } = await shelf()
      const { popularity } = deps
      let counted = 0
      deps.popularity = {
        ...popularity,
        boards: (...wishes) => {
          counted += 1
          return popularity.boards(...wishes)
        },
      }
      for (const as of [{}, owner, {}, owner])
        expect((await call('GET', path, { as })).status).toBe(200)
      expect(counted).toBe(1)
      world.now += 30_000
      await call('GET', path, { as: owner })
      expect(counted).toBe(2)
    },
  )
})
