import { describe, expect, it } from 'vitest'
import { restaurantHttp, type Envelope } from '../support/restaurant-http.ts'

describe('POST /restaurants', () => {
  it('answers the id and every setting, given or by default', async () => {
    const { opened } = await restaurantHttp()
    expect(opened.status).toBe(201)
    expect(opened.body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: '맛있는 치킨집',
      timezone: 'Asia/Seoul',
      currency: 'KRW',
      market: 'KR',
      payment_policy: 'POSTPAID',
      payment_methods: ['COUNTER', 'CARD'],
      table_access: 'SCAN',
      table_ordering_enabled: true,
      business_day_cutoff_hour: 5,
      open: true,
      menu_version: 1,
    })
  })

  it('answers a repeat with the same, and says that it is one', async () => {
    const { call, newOwner } = await restaurantHttp()
    const as = await newOwner()
    const request = { as, body: { name: '분식' }, headers: { 'Idempotency-Key': 'open-1' } }
    const first = await call('POST', '/restaurants', request)
    const again = await call('POST', '/restaurants', request)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const other = await call<Envelope>('POST', '/restaurants', {
      ...request,
      body: { name: '다른 분식' },
    })
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it.each([
    [{}, 'name', 'required'],
    [{ name: ' ' }, 'name', 'too_small'],
    [{ name: '가'.repeat(201) }, 'name', 'too_big'],
    [{ name: 'x', timezone: 'Mars/Olympus' }, 'timezone', 'unknown_timezone'],
    [{ name: 'x', currency: 'XXX' }, 'currency', 'invalid_value'],
    [{ name: 'x', payment_methods: ['IOU'] }, 'payment_methods.0', 'invalid_value'],
    [{ name: 'x', payment_methods: [] }, 'payment_methods', 'too_small'],
    [{ name: 'x', payment_methods: ['COUNTER'] }, 'payment_methods', 'counter_needs_postpaid'],
    [{ name: 'x', business_day_cutoff_hour: 24 }, 'business_day_cutoff_hour', 'too_big'],
    [{ name: 'x', accept_deadline_seconds: 0 }, 'accept_deadline_seconds', 'too_small'],
  ])('refuses %o', async (body, field, reason) => {
    const { call, owner } = await restaurantHttp()
    const refused = await call<Envelope>('POST', '/restaurants', { as: owner, body })
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { field, reason },
    })
  })

  it('is for owners', async () => {
    const { call, staff, actor } = await restaurantHttp()
    const body = { name: 'x' }
    expect((await call('POST', '/restaurants', { body })).status).toBe(401)
    for (const as of [staff, await actor({})])
      expect((await call('POST', '/restaurants', { as, body })).status).not.toBe(201)
  })
})

describe('/restaurants/me', () => {
  it('reads and changes the own settings, and ids of the body count for nothing', async () => {
    const { call, owner, staff, restaurantId } = await restaurantHttp()
    const body = { name: '새 이름', paused: true, id: crypto.randomUUID(), menu_version: 99 }
    const edited = await call('PATCH', '/restaurants/me', { as: owner, body })
    expect(edited.status).toBe(200)
    expect(edited.body).toMatchObject({ id: restaurantId, name: '새 이름', open: false })
    expect(edited.body.menu_version).toBe(2)
    expect((await call('GET', '/restaurants/me', { as: staff })).body).toEqual(edited.body)
  })

  it('lets staff read, not change', async () => {
    const { call, staff } = await restaurantHttp()
    const refused = await call<Envelope>('PATCH', '/restaurants/me', { as: staff, body: {} })
    expect([refused.status, refused.body.error.code]).toEqual([403, 'FORBIDDEN'])
  })

  it('does not know a restaurant where the caller does not work', async () => {
    const { call, newOwner, restaurantId } = await restaurantHttp()
    const as = await newOwner()
    expect((await call('GET', '/restaurants/me', { as })).status).toBe(404)
    const headers = { 'X-Restaurant-Id': restaurantId }
    expect((await call('GET', '/restaurants/me', { as, headers })).status).toBe(404)
  })

  it('asks an owner of several which one', async () => {
    const { call, owner, restaurantId } = await restaurantHttp()
    await call('POST', '/restaurants', { as: owner, body: { name: '둘째' } })
    expect((await call('GET', '/restaurants/me', { as: owner })).status).toBe(400)
    const named = { as: owner, headers: { 'X-Restaurant-Id': restaurantId } }
    expect((await call('GET', '/restaurants/me', named)).body).toMatchObject({ id: restaurantId })
  })
})
