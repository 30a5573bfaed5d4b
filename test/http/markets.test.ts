import { describe, expect, it } from 'vitest'
import { catalogueHttp } from '../support/catalogue-http.ts'
import { expectDocumented } from '../support/documented.ts'
import type { Envelope } from '../support/restaurant-http.ts'

const DAY_MS = 24 * 3_600_000

/** One product for 18,000 won, and rates of the test's own; the clock stands at 2026-11-20. */
async function abroad() {
  const http = await catalogueHttp()
  const { id } = await http.category('치킨')
  const { id: productId } = await http.item(id, '후라이드', 18_000)
  await http.published()
  const enter = (base: string, quote: string, day: string, rate: string) =>
    http.call('PUT', '/admin/exchange-rates', {
      as: http.admin,
      body: { base, quote, day, rate },
    })
  const path = `?restaurant_id=${http.restaurantId}`
  const displayed = async (headers: Record<string, string> = {}) =>
    (await http.products(path, headers)).body.items[0]?.display_price
  return { ...http, productId, enter, displayed }
}

describe('prices for readers elsewhere', () => {
  it('stand beside the own one, by the newest rate that is not from after today', async () => {
    const { enter, displayed, world, call, productId, products, restaurantId } = await abroad()
    const here = { 'x-market': 'US' }
    expect(await displayed(here)).toBeNull()
    await enter('USD', 'KRW', '2026-11-18', '1400')
    await enter('USD', 'KRW', '2026-11-21', '1000')
    // Corrected.
    await enter('USD', 'KRW', '2026-11-21', '1200')
    const old = { amount: 1_286, currency: 'USD', rate: '0.0007142857', rate_date: '2026-11-18' }
    expect(await displayed(here)).toEqual(old)
    expect((await call('GET', `/products/${productId}`, { headers: here })).body).toMatchObject({
      price: 18_000,
      currency: 'KRW',
      display_price: old,
    })
    world.now += DAY_MS
    expect(await displayed(here)).toMatchObject({ amount: 1_500, rate_date: '2026-11-21' })
    const listed = await products(`?restaurant_id=${restaurantId}`, here)
    expectDocumented('GET', '/api/v1/products', listed)
  })

  it('are in the currency of X-Market, else of the region, else there are none', async () => {
    const { enter, displayed } = await abroad()
    await enter('USD', 'KRW', '2026-11-20', '1385.5')
    await enter('JPY', 'KRW', '2026-11-20', '9')
    expect(await displayed({ 'accept-language': 'en-US' })).toMatchObject({ currency: 'USD' })
    expect(await displayed({ 'accept-language': 'ja-JP' })).toMatchObject({
      currency: 'JPY',
      amount: 2_000,
    })
    expect(await displayed({ 'accept-language': 'en-US', 'x-market': 'jp' })).toMatchObject({
      currency: 'JPY',
    })
    expect(await displayed({ 'x-market': 'KR' })).toBeNull()
    expect(await displayed({ 'accept-language': 'en' })).toBeNull()
    expect(await displayed()).toBeNull()
  })

  it('list a market’s own restaurants in their own currency', async () => {
    const { call, newOwner, category, item, published, products } = await abroad()
    const owner = await newOwner()
    const opened = await call<{ id: string }>('POST', '/restaurants', {
      as: owner,
      body: { name: 'Diner', market: 'US', currency: 'USD', timezone: 'America/New_York' },
    })
    const { id } = await category('Burgers', {}, owner)
    await item(id, 'Burger', 1_250, { tags: ['in the US'] }, owner)
    await published(opened.body.id)
    const { body } = await products('?market=US', { 'x-market': 'US' })
    expect(body.items).toMatchObject([
      { name: 'Burger', price: 1_250, currency: 'USD', display_price: null },
    ])
  })
})

describe('exchange rates', () => {
  it('are entered by administrators alone', async () => {
    const { call, owner, member } = await abroad()
    const body = { base: 'USD', quote: 'KRW', day: '2026-11-20', rate: '1385.5' }
    expect((await call('PUT', '/admin/exchange-rates', { body })).status).toBe(401)
    for (const as of [owner, await member('MARKETING'), await member('SUPPORT')]) {
      expect((await call('PUT', '/admin/exchange-rates', { as, body })).status).toBe(403)
      expect((await call('GET', '/admin/exchange-rates', { as })).status).toBe(403)
    }
  })

  it.each([
    [{ rate: '0' }, 'rate', 'too_small'],
    [{ rate: '-1' }, 'rate', 'invalid_format'],
    [{ rate: '1385.12345678' }, 'rate', 'too_precise'],
    [{ rate: '999999999' }, 'rate', 'too_big'],
    [{ rate: 1385.5 }, 'rate', 'invalid_type'],
    [{ day: '2026-02-30' }, 'day', undefined],
    [{ day: 'today' }, 'day', undefined],
    [{ quote: 'USD' }, 'quote', 'same_as_base'],
    [{ quote: 'EUR' }, 'quote', undefined],
    [{ note: 'x' }, 'note', undefined],
  ])('refuse %j', async (wrong, field, reason) => {
    const { call, admin } = await abroad()
    const { status, body } = await call<Envelope>('PUT', '/admin/exchange-rates', {
      as: admin,
      body: { base: 'USD', quote: 'KRW', day: '2026-11-20', rate: '1385.5', ...wrong },
    })
    expect([status, body.error.details?.['field']]).toEqual([400, field])
    if (reason !== undefined) expect(body.error.reason).toBe(reason)
  })

  it('are listed newest day first, page by page, with who entered them', async () => {
    const { enter, call, admin } = await abroad()
    const days = ['2026-11-18', '2026-11-19', '2026-11-20']
    for (const day of days) {
      const entered = await enter('USD', 'JPY', day, '151.9')
      expectDocumented('PUT', '/api/v1/admin/exchange-rates', entered)
    }
    const path = '/admin/exchange-rates?base=USD&quote=JPY&limit=2'
    const first = await call<{ items: { day: string }[]; next_cursor: string }>('GET', path, {
      as: admin,
    })
    expectDocumented('GET', '/api/v1/admin/exchange-rates', first)
    expect(first.body.items).toMatchObject([
      { day: '2026-11-20', rate: '151.9', entered_by: expect.any(String) as string },
      { day: '2026-11-19' },
    ])
    const rest = await call('GET', `${path}&cursor=${first.body.next_cursor}`, { as: admin })
    expect(rest.body).toMatchObject({ items: [{ day: '2026-11-18' }], next_cursor: null })
    const foreign = `/admin/exchange-rates?base=USD&cursor=${first.body.next_cursor}`
    expect((await call('GET', foreign, { as: admin })).status).toBe(400)
  })

  it('are told to everybody, over the won where there is none of their own', async () => {
    const { enter, call } = await abroad()
    const asked = (base: string, quote: string) =>
      call('GET', `/exchange-rates?base=${base}&quote=${quote}`)
    await enter('JPY', 'KRW', '2026-11-17', '10')
    await enter('USD', 'KRW', '2026-11-20', '1500')
    const direct = await asked('USD', 'KRW')
    expectDocumented('GET', '/api/v1/exchange-rates', direct)
    expect(direct.body).toEqual({
      base: 'USD',
      quote: 'KRW',
      rate: '1500',
      rate_date: '2026-11-20',
    })
    expect((await asked('KRW', 'KRW')).status).toBe(404)
    expect((await asked('USD', 'EUR')).status).toBe(400)
  })
})
