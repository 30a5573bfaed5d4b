import { describe, expect, it } from 'vitest'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import { catalogueHttp, type ProductBody } from '../support/catalogue-http.ts'
import { expectDocumented } from '../support/documented.ts'
import type { Envelope, Headers } from '../support/restaurant-http.ts'

interface FoundBody {
  items: (ProductBody & { match: string; highlight: { ranges: number[][]; html: string } })[]
  next_cursor: string | null
  as_of: string
}

async function kitchen() {
  const http = await catalogueHttp()
  const mains = await http.category('치킨')
  const plain = await http.item(mains.id, '치킨', 18_000, { names: { en: 'Fried <chicken>' } })
  const sauced = await http.item(mains.id, '양념치킨', 19_000, { is_available: false })
  const extra = await http.item(mains.id, '치킨무', 1_000, { description: '새콤달콤' })
  await http.published()
  const find = (q: string, more = '', headers: Headers = {}) =>
    http.call<FoundBody>(
      'GET',
      `/products/search?q=${encodeURIComponent(q)}&restaurant_id=${http.restaurantId}${more}`,
      { headers },
    )
  return { ...http, find, mains, plain, sauced, extra }
}

describe('searching products over HTTP', () => {
  it('answers as documented: products as lists have them, how they were found, and where', async () => {
    const { find, sauced, restaurantId } = await kitchen()
    const answer = await find('ㅇㄴ')
    expectDocumented('GET', '/api/v1/products/search', answer)
    expect(answer.body.items).toHaveLength(1)
    expect(answer.body.items[0]).toMatchObject({
      id: sauced.id,
      restaurant: { id: restaurantId, name: '맛있는 치킨집', open: true },
      category: { name: '치킨' },
      name: '양념치킨',
      price: 19_000,
      is_available: false,
      match: 'INITIALS',
      highlight: { ranges: [[0, 2]], html: '<mark>양념</mark>치킨' },
    })
    expect(answer.headers.get('cache-control')).toContain('s-maxage=30')
  })

  it('has the best first', async () => {
    const { find } = await kitchen()
    const { body } = await find('치킨')
    expect(body.items.map(({ name, match }) => [name, match])).toEqual([
      ['치킨', 'WHOLE'],
      ['치킨무', 'START'],
      ['양념치킨', 'INSIDE'],
    ])
  })

  it.each([
    ['&available=false', ['양념치킨']],
    ['&min_price=2000&max_price=18000', ['치킨']],
    ['&market=US', []],
    ['&category=%EC%B9%98%ED%82%A8', ['치킨', '치킨무', '양념치킨']],
    ['&category=other', []],
  ])('is narrowed down by %s', async (more, names) => {
    const { find } = await kitchen()
    expect((await find('치킨', more)).body.items.map(({ name }) => name)).toEqual(names)
  })

  it('is in the language asked for, and escapes what owners wrote', async () => {
    const { find } = await kitchen()
    const { body } = await find('chicken', '&language=en')
    expect(body.items[0]).toMatchObject({
      name: 'Fried <chicken>',
      match: 'WORD',
      highlight: { ranges: [[7, 14]], html: 'Fried &lt;<mark>chicken</mark>&gt;' },
    })
  })

  it('finds by the description', async () => {
    const { find, extra } = await kitchen()
    expect((await find('달콤')).body.items).toMatchObject([{ id: extra.id, match: 'TEXT' }])
  })

  it('comes in pages; a cursor is good for its own text and filters alone', async () => {
    const { find } = await kitchen()
    const first = await find('치킨', '&limit=2')
    const cursor = `&cursor=${first.body.next_cursor ?? ''}`
    const second = await find('치킨', `&limit=2${cursor}`)
    expect(second.body.next_cursor).toBeNull()
    const names = [...first.body.items, ...second.body.items].map(({ name }) => name)
    expect(names).toEqual(['치킨', '치킨무', '양념치킨'])
    for (const [text, more] of [
      ['치', cursor],
      ['치킨', `&available=true${cursor}`],
      ['치킨', '&cursor=x'],
    ] as const) {
      const { status, body } = await find(text, more)
      expect(status).toBe(400)
      expect((body as unknown as Envelope).error.details).toMatchObject({ field: 'cursor' })
    }
  })

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['🍗', 'empty'],
    ['"*:^()', 'empty'],
    ['치'.repeat(101), 'too_long'],
    ['a'.repeat(10_000), 'too_long'],
  ])('refuses %j: %s', async (text, reason) => {
    const { find } = await kitchen()
    const { status, body } = await find(text)
    expect(status).toBe(400)
    expect((body as unknown as Envelope).error.details).toMatchObject({ field: 'q', reason })
  })

  it.each(['&limit=51', '&limit=0', '&min_price=-1', '&restaurant_id=x'])(
    'refuses %s',
    async (more) => {
      const { call } = await kitchen()
      expect((await call('GET', `/products/search?q=a${more}`)).status).toBe(400)
    },
  )

  it('asks for a text', async () => {
    const { call } = await kitchen()
    const { status, body } = await call<Envelope>('GET', '/products/search')
    expect(status).toBe(400)
    expect(body.error.details).toMatchObject({ field: 'q', reason: 'required' })
  })

  it.each(['"치킨"', '치킨 OR 1', '치킨*', "치킨'; --", 'NEAR(치킨)', '치킨🍗', '\u0000치킨'])(
    'takes %j as plain words',
    async (text) => {
      const { find } = await kitchen()
      expect((await find(text)).status).toBe(200)
    },
  )

  it('says so while the copy cannot be read', async () => {
    const { find, deps } = await kitchen()
    deps.productSearch = {
      ...deps.productSearch,
      find: () => Promise.reject(new StorageUnavailableError(new Error('down'))),
    }
    expect((await find('치킨')).status).toBe(503)
  })
})

describe('making the search index anew', () => {
  it('is for administrators', async () => {
    const { call, owner, admin, find } = await kitchen()
    const path = '/admin/search-index/rebuild'
    expect((await call('POST', path, { as: owner })).status).toBe(403)
    const answer = await call('POST', path, { as: admin })
    expect(answer.status).toBe(204)
    expect((await find('치킨')).body.items).toHaveLength(3)
  })
})
