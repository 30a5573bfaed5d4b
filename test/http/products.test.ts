import { describe, expect, it } from 'vitest'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import { expectDocumented } from '../support/documented.ts'
import { catalogueHttp, type ProductBody, type ProductsBody } from '../support/catalogue-http.ts'
import type { Envelope } from '../support/restaurant-http.ts'

/** A restaurant with a menu that the read model has. */
async function stocked() {
  const http = await catalogueHttp()
  const chicken = await http.category('치킨', { names: { en: 'Chicken' } })
  const drinks = await http.category('음료')
  const fried = await http.item(chicken.id, '후라이드', 18_000, {
    names: { en: 'Fried chicken' },
    description: '바삭한 닭',
    tags: ['인기'],
    options: [{ name: '맵기', choices: [{ name: '아주 맵게' }] }],
  })
  const sauced = await http.item(chicken.id, '양념', 19_000, { is_available: false })
  const cola = await http.item(drinks.id, '콜라', 2_000, { tags: ['인기', '탄산'] })
  await http.published()
  return { ...http, chicken, drinks, fried, sauced, cola }
}

describe('the list of products', () => {
  it('has what a guest chooses by, as documented', async () => {
    const { products, restaurantId, fried, chicken } = await stocked()
    const answer = await products(`?restaurant_id=${restaurantId}&sort=-price&available=true`)
    expectDocumented('GET', '/api/v1/products', answer)
    expect(answer.body.items[0]).toMatchObject({
      id: fried.id,
      restaurant_id: restaurantId,
      restaurant: { id: restaurantId, name: '맛있는 치킨집', open: true },
      category: { id: chicken.id, name: '치킨' },
      number: 1,
      name: '후라이드',
      description: '바삭한 닭',
      price: 18_000,
      currency: 'KRW',
      display_price: null,
      is_available: true,
      stock_state: 'IN_STOCK',
      tags: ['인기'],
    })
    expect(answer.headers.get('cache-control')).toContain('s-maxage=30')
    expect(answer.headers.get('vary')).toContain('X-Market')
  })

  it.each([
    ['', ['양념', '콜라', '후라이드']],
    ['&available=true', ['콜라', '후라이드']],
    ['&available=false', ['양념']],
    ['&min_price=2000&max_price=18000', ['콜라', '후라이드']],
    ['&min_price=2001&max_price=17999', []],
    ['&max_price=1', []],
    [`&category=${encodeURIComponent('음료')}`, ['콜라']],
    ['&category=Chicken', ['양념', '후라이드']],
    [`&tag=${encodeURIComponent('탄산')}`, ['콜라']],
    [`&tag=${encodeURIComponent('인기')}`, ['콜라', '후라이드']],
    ['&market=KR', ['양념', '콜라', '후라이드']],
    ['&market=US', []],
  ])('narrowed down by %s', async (query, expected) => {
    const { names } = await stocked()
    expect(await names(query)).toEqual(expected)
  })

  it('narrowed down by category and by restaurant', async () => {
    const { names, drinks, newOwner, call, published } = await stocked()
    expect(await names(`&category_id=${drinks.id}`)).toEqual(['콜라'])
    const other = await call<{ id: string }>('POST', '/restaurants', {
      as: await newOwner(),
      body: { name: '분식집' },
    })
    await published(other.body.id)
    expect(await names('', other.body.id)).toEqual([])
  })

  it('comes in the order that is asked for', async () => {
    const { products, restaurantId } = await stocked()
    const inOrder = async (sort: string) =>
      (await products(`?restaurant_id=${restaurantId}&sort=${sort}`)).body.items.map(
        ({ name }) => name,
      )
    expect(await inOrder('price')).toEqual(['콜라', '후라이드', '양념'])
    expect(await inOrder('-price')).toEqual(['양념', '후라이드', '콜라'])
    expect(await inOrder('name')).toEqual(['양념', '콜라', '후라이드'])
    expect(await inOrder('newest')).toEqual(['콜라', '양념', '후라이드'])
  })

  it('speaks the language of the reader, of the market, or the one that is named', async () => {
    const { products, restaurantId } = await stocked()
    const query = `?restaurant_id=${restaurantId}&max_price=18000&min_price=18000`
    const said = async (headers: Record<string, string>, more = '') => {
      const { body, headers: got } = await products(query + more, headers)
      const [product] = body.items
      return [product?.name, product?.category?.name, got.get('content-language')]
    }
    const english = ['Fried chicken', 'Chicken', 'en']
    expect(await said({ 'accept-language': 'en-US' })).toEqual(english)
    expect(await said({ 'x-market': 'US' })).toEqual(english)
    expect(await said({}, '&language=en')).toEqual(english)
    expect(await said({ 'x-market': 'US', 'accept-language': 'ko' })).toEqual([
      '후라이드',
      '치킨',
      'ko',
    ])
  })

  it.each([
    ['sort=cheap', 'sort'],
    ['min_price=-1', 'min_price'],
    ['max_price=99999999999999999999', 'max_price'],
    ['min_price=abc', 'min_price'],
    ['available=maybe', 'available'],
    ['restaurant_id=17', 'restaurant_id'],
    ['market=XX', 'market'],
    ['limit=101', 'limit'],
    ['limit=0', 'limit'],
    ['cursor=%F0%9F%8D%97', 'cursor'],
    ['cursor=bm9uc2Vuc2U', 'cursor'],
    [`tag=${'a'.repeat(31)}`, 'tag'],
  ])('refuses %s by its field', async (query, field) => {
    const { call } = await catalogueHttp()
    const { status, body } = await call<Envelope>('GET', `/products?${query}`)
    expect([status, body.error.details?.['field']]).toEqual([400, field])
  })

  it('shows a closed restaurant, and that it is closed', async () => {
    const { products, restaurantId, call, owner, published } = await stocked()
    await call('POST', '/restaurants/me/pause', { as: owner, body: {} })
    await published()
    const { body } = await products(`?restaurant_id=${restaurantId}`)
    expect(body.items.map(({ restaurant }) => restaurant.open)).toEqual([false, false, false])
  })

  it('loses what is taken off the menu, and follows what is edited', async () => {
    const { names, cola, fried, call, owner, published } = await stocked()
    await call('DELETE', `/restaurants/me/items/${cola.id}`, { as: owner })
    await call('PATCH', `/restaurants/me/items/${fried.id}`, { as: owner, body: { name: '간장' } })
    expect(await names()).toEqual(['양념', '콜라', '후라이드'])
    await published()
    expect(await names()).toEqual(['간장', '양념'])
  })
})

describe('pages of products', () => {
  const PRICES = [1_000, 2_000, 2_000, 2_000, 2_000, 2_000, 3_000, 3_000, 500, 2_000, 2_000]

  async function shelf() {
    const http = await catalogueHttp()
    const { id } = await http.category('전부')
    for (const [n, price] of PRICES.entries()) await http.item(id, `이름 ${n % 3}`, price)
    await http.published()
    const pages = async (query: string): Promise<ProductBody[]> => {
      const read: ProductBody[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const more: string = cursor === '' ? '' : `&cursor=${cursor}`
        const page: { body: ProductsBody } = await http.products(
          `?restaurant_id=${http.restaurantId}&limit=3${query}${more}`,
        )
        read.push(...page.body.items)
        cursor = page.body.next_cursor
      }
      return read
    }
    return { ...http, pages }
  }

  it.each(['price', '-price', 'name', 'newest'])(
    'by %s have everything once, though many are equal',
    async (sort) => {
      const { pages } = await shelf()
      const read = await pages(`&sort=${sort}`)
      expect(new Set(read.map(({ id }) => id)).size).toBe(PRICES.length)
      expect(read).toHaveLength(PRICES.length)
      const byPrice = read.map(({ price }) => price)
      if (sort === 'price') expect(byPrice).toEqual(byPrice.toSorted((a, b) => a - b))
      if (sort === '-price') expect(byPrice).toEqual(byPrice.toSorted((a, b) => b - a))
      const byName = read.map(({ name }) => name)
      if (sort === 'name') expect(byName).toEqual(byName.toSorted())
    },
  )

  it('miss and repeat nothing that stays where it was while others come and go', async () => {
    const { products, restaurantId, item, category, call, owner, published } = await shelf()
    const query = `?restaurant_id=${restaurantId}&sort=price&limit=5`
    const first = await products(query)
    const { id } = await category('더')
    await item(id, '공짜', 0)
    const gone = first.body.items[1]!
    await call('DELETE', `/restaurants/me/items/${gone.id}`, { as: owner })
    await published()
    const second = await products(`${query}&cursor=${first.body.next_cursor!}`)
    const third = await products(`${query}&cursor=${second.body.next_cursor!}`)
    const ids = [first, second, third].flatMap(({ body }) => body.items.map((one) => one.id))
    expect(ids).toHaveLength(PRICES.length)
    expect(new Set(ids).size).toBe(PRICES.length)
  })

  it('refuse a cursor of another sort or other filters', async () => {
    const { call, products, restaurantId } = await shelf()
    const mine = `?restaurant_id=${restaurantId}&limit=3`
    const { body } = await products(`${mine}&sort=price`)
    const cursor = body.next_cursor!
    for (const query of [`${mine}&sort=name`, `${mine}&sort=price&min_price=1`, '?sort=price']) {
      const answer = await call<Envelope>('GET', `/products${query}&cursor=${cursor}`)
      expect([answer.status, answer.body.error.details?.['field']]).toEqual([400, 'cursor'])
    }
    expect((await products(`${mine}&sort=price&cursor=${cursor}`)).status).toBe(200)
  })
})

describe('one product', () => {
  it('comes from the restaurant itself, with options and promotions, as documented', async () => {
    const { call, fried, cola, owner } = await stocked()
    await call('PATCH', `/restaurants/me/items/${fried.id}`, { as: owner, body: { price: 17_500 } })
    const answer = await call<ProductBody & Record<string, unknown>>('GET', `/products/${fried.id}`)
    expectDocumented('GET', `/api/v1/products/${fried.id}`, answer)
    expect(answer.body).toMatchObject({
      id: fried.id,
      price: 17_500,
      options: [{ name: '맵기', choices: [{ name: '아주 맵게', price_delta: 0 }] }],
      promotions: [],
      stock_state: 'IN_STOCK',
    })
    const sold = { as: owner, body: { sold_out: true } }
    await call('PUT', `/restaurants/me/items/${cola.id}/sold-out`, sold)
    expect((await call('GET', `/products/${cola.id}`)).body).toMatchObject({
      is_available: false,
      stock_state: 'SOLD_OUT',
    })
  })

  it('is unknown once it is off the menu, and so is every other id', async () => {
    const { call, fried, chicken, owner } = await stocked()
    await call('DELETE', `/restaurants/me/items/${fried.id}`, { as: owner })
    for (const id of [fried.id, chicken.id, crypto.randomUUID()])
      expect(await call('GET', `/products/${id}`)).toMatchObject({
        status: 404,
        body: { error: { details: { what: 'product' } } },
      })
  })

  it('is answered while D1 is away, in its own currency alone', async () => {
    const { call, fried, deps } = await stocked()
    const away = () => Promise.reject(new StorageUnavailableError(new Error('overloaded')))
    deps.exchangeRates = { ...deps.exchangeRates, newest: away }
    deps.catalogue = { list: away }
    const headers = { 'x-market': 'US' }
    expect((await call('GET', `/products/${fried.id}`, { headers })).body).toMatchObject({
      price: 18_000,
      display_price: null,
    })
    expect((await call('GET', '/products')).status).toBe(503)
  })
})

describe('a menu as a plain list', () => {
  it('has ids, names and prices in the order of the menu, page by page', async () => {
    const { call, restaurantId, fried, sauced, cola } = await stocked()
    const path = `/menus?restaurant_id=${restaurantId}`
    const whole = await call<{ items: object[] }>('GET', path)
    expectDocumented('GET', '/api/v1/menus', whole)
    expect(whole.body.items).toEqual([
      { id: fried.id, name: '후라이드', price: 18_000, is_available: true },
      { id: sauced.id, name: '양념', price: 19_000, is_available: false },
      { id: cola.id, name: '콜라', price: 2_000, is_available: true },
    ])
    const first = await call<{ next_cursor: string }>('GET', `${path}&limit=2`)
    const rest = await call('GET', `${path}&limit=2&cursor=${first.body.next_cursor}`)
    expect(rest.body).toMatchObject({ items: [{ name: '콜라' }], next_cursor: null })
    const english = await call('GET', path, { headers: { 'accept-language': 'en' } })
    expect(english.body).toMatchObject({ items: [{ name: 'Fried chicken' }, {}, {}] })
  })

  it('needs a restaurant, one that is there', async () => {
    const { call, fried } = await stocked()
    expect((await call('GET', '/menus')).status).toBe(400)
    for (const id of [crypto.randomUUID(), fried.id])
      expect((await call('GET', `/menus?restaurant_id=${id}`)).status).toBe(404)
  })
})
