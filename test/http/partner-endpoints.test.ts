import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  administration,
  everythingOfPartners,
  type CreatedPartner,
  type Listed,
} from '../support/administration.ts'

interface Endpoint {
  id: string
  url: string
  secret: string
  previous_secret_until: string | null
  disabled_at: string | null
  disabled_reason: string | null
}

let world: Awaited<ReturnType<typeof administration>>
beforeAll(async () => {
  world = await administration()
})

const at = (partner: { id: string }, rest = '') => `integrations/partners/${partner.id}${rest}`

describe("a partner's endpoints", () => {
  const url = 'https://hooks.example.com/ordersync'
  const add = (partner: CreatedPartner, body: object = { url }) =>
    world.admin.call<Endpoint>('POST', at(partner, '/endpoints'), body)
  const list = async (partner: CreatedPartner) =>
    (await world.admin.call<Listed<Endpoint>>('GET', at(partner, '/endpoints'))).body.items

  it('show their secret once, keep it sealed, and never list it', async () => {
    const partner = await world.create()
    const { status, body } = await add(partner)
    expect(status).toBe(201)
    const bytes = atob(body.secret.replace(/^whsec_/, ''))
    expect(bytes).toHaveLength(32)
    const { secret: _, ...shown } = body
    expect(await list(partner)).toEqual([shown])
    expect(await everythingOfPartners()).not.toContain(body.secret.slice(6))
    expect(JSON.stringify(world.world.logged)).not.toContain(body.secret.slice(6))
  })

  it.each([
    'http://hooks.example.com/',
    'https://user:pass@hooks.example.com/',
    'https://hooks.example.com:8443/',
    'https://10.0.0.1/',
    'https://localhost/',
    'nonsense',
  ])('are on public hosts over https: not %s', async (wrong) => {
    const partner = await world.create()
    const refused = await add(partner, { url: wrong })
    expect([refused.status, refused.body.error.details?.field]).toEqual([400, 'url'])
    const { body } = await add(partner)
    const moved = await world.admin.call('PATCH', at(partner, `/endpoints/${body.id}`), {
      url: wrong,
    })
    expect(moved.status).toBe(400)
  })

  it('move, and are removed with their secrets, once', async () => {
    const partner = await world.create()
    const { body } = await add(partner)
    const path = at(partner, `/endpoints/${body.id}`)
    const other = 'https://other.example.com/'
    const moved = await world.admin.call<Endpoint>('PATCH', path, { url: other })
    expect(moved.body.url).toBe(other)
    const stranger = await world.create()
    const foreign = at(stranger, `/endpoints/${body.id}`)
    expect((await world.admin.call('PATCH', foreign, { url })).status).toBe(404)
    expect((await world.admin.call('DELETE', foreign)).status).toBe(404)
    for (let n = 0; n < 2; n += 1) expect((await world.admin.call('DELETE', path)).status).toBe(204)
    expect(await list(partner)).toEqual([])
    for (const gone of ['/enable', '/test'])
      expect((await world.admin.call('POST', path + gone)).status).toBe(404)
    expect((await world.admin.call('PATCH', path, { url })).status).toBe(404)
    const { results } = await env.DB.prepare('SELECT secret FROM partner_endpoints WHERE id = ?')
      .bind(body.id)
      .all()
    expect(results).toEqual([{ secret: '' }])
  })

  it('sign with both secrets while one replaces the other, then with the new one', async () => {
    const partner = await world.create()
    const { body } = await add(partner)
    const path = at(partner, `/endpoints/${body.id}`)
    const rotated = await world.admin.call<Endpoint>('POST', `${path}/rotate`, {
      overlap_seconds: 60,
    })
    expect(rotated.body.secret).not.toBe(body.secret)
    const until = new Date(world.world.now + 60_000).toISOString()
    expect(rotated.body.previous_secret_until).toBe(until)
    const signatures = async () => {
      await world.admin.call('POST', `${path}/test`)
      return world.pushed.at(-1)!.request.headers.get('webhook-signature')!.split(' ')
    }
    expect(await signatures()).toHaveLength(2)
    world.world.now += 60_000
    expect(await signatures()).toHaveLength(1)
  })

  it.each([
    [() => new Response(null, { status: 204 }), { outcome: 'TAKEN', status: 204, reason: null }],
    [() => new Response('no', { status: 401 }), { outcome: 'REFUSED', status: 401, reason: null }],
    [
      () => {
        throw new TypeError('connection refused')
      },
      { outcome: 'UNANSWERED', status: null },
    ],
  ] as const)('are tried with a signed event of no restaurant: %#', async (reply, told) => {
    const partner = await world.create()
    const { body } = await add(partner)
    world.endpoint.answer = reply
    const tried = await world.admin.call<{ event_id: string }>(
      'POST',
      at(partner, `/endpoints/${body.id}/test`),
    )
    expect(tried.body).toMatchObject(told)
    const { request, body: sent } = world.pushed.at(-1)!
    expect(request.url).toBe(url)
    expect(request.headers.get('webhook-id')).toBe(tried.body.event_id)
    expect(JSON.parse(sent)).toMatchObject({
      id: tried.body.event_id,
      type: 'TEST',
      restaurant_id: null,
    })
    world.endpoint.answer = () => new Response(null, { status: 204 })
  })

  it('are enabled again, and what they failed before is forgotten', async () => {
    const partner = await world.create()
    const { body } = await add(partner)
    await env.DB.batch([
      env.DB.prepare(
        "UPDATE partner_endpoints SET disabled_at = 1, disabled_reason = 'FAILING' WHERE id = ?",
      ).bind(body.id),
      env.DB.prepare("INSERT INTO delivery_destinations VALUES (?, 'r', 0, 9e12, 1)").bind(body.id),
    ])
    expect(await list(partner)).toMatchObject([{ disabled_reason: 'FAILING' }])
    const path = at(partner, `/endpoints/${body.id}/enable`)
    const enabled = await world.admin.call<Endpoint>('POST', path)
    expect(enabled.body).toMatchObject({ disabled_at: null, disabled_reason: null })
    expect((await world.admin.call('POST', path)).body).toEqual(enabled.body)
    const { results } = await env.DB.prepare(
      'SELECT paused_until AS paused, failing_since AS failing FROM delivery_destinations WHERE destination_id = ?',
    )
      .bind(body.id)
      .all()
    expect(results).toEqual([{ paused: 0, failing: null }])
  })

  it('are ten at most', async () => {
    const partner = await world.create()
    for (let n = 0; n < 10; n += 1) expect((await add(partner)).status).toBe(201)
    const eleventh = await add(partner)
    expect(eleventh.body.error.details).toMatchObject({
      field: 'url',
      reason: 'too_many_endpoints',
    })
  })
})
