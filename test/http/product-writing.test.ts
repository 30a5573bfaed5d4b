import { describe, expect, it } from 'vitest'
import { catalogueHttp } from '../support/catalogue-http.ts'
import { expectDocumented } from '../support/documented.ts'
import type { Envelope } from '../support/restaurant-http.ts'

async function withProduct() {
  const http = await catalogueHttp()
  const { id: categoryId } = await http.category('치킨')
  const body = { category_id: categoryId, name: '후라이드', price: 18_000 }
  const product = await http.created('/products', body)
  const read = async () => (await http.call('GET', `/products/${product.id}`)).body
  return { ...http, body, product, read }
}

describe('writing products', () => {
  it('is what the owner does to the menu, under another address', async () => {
    const { call, owner, product, read, restaurantId } = await withProduct()
    const path = `/products/${product.id}`
    const changed = await call('PUT', path, {
      as: owner,
      body: { price: 17_000, is_available: false },
    })
    expectDocumented('PUT', `/api/v1${path}`, changed)
    expect(await read()).toMatchObject({ name: '후라이드', price: 17_000, is_available: false })
    const { body } = await call<{ categories: { items: object[] }[] }>(
      'GET',
      `/restaurants/${restaurantId}/menu`,
    )
    expect(body.categories[0]?.items).toMatchObject([{ id: product.id, price: 17_000 }])
    expect((await call('DELETE', path, { as: owner })).status).toBe(204)
    expect((await call('GET', path)).status).toBe(404)
    expect((await call('DELETE', path, { as: owner })).status).toBe(404)
  })

  it('is also for administrators, who name the restaurant', async () => {
    const { call, admin, body, restaurantId, product, read } = await withProduct()
    const unnamed = await call<Envelope>('POST', '/products', { as: admin, body })
    expect([unnamed.status, unnamed.body.error.details?.['field']]).toEqual([400, 'restaurant_id'])
    const named = { ...body, restaurant_id: restaurantId, name: '양념' }
    const added = await call('POST', '/products', { as: admin, body: named })
    expectDocumented('POST', '/api/v1/products', added)
    expect(added.status).toBe(201)
    const put = { as: admin, body: { price: 1 } }
    expect((await call('PUT', `/products/${product.id}`, put)).status).toBe(200)
    expect(await read()).toMatchObject({ price: 1 })
    const gone = await call('DELETE', `/products/${product.id}`, { as: admin })
    expect(gone.status).toBe(204)
    const nowhere = { ...body, restaurant_id: crypto.randomUUID() }
    expect((await call('POST', '/products', { as: admin, body: nowhere })).status).toBe(404)
  })

  it('shows nothing of it to the owner of another restaurant', async () => {
    const { call, newOwner, body, restaurantId, product, read } = await withProduct()
    const other = await newOwner()
    const opened = await call('POST', '/restaurants', { as: other, body: { name: '옆집' } })
    expect(opened.status).toBe(201)
    const path = `/products/${product.id}`
    const tries = [
      await call('PUT', path, { as: other, body: { price: 1 } }),
      await call('DELETE', path, { as: other }),
      await call('POST', '/products', {
        as: other,
        body: { ...body, restaurant_id: restaurantId },
      }),
      await call('POST', '/products', {
        as: { ...other, 'x-restaurant-id': restaurantId },
        body,
      }),
    ]
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    // In their own restaurant the other's category is unknown.
    const mixed = await call<Envelope>('POST', '/products', { as: other, body })
    expect([mixed.status, mixed.body.error.details?.['field']]).toEqual([400, 'category_id'])
    expect(await read()).toMatchObject({ price: 18_000 })
  })

  it.each(['CUSTOMER', 'STAFF', 'SUPPORT', 'MARKETING'] as const)('is not for %s', async (role) => {
    const { call, body, product, member } = await withProduct()
    const as = await member(role)
    const path = `/products/${product.id}`
    expect((await call('POST', '/products', { as, body })).status).toBe(403)
    expect((await call('PUT', path, { as, body: { price: 1 } })).status).toBe(403)
    expect((await call('DELETE', path, { as })).status).toBe(403)
  })

  it('is not for the restaurant’s staff, nor for those who show no token', async () => {
    const { call, member, body, product, restaurantId } = await withProduct()
    const staff = await member('STAFF', [{ restaurantId, role: 'STAFF' }])
    const path = `/products/${product.id}`
    for (const [as, status] of [
      [staff, 403],
      [{}, 401],
    ] as const) {
      expect((await call('PUT', path, { as, body: { price: 1 } })).status).toBe(status)
      expect((await call('DELETE', path, { as })).status).toBe(status)
      const named = { ...body, restaurant_id: restaurantId }
      expect((await call('POST', '/products', { as, body: named })).status).toBe(status)
    }
  })

  it('asks an owner of several which is meant, and takes the header’s word', async () => {
    const { call, owner, body, restaurantId } = await withProduct()
    await call('POST', '/restaurants', { as: owner, body: { name: '둘째' } })
    const memberships = await call<{ memberships: { restaurant_id: string }[] }>(
      'GET',
      '/auth/me',
      { as: owner },
    )
    expect(memberships.body.memberships).toHaveLength(2)
    expect((await call('POST', '/products', { as: owner, body })).status).toBe(400)
    const as = { ...owner, 'x-restaurant-id': restaurantId }
    expect((await call('POST', '/products', { as, body })).status).toBe(201)
  })

  it('is done once under one key', async () => {
    const { call, owner, body, restaurantId } = await withProduct()
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const first = await call('POST', '/products', { as: owner, body, headers })
    const again = await call('POST', '/products', { as: owner, body, headers })
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const other = await call('POST', '/products', {
      as: owner,
      body: { ...body, price: 1 },
      headers,
    })
    expect(other.status).toBe(422)
    const menu = await call<{ items: object[] }>('GET', `/menus?restaurant_id=${restaurantId}`)
    expect(menu.body.items).toHaveLength(2)
  })

  it.each([
    [{ price: -1 }, 'price'],
    [{ price: 1_000_000_001 }, 'price'],
    [{ price: 1.5 }, 'price'],
    [{ name: '' }, 'name'],
    [{ name: 'ㅋ'.repeat(201) }, 'name'],
    [{ spice_level: 4 }, 'spice_level'],
    [{ allergens: ['gold'] }, 'allergens.0'],
  ])('refuses %j by its field', async (wrong, field) => {
    const { call, owner, body, product } = await withProduct()
    const added = await call<Envelope>('POST', '/products', {
      as: owner,
      body: { ...body, ...wrong },
    })
    const changed = await call<Envelope>('PUT', `/products/${product.id}`, {
      as: owner,
      body: wrong,
    })
    for (const { status, body: answer } of [added, changed])
      expect([status, answer.error.details?.['field']]).toEqual([400, field])
  })
})
