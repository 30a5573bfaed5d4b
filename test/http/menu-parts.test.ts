import { describe, expect, it } from 'vitest'
import { restaurantHttp, type Envelope, type RestaurantHttp } from '../support/restaurant-http.ts'

interface Item {
  id: string
  name: string
  options: { id: string; choices: { id: string; name: string }[] }[]
}
interface Menu {
  categories: { id: string; name: string; items: Item[] }[]
}

const CHICKEN = {
  name: '후라이드',
  names: { en: 'Fried chicken' },
  price: 18_000,
  description: '바삭',
  descriptions: { en: 'Crispy' },
  allergens: ['chicken', 'wheat', 'chicken'],
  tags: ['인기', '인기', ' 매운맛 '],
  spice_level: 2,
  max_per_order: 3,
  options: [
    {
      name: '맵기',
      names: { en: 'Heat' },
      choices: [{ name: '순한맛', names: { en: 'Mild' } }, { name: '매운맛' }],
    },
  ],
}

async function withMenu(world: RestaurantHttp) {
  const { call, owner: as } = world
  const category = await call<{ id: string }>('POST', '/restaurants/me/categories', {
    as,
    body: { name: '치킨', names: { en: 'Chicken' } },
  })
  const add = async (body: object): Promise<Item> => {
    const { status, body: item } = await call<Item>('POST', '/restaurants/me/items', {
      as,
      body: { category_id: category.body.id, ...body },
    })
    expect(status).toBe(201)
    return item
  }
  return { categoryId: category.body.id, add, chicken: await add(CHICKEN) }
}

describe('a menu in the language of its reader', () => {
  const read = (world: RestaurantHttp, language?: string, known?: string) =>
    world.call<Menu>('GET', `/restaurants/${world.restaurantId}/menu`, {
      headers: {
        ...(language !== undefined && { 'accept-language': language }),
        ...(known !== undefined && { 'if-none-match': known }),
      },
    })

  it('gives one name per thing, and Korean where there is no other', async () => {
    const world = await restaurantHttp()
    await withMenu(world)
    const english = await read(world, 'en-GB,ko;q=0.5')
    expect(english.headers.get('content-language')).toBe('en')
    expect(english.headers.get('vary')).toContain('Accept-Language')
    expect(english.body.categories).toMatchObject([
      {
        name: 'Chicken',
        items: [
          {
            name: 'Fried chicken',
            description: 'Crispy',
            allergens: ['chicken', 'wheat'],
            tags: ['인기', '매운맛'],
            spice_level: 2,
            max_per_order: 3,
            options: [{ name: 'Heat', choices: [{ name: 'Mild' }, { name: '매운맛' }] }],
          },
        ],
      },
    ])
    expect(english.body.categories[0]?.items[0]).not.toHaveProperty('names')
    for (const language of [undefined, 'ko', 'fr'])
      expect((await read(world, language)).body.categories[0]?.items[0]?.name).toBe('후라이드')
  })

  it('has a tag per language', async () => {
    const world = await restaurantHttp()
    await withMenu(world)
    const korean = (await read(world)).headers.get('etag') ?? ''
    const english = (await read(world, 'en')).headers.get('etag') ?? ''
    expect(english).not.toBe(korean)
    expect((await read(world, 'en', korean)).status).toBe(200)
    expect((await read(world, 'en', `${korean}, ${english}`)).status).toBe(304)
  })

  it('shows those who keep it every language', async () => {
    const world = await restaurantHttp()
    const { chicken } = await withMenu(world)
    const { body } = await world.call('GET', `/restaurants/me/items/${chicken.id}`, {
      as: world.staff,
    })
    expect(body).toMatchObject({
      name: '후라이드',
      names: { en: 'Fried chicken' },
      descriptions: { en: 'Crispy' },
      options: [{ names: { en: 'Heat' }, choices: [{ names: { en: 'Mild' } }, { names: {} }] }],
    })
    const categories = await world.call('GET', '/restaurants/me/categories', { as: world.staff })
    expect(categories.body).toMatchObject({ items: [{ names: { en: 'Chicken' } }] })
  })

  it('changes what is named and keeps the rest', async () => {
    const world = await restaurantHttp()
    const { chicken, categoryId } = await withMenu(world)
    const edited = await world.call('PATCH', `/restaurants/me/items/${chicken.id}`, {
      as: world.owner,
      body: { names: {}, max_per_order: null, tags: [] },
    })
    expect(edited.body).toMatchObject({
      name: '후라이드',
      names: {},
      descriptions: { en: 'Crispy' },
      max_per_order: null,
      tags: [],
      spice_level: 2,
      allergens: ['chicken', 'wheat'],
    })
    const path = `/restaurants/me/categories/${categoryId}`
    const renamed = await world.call('PATCH', path, { as: world.owner, body: { name: '닭' } })
    expect(renamed.body).toMatchObject({ name: '닭', names: { en: 'Chicken' } })
  })

  it.each([
    [{ names: { fr: 'Poulet' } }, 'names.fr'],
    [{ names: { en: '' } }, 'names.en'],
    [{ names: { en: 'x'.repeat(201) } }, 'names.en'],
    [{ descriptions: { en: 'x'.repeat(2_001) } }, 'descriptions.en'],
    [{ allergens: ['love'] }, 'allergens.0'],
    [{ tags: Array.from({ length: 11 }, (_, n) => `${n}`) }, 'tags'],
    [{ tags: ['x'.repeat(31)] }, 'tags.0'],
    [{ tags: [''] }, 'tags.0'],
    [{ spice_level: 4 }, 'spice_level'],
    [{ spice_level: -1 }, 'spice_level'],
    [{ max_per_order: 0 }, 'max_per_order'],
    [
      { options: [{ name: 'x', choices: [{ name: 'y', names: { en: 1 } }] }] },
      'options.0.choices.0.names.en',
    ],
  ])('refuses %o', async (wrong, field) => {
    const world = await restaurantHttp()
    const { chicken } = await withMenu(world)
    const path = `/restaurants/me/items/${chicken.id}`
    const { status, body } = await world.call<Envelope>('PATCH', path, {
      as: world.owner,
      body: wrong,
    })
    expect([status, body.error.details?.field]).toEqual([400, field])
  })
})

describe('the most portions of an item in one order', () => {
  it('holds over all its lines', async () => {
    const world = await restaurantHttp()
    const { add } = await withMenu(world)
    const item = await add({ name: '세트', price: 1_000, max_per_order: 3 })
    const guest = await world.actor({})
    const order = (...quantities: number[]) =>
      world.call<Envelope>('POST', '/orders', {
        as: guest,
        body: {
          restaurant_id: world.restaurantId,
          items: quantities.map((quantity) => ({ menu_id: item.id, quantity })),
          payment_method: 'COUNTER',
        },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
      })
    const refused = await order(2, 2)
    expect([refused.status, refused.body.error.details]).toMatchObject([
      400,
      { field: 'items.1.quantity', reason: 'too_big' },
    ])
    expect((await order(2, 1)).status).toBe(201)
  })
})

describe('the order of a menu', () => {
  it('is the owner’s, for categories and for items', async () => {
    const world = await restaurantHttp()
    const { call, owner: as } = world
    const { categoryId, chicken, add } = await withMenu(world)
    const second = await add({ name: '양념', price: 1 })
    const drinks = await call<{ id: string }>('POST', '/restaurants/me/categories', {
      as,
      body: { name: '음료' },
    })
    const menu = async () => {
      const { body } = await call<Menu>('GET', `/restaurants/${world.restaurantId}/menu`)
      return body.categories.map(({ name, items }) => [name, items.map((item) => item.name)])
    }
    const put = (path: string, body: object) =>
      call<Envelope>('PUT', `/restaurants/me/${path}/order`, { as, body })
    expect((await put('categories', { ids: [drinks.body.id, categoryId] })).status).toBe(204)
    const one = { category_id: categoryId, ids: [second.id, chicken.id] }
    expect((await put('items', one)).status).toBe(204)
    expect(await menu()).toEqual([
      ['음료', []],
      ['치킨', ['양념', '후라이드']],
    ])
    expect((await put('items', { ids: [chicken.id, second.id] })).status).toBe(204)
    expect((await menu())[1]).toEqual(['치킨', ['후라이드', '양념']])

    const wrong: [string, object, number][] = [
      ['items', { category_id: drinks.body.id, ids: [chicken.id] }, 400],
      ['items', { ids: [chicken.id] }, 400],
      ['items', { category_id: chicken.id, ids: [] }, 404],
      ['categories', { ids: [categoryId, categoryId] }, 400],
      ['categories', { ids: ['x'] }, 400],
    ]
    for (const [path, body, status] of wrong)
      expect([body, (await put(path, body)).status]).toEqual([body, status])
    const asStaff = { as: world.staff, body: { ids: [categoryId, drinks.body.id] } }
    expect((await call('PUT', '/restaurants/me/categories/order', asStaff)).status).toBe(403)
  })
})

describe('options over all items', () => {
  it('are listed with their item, and replaced through it', async () => {
    const world = await restaurantHttp()
    const { call, owner: as, staff } = world
    const { chicken, add } = await withMenu(world)
    await add({ name: '콜라', price: 1, options: [{ name: '크기', choices: [{ name: '큰 것' }] }] })
    const list = await call('GET', '/restaurants/me/options', { as: staff })
    expect(list.body).toMatchObject({
      items: [
        { item_id: chicken.id, item_name: '후라이드', name: '맵기', names: { en: 'Heat' } },
        { item_name: '콜라', name: '크기' },
      ],
      next_cursor: null,
    })
    const [heat] = chicken.options
    const path = `/restaurants/me/items/${chicken.id}/options`
    const put = await call<Item>('PUT', path, {
      as,
      body: {
        options: [
          {
            id: heat?.id,
            name: '매운 정도',
            choices: [{ id: heat?.choices[1]?.id, name: '매운맛' }],
          },
          { name: '포장', choices: [{ name: '포장', price_delta: -500 }] },
        ],
      },
    })
    expect(put.status).toBe(200)
    expect(put.body.options).toMatchObject([
      { id: heat?.id, name: '매운 정도', choices: [{ id: heat?.choices[1]?.id }] },
      { name: '포장' },
    ])
    const stranger = { options: [{ id: crypto.randomUUID(), name: 'x', choices: [{ name: 'y' }] }] }
    expect((await call('PUT', path, { as, body: stranger })).status).toBe(400)
    expect((await call('PUT', path, { as: staff, body: { options: [] } })).status).toBe(403)
  })
})

describe('writing whether an item is available', () => {
  it('marks it sold out, and takes the mark back', async () => {
    const world = await restaurantHttp()
    const { categoryId: category_id } = await withMenu(world)
    const { call, owner: as } = world
    const item = { category_id, name: '한정 메뉴', price: 9_000 }
    const path = '/restaurants/me/items'
    const added = await call<{ id: string; is_available: boolean }>('POST', path, {
      as,
      body: { ...item, is_available: false },
    })
    expect(added.body.is_available).toBe(false)
    for (const is_available of [true, false]) {
      const body = { is_available }
      const edited = await call('PATCH', `${path}/${added.body.id}`, { as, body })
      expect(edited.body).toMatchObject({ name: '한정 메뉴', is_available })
    }
    const renamed = await call('PATCH', `${path}/${added.body.id}`, { as, body: { name: '한정' } })
    expect(renamed.body).toMatchObject({ name: '한정', is_available: false })
  })
})
