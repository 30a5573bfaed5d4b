import { describe, expect, it } from 'vitest'
import { avif, jpeg, png, STRANGERS, webp } from '../support/images.ts'
import { restaurantHttp, type Headers, type RestaurantHttp } from '../support/restaurant-http.ts'

const TYPES = {
  'image/png': png(20, 10),
  'image/jpeg': jpeg(20, 10),
  'image/webp': webp.lossy(20, 10),
  'image/avif': avif([20, 10]),
}
const EXTENSIONS = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
}

async function withDish(world: RestaurantHttp) {
  const { call, owner: as } = world
  const category = await call<{ id: string }>('POST', '/restaurants/me/categories', {
    as,
    body: { name: '치킨' },
  })
  const item = await call<{ id: string }>('POST', '/restaurants/me/items', {
    as,
    body: { category_id: category.body.id, name: '후라이드', price: 1 },
  })
  const path = `/api/v1/restaurants/me/items/${item.body.id}/image`
  const put = async (bytes: BodyInit, headers: Headers = {}, who: Headers = as) => {
    const response = await world.ask(path, {
      method: 'PUT',
      body: bytes,
      headers: { ...who, ...headers },
    })
    return {
      status: response.status,
      body: await response.json<{
        image_url: string
        error?: { code: string; reason?: string; details?: { field: string; reason: string } }
      }>(),
    }
  }
  return { itemId: item.body.id, path, put }
}

describe("setting an item's picture", () => {
  it.each(Object.entries(TYPES))('serves a %s for ever under its digest', async (type, bytes) => {
    const world = await restaurantHttp()
    const { put } = await withDish(world)
    const { status, body } = await put(bytes, { 'content-type': type })
    expect(status).toBe(200)
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    const hex = [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('')
    const extension = EXTENSIONS[type as keyof typeof EXTENSIONS]
    expect(body.image_url).toBe(`/images/${world.restaurantId.slice(-12)}/${hex}.${extension}`)

    const served = await world.ask(body.image_url)
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes)
    expect(served.status).toBe(200)
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      etag: `"${hex}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    const again = await world.ask(body.image_url, { headers: { 'if-none-match': `"${hex}"` } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const menu = await world.call<{ categories: { items: { image_url: string }[] }[] }>(
      'GET',
      `/restaurants/${world.restaurantId}/menu`,
    )
    expect(menu.body.categories[0]?.items[0]?.image_url).toBe(body.image_url)
  })

  it('may leave the type to the content, and not say another', async () => {
    const world = await restaurantHttp()
    const { put } = await withDish(world)
    expect((await put(TYPES['image/png'])).status).toBe(200)
    const plain = { 'content-type': 'application/octet-stream' }
    expect((await put(TYPES['image/jpeg'], plain)).body.image_url).toMatch(/\.jpg$/)
    for (const type of ['image/jpeg', 'text/html', 'image/svg+xml']) {
      const { status, body } = await put(TYPES['image/png'], { 'content-type': type })
      expect([status, body.error]).toMatchObject([
        415,
        { code: 'UNSUPPORTED_MEDIA_TYPE', reason: 'type_mismatch' },
      ])
    }
  })

  it.each(Object.entries(STRANGERS))('refuses %s', async (_, bytes) => {
    const world = await restaurantHttp()
    const { put } = await withDish(world)
    const { status, body } = await put(bytes, { 'content-type': 'image/png' })
    expect([status, body.error?.reason]).toEqual([415, 'unknown_type'])
  })

  it('refuses what is cut off, too large in pixels, too large in bytes, or compressed', async () => {
    const world = await restaurantHttp()
    const { put, path } = await withDish(world)
    const cut = await put(TYPES['image/png'].slice(0, 30))
    expect([cut.status, cut.body.error?.details]).toMatchObject([400, { reason: 'truncated' }])
    const bomb = await put(png(60_000, 60_000))
    expect([bomb.status, bomb.body.error?.details]).toMatchObject([
      400,
      { reason: 'too_large_dimensions' },
    ])
    const heavy = new Uint8Array(5 * 1024 * 1024 + 1)
    heavy.set(TYPES['image/jpeg'])
    expect((await put(heavy)).status).toBe(413)
    expect((await put(heavy.subarray(0, 5 * 1024 * 1024))).status).toBe(200)
    const zipped = { 'content-type': 'image/png', 'content-encoding': 'gzip' }
    const refused = await put(TYPES['image/png'], zipped)
    expect([refused.status, refused.body.error?.reason]).toEqual([415, 'CONTENT_ENCODING'])
    expect((await world.ask(path, { method: 'PUT', headers: world.owner })).status).toBe(415)
  })

  it('is for owners, and of their own items', async () => {
    const world = await restaurantHttp()
    const { put } = await withDish(world)
    expect((await put(TYPES['image/png'], {}, {})).status).toBe(401)
    expect((await put(TYPES['image/png'], {}, world.staff)).status).toBe(403)
    const neighbour = await world.newOwner()
    await world.call('POST', '/restaurants', { as: neighbour, body: { name: '옆집' } })
    expect((await put(TYPES['image/png'], {}, neighbour)).status).toBe(404)
  })

  it('does one thing for one key', async () => {
    const world = await restaurantHttp()
    const { put } = await withDish(world)
    const key = { 'idempotency-key': 'picture' }
    const first = await put(TYPES['image/png'], key)
    expect((await put(TYPES['image/png'], key)).body).toEqual(first.body)
    expect((await put(TYPES['image/avif'], key)).status).toBe(422)
  })

  it('can be taken back', async () => {
    const world = await restaurantHttp()
    const { put, itemId } = await withDish(world)
    const { body } = await put(TYPES['image/png'])
    const removed = await world.call('DELETE', `/restaurants/me/items/${itemId}/image`, {
      as: world.owner,
    })
    expect(removed).toMatchObject({ status: 200, body: { image_url: null } })
    // Who still shows the old menu may still show the old picture.
    expect((await world.ask(body.image_url)).status).toBe(200)
  })
})

describe('GET /images/{restaurant}/{file}', () => {
  const digest = 'a'.repeat(64)
  it.each([
    `/images/0123456789ab/${digest}.png`,
    `/images/0123456789ab/${digest}.svg`,
    `/images/0123456789ab/${digest}`,
    `/images/0123456789AB/${digest}.png`,
    '/images/0123456789ab/..%2f..%2fsecret.png',
    `/images/x/${digest}.png`,
    `/images/${digest}.png`,
  ])('knows nothing of %s', async (path) => {
    const world = await restaurantHttp()
    const { status, headers } = await world.ask(path)
    expect([status, headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  it('says that the store is away when it is', async () => {
    const world = await restaurantHttp()
    const { createR2Images } = await import('../../src/providers/r2-images.ts')
    const away = { get: () => Promise.reject(new Error('R2 is away')) } as unknown as R2Bucket
    world.deps.images = createR2Images(away)
    const { status, headers } = await world.ask(`/images/0123456789ab/${digest}.png`)
    expect([status, headers.get('retry-after')]).toEqual([503, '2'])
  })
})
