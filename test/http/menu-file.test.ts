import { describe, expect, it } from 'vitest'
import { restaurantHttp, type Envelope, type RestaurantHttp } from '../support/restaurant-http.ts'
import { png } from '../support/images.ts'

interface File {
  v: number
  currency: string
  categories: { id: string; name: string; items: { id: string; image_url: string | null }[] }[]
}

const MENU = {
  v: 1,
  mode: 'replace',
  categories: [
    {
      name: '치킨',
      names: { en: 'Chicken' },
      items: [
        {
          name: '후라이드',
          names: { en: 'Fried' },
          price: 18_000,
          description: '바삭',
          allergens: ['chicken'],
          tags: ['인기'],
          spice_level: 1,
          max_per_order: 5,
          options: [
            {
              name: '맵기',
              required: true,
              choices: [{ name: '순한맛' }, { name: '매운맛', price_delta: 500 }],
            },
          ],
        },
        { name: '양념', price: 19_000 },
      ],
    },
    { name: '음료', items: [{ name: '콜라', price: 2_000 }] },
  ],
}
const IMPORT = '/restaurants/me/menu/import'

const taken = (world: RestaurantHttp, body: object, as = world.owner) =>
  world.call<Envelope & { items: { created: number; changed: number; removed: number } }>(
    'POST',
    IMPORT,
    { as, body },
  )
const exported = async (world: RestaurantHttp, as = world.owner) =>
  (await world.call<File>('GET', '/restaurants/me/menu/export', { as })).body

describe('a menu as a file', () => {
  it('goes out as it came in, and in again without a change', async () => {
    const world = await restaurantHttp()
    expect(await taken(world, MENU)).toMatchObject({ status: 200, body: { items: { created: 3 } } })
    const file = await exported(world)
    expect(file).toMatchObject({ v: 1, currency: 'KRW', categories: MENU.categories })
    for (const mode of ['merge', 'replace'])
      expect((await taken(world, { ...file, mode })).body.items).toEqual({
        created: 0,
        changed: 0,
        removed: 0,
      })
    expect(await exported(world, world.staff)).toEqual(file)
  })

  it('brings back what was changed and removed since', async () => {
    const world = await restaurantHttp()
    await taken(world, MENU)
    const file = await exported(world)
    const [first, second] = file.categories[0]?.items ?? []
    const path = (id: string | undefined) => `/restaurants/me/items/${id ?? ''}`
    await world.call('PATCH', path(first?.id), { as: world.owner, body: { price: 1 } })
    await world.call('DELETE', path(second?.id), { as: world.owner })
    await taken(world, { ...file, mode: 'replace' })
    expect(await exported(world)).toEqual(file)
  })

  it('moves to another restaurant with new ids and without its pictures', async () => {
    const world = await restaurantHttp()
    await taken(world, MENU)
    const [item] = (await exported(world)).categories[0]?.items ?? []
    await world.ask(`/api/v1/restaurants/me/items/${item?.id ?? ''}/image`, {
      method: 'PUT',
      body: png(5, 5),
      headers: world.owner,
    })
    const file = await exported(world)
    expect(file.categories[0]?.items[0]?.image_url).toMatch(/^\/images\//)
    const as = await world.newOwner()
    await world.call('POST', '/restaurants', { as, body: { name: '옆집' } })
    expect((await taken(world, { ...file, mode: 'merge' }, as)).body).toMatchObject({
      items: { created: 3 },
      images_left_out: 1,
    })
    const other = await exported(world, as)
    expect(other.categories.map(({ name }) => name)).toEqual(['치킨', '음료'])
    const ids = (of: File) =>
      of.categories.flatMap(({ id, items }) => [id, ...items.map((i) => i.id)])
    expect(ids(other).some((id) => ids(file).includes(id))).toBe(false)
    expect(other.categories[0]?.items[0]?.image_url).toBeNull()
    expect(await exported(world)).toEqual(file)
  })

  it('names everything that is wrong with it and leaves the menu alone', async () => {
    const world = await restaurantHttp()
    await taken(world, MENU)
    const before = await exported(world)
    const items = [
      { name: '', price: 1 },
      { name: 'x', price: 'free' },
      { name: 'x', price: 1, tags: [1] },
    ]
    const { status, body } = await taken(world, {
      v: 1,
      mode: 'replace',
      categories: [{ name: 'x', items }],
    })
    expect(status).toBe(400)
    expect(body.error.details?.errors).toEqual([
      { field: 'categories.0.items.0.name', reason: 'too_small' },
      { field: 'categories.0.items.1.price', reason: 'invalid_type' },
      { field: 'categories.0.items.2.tags.0', reason: 'invalid_type' },
    ])
    const domain = await taken(world, {
      v: 1,
      mode: 'replace',
      categories: [{ name: 'x', items: [{ name: 'x', price: -5 }] }],
    })
    expect(domain.body.error.details).toMatchObject({
      field: 'categories.0.items.0.price',
      reason: 'too_small',
    })
    expect(await exported(world)).toEqual(before)
  })

  it.each([
    [{ ...MENU, v: 2 }, 'v'],
    [{ ...MENU, mode: 'append' }, 'mode'],
    [{ ...MENU, currency: 'USD' }, 'currency'],
    [{ v: 1, mode: 'merge' }, 'categories'],
    [
      { ...MENU, categories: [{ name: 'x', items: [], names: { xx: 'y' } }] },
      'categories.0.names.xx',
    ],
  ])('refuses %o', async (body, field) => {
    const world = await restaurantHttp()
    const refused = await taken(world, body)
    expect([refused.status, refused.body.error.details?.field]).toEqual([400, field])
  })

  it('is not for staff to replace', async () => {
    const world = await restaurantHttp()
    expect((await taken(world, MENU, world.staff)).status).toBe(403)
  })
})

describe('a file that means harm', () => {
  const send = async (
    world: RestaurantHttp,
    body: BodyInit,
    headers: Record<string, string> = {},
  ) => {
    const response = await world.ask(`/api/v1${IMPORT}`, {
      method: 'POST',
      body,
      headers: { ...world.owner, 'content-type': 'application/json', ...headers },
    })
    return { status: response.status, body: await response.json<Envelope>() }
  }

  it.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip'])(
    'is refused when it is compressed: %s',
    async (encoding) => {
      const world = await restaurantHttp()
      const { status, body } = await send(world, JSON.stringify(MENU), {
        'content-encoding': encoding,
      })
      expect([status, body.error.reason]).toEqual([415, 'CONTENT_ENCODING'])
    },
  )

  it('is refused above 5 MB, and not below it', async () => {
    const world = await restaurantHttp()
    const filler = (bytes: number) => JSON.stringify({ ...MENU, filler: 'x'.repeat(bytes) })
    expect((await send(world, filler(5 * 1024 * 1024))).status).toBe(413)
    expect((await send(world, filler(4 * 1024 * 1024))).status).toBe(200)
    const elsewhere = await world.call('POST', '/restaurants/me/categories', {
      as: world.owner,
      body: { name: 'x'.repeat(200_000) },
    })
    expect(elsewhere.status).toBe(413)
  })

  it('is refused when it is nested too deep or has more than 5,000 items', async () => {
    const world = await restaurantHttp()
    const deep = `{"v":1,"mode":"merge","categories":[],"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const nested = await send(world, deep)
    expect([nested.status, nested.body.error.reason]).toEqual([400, 'too_deep'])
    const items = Array.from({ length: 5_001 }, (_, n) => ({ name: `${n}`, price: n }))
    const many = await taken(world, { v: 1, mode: 'merge', categories: [{ name: 'x', items }] })
    expect([many.status, many.body.error.details?.field]).toEqual([400, 'categories.0.items'])
  })
})
