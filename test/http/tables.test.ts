import { describe, expect, it } from 'vitest'
import { restaurantHttp, type Envelope, type Headers } from '../support/restaurant-http.ts'

interface Table {
  id: string
  name: string
  visit_id: string | null
  qr_url?: string
}
interface Bill {
  visit_id: string
  items: { order_id: string; own: boolean; special_requests: string | null; total_amount: number }[]
  total_spent: number
  total_unpaid: number
}

async function withTable(bindings: object = {}) {
  const world = await restaurantHttp(bindings)
  const { call, owner } = world
  const added = await call<Table>('POST', '/tables', { as: owner, body: { name: 'A1' } })
  const path = `/tables/${added.body.id}`
  return { ...world, added, table: added.body, path }
}

/** A table with a party of two and an item to order. */
async function withParty() {
  const world = await withTable()
  const { call, owner, staff, path, table, guestAt } = world
  const category = await call<{ id: string }>('POST', '/restaurants/me/categories', {
    as: owner,
    body: { name: '치킨' },
  })
  const item = await call<{ id: string }>('POST', '/restaurants/me/items', {
    as: owner,
    body: { category_id: category.body.id, name: '후라이드', price: 18_000 },
  })
  const opened = await call<{ visit_id: string }>('POST', `${path}/open`, { as: staff })
  const visit = { visitId: opened.body.visit_id, tableId: table.id }
  const order = (as: Headers, specialRequests: string) =>
    call<{ order_id: string }>('POST', `/tables/${table.id}/orders`, {
      as,
      body: {
        items: [{ menu_id: item.body.id, quantity: 1 }],
        payment_method: 'COUNTER',
        special_requests: specialRequests,
      },
      headers: { 'Idempotency-Key': crypto.randomUUID() },
    })
  return { ...world, visit, order, minsu: await guestAt(visit), jiyoung: await guestAt(visit) }
}

describe('tables', () => {
  it('are added with a link for their code, listed and removed', async () => {
    const { call, owner, staff, added, table, path } = await withTable()
    expect(added.status).toBe(201)
    expect(table).toMatchObject({ name: 'A1', visit_id: null })
    expect(table.qr_url).toMatch(new RegExp(`^http://ordersync.test/t/${table.id}#[\\w-]{22}$`))
    const second = await call<Table>('POST', '/tables', { as: owner, body: {} })
    expect(second.body.name).toBe('T1')
    const listed = await call('GET', '/tables', { as: staff })
    expect(listed.body).toMatchObject({ items: [table, second.body], next_cursor: null })
    expect((await call('GET', path, { as: staff })).body).toEqual(table)
    expect((await call('DELETE', path, { as: owner })).status).toBe(204)
    expect((await call('GET', path, { as: owner })).status).toBe(404)
  })

  it('have links of the public origin where there is one', async () => {
    const { table } = await withTable({ publicUrl: 'https://order.example/' })
    expect(table.qr_url).toMatch(/^https:\/\/order\.example\/t\//)
  })

  it.each([
    [{ name: 'A1' }, 409, 'TABLE_NAME_TAKEN'],
    [{ name: '12345678901' }, 400, 'too_big'],
    [{ name: '  ' }, 400, 'too_small'],
    [{ name: 7 }, 400, 'invalid_type'],
  ])('refuse %o', async (body, status, reason) => {
    const { call, owner } = await withTable()
    const refused = await call<Envelope>('POST', '/tables', { as: owner, body })
    expect([refused.status, refused.body.error.reason]).toEqual([status, reason])
  })

  it('are added and removed by owners, seated and reset by staff', async () => {
    const { call, staff, actor, path } = await withTable()
    const guest = await actor({})
    const asks: [string, string, object?][] = [
      ['POST', '/tables', {}],
      ['DELETE', path],
    ]
    for (const [method, at, body] of asks)
      expect((await call(method, at, { as: staff, body })).status).toBe(403)
    const forGuests: [string, string][] = [
      ['GET', '/tables'],
      ['POST', `${path}/open`],
      ['POST', `${path}/reset`],
      ['GET', `${path}/qr.svg`],
    ]
    for (const [method, at] of forGuests) {
      expect((await call(method, at, { as: guest })).status).toBe(403)
      expect((await call(method, at)).status).toBe(401)
    }
  })

  it('of another restaurant do not exist', async () => {
    const { call, newOwner, path } = await withTable()
    const as = await newOwner()
    await call('POST', '/restaurants', { as, body: { name: '옆집' } })
    const asks: [string, string][] = [
      ['GET', path],
      ['DELETE', path],
      ['GET', `${path}/orders`],
      ['POST', `${path}/open`],
      ['POST', `${path}/reset`],
      ['GET', `${path}/qr.svg`],
    ]
    for (const [method, at] of asks)
      expect([method, at, (await call(method, at, { as })).status]).toEqual([method, at, 404])
  })

  it('draw their code as SVG for staff', async () => {
    const { call, staff, path } = await withTable()
    const { status, headers, body } = await call<string>('GET', `${path}/qr.svg`, { as: staff })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('image/svg+xml')
    expect(headers.get('cache-control')).toContain('no-store')
    expect(body).toMatch(/^<svg .*<\/svg>$/s)
  })
})

describe('a visit', () => {
  it('is shown to its guests without the code of the table', async () => {
    const { call, path, minsu, visit } = await withParty()
    const { body } = await call<Table>('GET', path, { as: minsu })
    expect(body).toEqual({ id: visit.tableId, name: 'A1', visit_id: visit.visitId })
  })

  it('has one bill: own orders whole, of others lines and sums', async () => {
    const { call, path, staff, minsu, jiyoung, order } = await withParty()
    expect((await order(minsu, '맵게')).status).toBe(201)
    await order(jiyoung, '순하게')
    const bill = async (as: Headers) => (await call<Bill>('GET', `${path}/orders`, { as })).body
    const own = await bill(minsu)
    expect(own).toMatchObject({ total_spent: 36_000, total_unpaid: 36_000, currency: 'KRW' })
    const notes = (of: Bill) => of.items.map(({ special_requests }) => special_requests).sort()
    expect(notes(own)).toEqual(['맵게', null].sort())
    expect(own.items.filter((entry) => entry.own)).toMatchObject([{ special_requests: '맵게' }])
    expect(own.items.map((entry) => entry.total_amount)).toEqual([18_000, 18_000])
    expect(notes(await bill(staff))).toEqual(['맵게', '순하게'].sort())
  })

  it('ends by a reset: its guests are refused from the next request on', async () => {
    const { call, path, staff, minsu, order, visit } = await withParty()
    const placed = await order(minsu, '')
    const refused = await call<Envelope>('POST', `${path}/reset`, { as: staff })
    expect([refused.status, refused.body.error]).toMatchObject([
      409,
      { reason: 'TABLE_HAS_OPEN_ORDERS', details: { order_ids: [placed.body.order_id] } },
    ])
    const wrong = await call('POST', `${path}/reset`, { as: staff, body: { force: 'yes' } })
    expect(wrong.status).toBe(400)
    const reset = await call('POST', `${path}/reset`, { as: staff, body: { force: 'void' } })
    expect(reset.status).toBe(200)
    expect(reset.body).toEqual({
      closed_visit_id: visit.visitId,
      ended_order_ids: [placed.body.order_id],
    })
    const after = await call<Envelope>('GET', `${path}/orders`, { as: minsu })
    expect([after.status, after.body.error.reason]).toEqual([409, 'VISIT_ENDED'])
    expect((await call<Bill>('GET', `${path}/orders`, { as: staff })).body).toMatchObject({
      visit_id: null,
      items: [],
      total_spent: 0,
    })
  })

  it('is seated once', async () => {
    const { call, path, staff, visit } = await withParty()
    const again = await call('POST', `${path}/open`, { as: staff })
    expect(again.body).toEqual({ table_id: visit.tableId, visit_id: visit.visitId })
  })

  it('does not exist for guests of another table and for customers who do not sit there', async () => {
    const { call, path, owner, staff, guestAt } = await withParty()
    const b1 = await call<Table>('POST', '/tables', { as: owner, body: { name: 'B1' } })
    const seated = await call<{ visit_id: string }>('POST', `/tables/${b1.body.id}/open`, {
      as: staff,
    })
    const neighbour = await guestAt({ visitId: seated.body.visit_id, tableId: b1.body.id })
    for (const at of [path, `${path}/orders`])
      expect((await call('GET', at, { as: neighbour })).status).toBe(404)
  })

  it('is joined by the code alone', async () => {
    const { call, table, visit } = await withParty()
    const [, code = ''] = table.qr_url?.split('#') ?? []
    const join = (body: object) => call<{ access_token: string }>('POST', '/auth/guest', { body })
    const joined = await join({ table_id: table.id, code })
    expect(joined.status).toBeLessThan(300)
    const as = { authorization: `Bearer ${joined.body.access_token}` }
    expect((await call('GET', `/tables/${table.id}`, { as })).body).toMatchObject({
      visit_id: visit.visitId,
    })
    expect((await join({ table_id: table.id, code: `${code}x` })).status).toBe(403)
  })
})
