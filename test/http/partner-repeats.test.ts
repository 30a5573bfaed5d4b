import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { administration, type CreatedPartner } from '../support/administration.ts'

let world: Awaited<ReturnType<typeof administration>>
beforeAll(async () => {
  world = await administration()
})

const auditLines = async () =>
  (await env.DB.prepare('SELECT count(*) AS lines FROM audit_entries').first<number>('lines')) ?? 0

/** A partner with one of everything; gives the path of each. */
async function furnished() {
  const partner: CreatedPartner = await world.create()
  const all = `integrations/partners/${partner.id}`
  const add = async (what: string, body: object) =>
    (await world.admin.call<{ id: string }>('POST', `${all}/${what}`, body)).body.id
  return {
    partner: all,
    endpoint: `${all}/endpoints/${await add('endpoints', { url: 'https://one.example.com/' })}`,
    subscription: `${all}/subscriptions/${await add('subscriptions', { restaurant_id: null, types: null })}`,
    key: `${all}/keys/${await add('keys', {})}`,
  }
}

describe('a change at a partner that is sent again', () => {
  it.each<[string, keyof Awaited<ReturnType<typeof furnished>>, object | undefined]>([
    ['PATCH', 'partner', { name: '새 이름' }],
    ['DELETE', 'partner', undefined],
    ['PATCH', 'endpoint', { url: 'https://two.example.com/' }],
    ['DELETE', 'subscription', undefined],
    ['DELETE', 'key', undefined],
  ])('changes nothing more and is answered the same: %s of a %s', async (method, what, body) => {
    const path = (await furnished())[what]
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const first = await world.admin.call(method, path, body, headers)
    expect(first.status).toBe(200)
    world.world.now += 60_000
    const told = await auditLines()
    const under = await world.admin.call(method, path, body, headers)
    const without = await world.admin.call(method, path, body)
    expect([under, without]).toEqual([first, first])
    // An end is told once; what is set again may be told again.
    if (method === 'DELETE') expect(await auditLines()).toBe(told)
  })

  it('leaves an endpoint taken away', async () => {
    const { partner, endpoint } = await furnished()
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const statuses = [
      (await world.admin.call('DELETE', endpoint, undefined, headers)).status,
      (await world.admin.call('DELETE', endpoint, undefined, headers)).status,
    ]
    expect(statuses).toEqual([204, 204])
    const { body } = await world.admin.call<{ items: object[] }>('GET', `${partner}/endpoints`)
    expect(body.items).toEqual([])
  })

  it.each(['PATCH', 'DELETE'])('is refused under a key that is none: %s', async (method) => {
    const { partner } = await furnished()
    const body = method === 'PATCH' ? { name: '새 이름' } : undefined
    const answer = await world.admin.call(method, partner, body, { 'idempotency-key': '' })
    expect([answer.status, answer.body.error.details?.field]).toEqual([400, 'Idempotency-Key'])
  })
})
