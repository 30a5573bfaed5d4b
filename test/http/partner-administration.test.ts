import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { beforeAll, describe, expect, it } from 'vitest'
import { feedCursors } from '../../src/db/schema/feed.ts'
import { partnerKeyContext } from '../../src/domain/outgoing/secret-contexts.ts'
import {
  administration,
  everythingOfPartners,
  type CreatedPartner,
  type Listed,
} from '../support/administration.ts'

type World = Awaited<ReturnType<typeof administration>>
interface Key {
  id: string
  hint: string
  ends_at: string | null
  signs: boolean
  client_secret: string
}
interface Subscription {
  id: string
  restaurant_id: string | null
  types: string[] | null
  ended_at: string | null
}
let world: World
beforeAll(async () => {
  world = await administration()
})

const at = (partner: { id: string }, rest = '') => `integrations/partners/${partner.id}${rest}`
const keysOf = async (partner: CreatedPartner) =>
  (await world.admin.call<Listed<Key>>('GET', at(partner, '/keys'))).body.items
/** The key it was made with. */
const firstOf = async (partner: CreatedPartner): Promise<Key> => {
  const keys = await keysOf(partner)
  return keys.find(({ hint }) => partner.client_secret.endsWith(hint.slice(1)))!
}
const rotate = (partner: CreatedPartner, body: object = {}) =>
  world.admin.call<Key>('POST', at(partner, '/keys'), body)
const lets = async (partner: CreatedPartner, secret: string): Promise<boolean> =>
  (await world.token(partner.client_id, secret)).status === 200
describe('a partner', () => {
  it('is found, renamed and tied to a certificate, whichever way its print is written', async () => {
    const partner = await world.create()
    const print = 'AB:'.repeat(31) + 'AB'
    const edited = await world.admin.call('PATCH', at(partner), {
      name: ' 정산 시스템 ',
      cert_fingerprint: print,
    })
    expect(edited.body).toMatchObject({
      name: '정산 시스템',
      cert_fingerprint: 'ab'.repeat(32),
      client_id: partner.client_id,
    })
    expect((await world.admin.call('GET', at(partner))).body).toEqual(edited.body)
    const untied = await world.admin.call('PATCH', at(partner), { cert_fingerprint: null })
    expect(untied.body).toMatchObject({ name: '정산 시스템', cert_fingerprint: null })
    for (const [body, field] of [
      [{ cert_fingerprint: 'ab'.repeat(20) }, 'cert_fingerprint'],
      [{ name: ' ' }, 'name'],
      [{ client_id: partner.id }, 'client_id'],
    ] as const) {
      const refused = await world.admin.call('PATCH', at(partner), body)
      expect([refused.status, refused.body.error.details?.field]).toEqual([400, field])
    }
    expect((await world.admin.call('GET', at({ id: crypto.randomUUID() }))).status).toBe(404)
  })

  it('says in the log who changed what, and no secret', async () => {
    const partner = await world.create()
    const { body } = await rotate(partner)
    const lines = world.world.logged.filter(({ partnerId }) => partnerId === partner.id)
    expect(lines.map(({ kind, userId }) => [kind, userId])).toEqual([
      ['partner-added', world.admin.userId],
      ['partner-key-rotated', world.admin.userId],
    ])
    const logged = JSON.stringify(world.world.logged)
    for (const secret of [partner.client_secret, body.client_secret])
      expect(logged).not.toContain(secret)
  })
})

describe("a partner's keys", () => {
  it('are kept sealed and as digests, and shown by hints alone', async () => {
    const partner = await world.create()
    const [key] = await keysOf(partner)
    expect(key).toMatchObject({ ends_at: null, signs: true })
    expect(partner.client_secret.endsWith(key!.hint.slice(1))).toBe(true)
    expect(JSON.stringify(key)).not.toContain(partner.client_secret)
    expect(await everythingOfPartners()).not.toContain(partner.client_secret)
    const [kept] = await world.deps.partnerKeys.of(partner.id)
    const opened = await world.deps.secretBox.open(kept!.sealed, partnerKeyContext(kept!.id))
    expect(opened).toBe(partner.client_secret)
  })

  it('overlap while one replaces the other, as long as was asked', async () => {
    const partner = await world.create()
    const { status, body: second } = await rotate(partner, { overlap_seconds: 600 })
    expect(status).toBe(201)
    expect(await lets(partner, partner.client_secret)).toBe(true)
    expect(await lets(partner, second.client_secret)).toBe(true)
    world.world.now += 600_000
    expect(await lets(partner, partner.client_secret)).toBe(false)
    expect(await lets(partner, second.client_secret)).toBe(true)
  })

  it('overlap for a day where nothing is said, for none where none is wanted', async () => {
    const partner = await world.create()
    await rotate(partner)
    const first = await firstOf(partner)
    const day = new Date(world.world.now + 24 * 3600_000).toISOString()
    expect(first.ends_at).toBe(day)
    const { body } = await rotate(partner, { overlap_seconds: 0 })
    expect(await lets(partner, partner.client_secret)).toBe(false)
    expect(await lets(partner, body.client_secret)).toBe(true)
    for (const overlap_seconds of [-1, 7 * 24 * 3600 + 1, 1.5])
      expect((await rotate(partner, { overlap_seconds })).status).toBe(400)
  })

  it('never live longer for a rotation than they would have', async () => {
    const partner = await world.create()
    await rotate(partner, { overlap_seconds: 60 })
    await rotate(partner, { overlap_seconds: 3600 })
    world.world.now += 60_000
    expect(await lets(partner, partner.client_secret)).toBe(false)
  })

  it('are four at most that stand', async () => {
    const partner = await world.create()
    for (let n = 0; n < 5; n += 1) {
      world.world.now += 1000
      await rotate(partner)
    }
    const now = new Date(world.world.now).toISOString()
    const live = (await keysOf(partner)).filter(({ ends_at: end }) => end === null || end > now)
    expect(live).toHaveLength(4)
    expect(await lets(partner, partner.client_secret)).toBe(false)
  })

  it('end one by one, at once, and stay ended', async () => {
    const partner = await world.create()
    const { body: second } = await rotate(partner)
    const first = await firstOf(partner)
    const ended = await world.admin.call<Key>('DELETE', at(partner, `/keys/${first.id}`))
    expect(ended.body).toMatchObject({ ends_at: new Date(world.world.now).toISOString() })
    expect(await lets(partner, partner.client_secret)).toBe(false)
    expect(await lets(partner, second.client_secret)).toBe(true)
    world.world.now += 5000
    const again = await world.admin.call('DELETE', at(partner, `/keys/${first.id}`))
    expect(again.body).toEqual(ended.body)
    const other = await world.create()
    const foreign = await world.admin.call('DELETE', at(other, `/keys/${second.id}`))
    expect(foreign.status).toBe(404)
    expect(await lets(partner, second.client_secret)).toBe(true)
  })

  it('of a partner from before they were kept apart go on, and are replaced like any', async () => {
    const partner = await world.create()
    await env.DB.prepare('DELETE FROM partner_keys WHERE partner_id = ?').bind(partner.id).run()
    expect(await lets(partner, partner.client_secret)).toBe(true)
    expect(await keysOf(partner)).toMatchObject([{ ends_at: null, signs: false, hint: '' }])
    await rotate(partner, { overlap_seconds: 60 })
    expect(await keysOf(partner)).toHaveLength(2)
    expect(await lets(partner, partner.client_secret)).toBe(true)
    world.world.now += 60_000
    expect(await lets(partner, partner.client_secret)).toBe(false)
  })
})

describe("a partner's subscriptions", () => {
  const subscribe = (partner: CreatedPartner, body: object) =>
    world.admin.call<Subscription>('POST', at(partner, '/subscriptions'), body)

  it('are for a restaurant or all, for types or all; the same again is the same', async () => {
    const partner = await world.create()
    const restaurantId = await world.restaurant()
    const wishes = [
      { restaurant_id: restaurantId, types: ['STATUS_CHANGED', 'NEW_ORDER', 'NEW_ORDER'] },
      { restaurant_id: restaurantId, types: null },
      { restaurant_id: null, types: ['NEW_ORDER'] },
      { restaurant_id: null, types: null },
    ]
    const ids = new Set<string>()
    for (const wish of wishes) {
      const made = await subscribe(partner, wish)
      expect(made.status).toBe(201)
      const again = await subscribe(partner, { ...wish, types: wish.types?.toReversed() ?? null })
      expect(again.body).toEqual(made.body)
      ids.add(made.body.id)
    }
    expect(ids.size).toBe(4)
    const path = at(partner, '/subscriptions')
    const { items } = (await world.admin.call<Listed<Subscription>>('GET', path)).body
    expect(items).toHaveLength(4)
    expect(items.map(({ types }) => types)).toContainEqual(['NEW_ORDER', 'STATUS_CHANGED'])
  })

  it('are one when the same comes ten times at once', async () => {
    const partner = await world.create()
    const wish = { restaurant_id: null, types: ['NEW_ORDER'] }
    const made = await Promise.all(Array.from({ length: 10 }, () => subscribe(partner, wish)))
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
  })

  it('name restaurants and types that there are', async () => {
    const partner = await world.create()
    for (const [body, field, reason] of [
      [{ restaurant_id: crypto.randomUUID(), types: null }, 'restaurant_id', 'unknown_restaurant'],
      [{ restaurant_id: null, types: ['TABLE_CHANGED'] }, 'types.0', 'invalid_value'],
      [{ restaurant_id: null, types: [] }, 'types', 'too_small'],
      [{ types: null }, 'restaurant_id', 'required'],
    ] as const) {
      const refused = await subscribe(partner, body)
      expect([refused.status, refused.body.error.details]).toMatchObject([400, { field, reason }])
    }
  })

  it('end once, and can be made anew', async () => {
    const partner = await world.create()
    const wish = { restaurant_id: null, types: null }
    const { body: first } = await subscribe(partner, wish)
    const path = at(partner, `/subscriptions/${first.id}`)
    const ended = await world.admin.call<Subscription>('DELETE', path)
    expect(ended.body.ended_at).toBe(new Date(world.world.now).toISOString())
    world.world.now += 1000
    expect((await world.admin.call('DELETE', path)).body).toEqual(ended.body)
    expect((await subscribe(partner, wish)).body.id).not.toBe(first.id)
    const other = await world.create()
    const foreign = at(other, `/subscriptions/${first.id}`)
    expect((await world.admin.call('DELETE', foreign)).status).toBe(404)
  })
})

describe('disabling a partner', () => {
  it('ends keys, leases, subscriptions and endpoints at once, and nothing is given to it again', async () => {
    const partner = await world.create()
    const bystander = await world.create()
    for (const one of [partner, bystander]) {
      await world.admin.call('POST', at(one, '/subscriptions'), {
        restaurant_id: null,
        types: null,
      })
      const held = {
        restaurantId: 'r',
        epoch: 1,
        seq: 5,
        leaseId: `of ${one.id}`,
        leaseUntil: 9e12,
      }
      await drizzle(env.DB)
        .insert(feedCursors)
        .values({ ...held, partnerId: one.id, updatedAt: 0 })
    }
    const url = 'https://hooks.example.com/'
    const { body: endpoint } = await world.admin.call<{ id: string }>(
      'POST',
      at(partner, '/endpoints'),
      {
        url,
      },
    )
    expect((await world.admin.call('DELETE', at(partner))).status).toBe(200)
    const now = new Date(world.world.now).toISOString()
    expect(await keysOf(partner)).toMatchObject([{ ends_at: now }])
    expect(await world.deps.partnerSubscriptions.of(partner.id)).toEqual([])
    expect(await world.deps.partnerEndpoints.of(partner.id)).toMatchObject([
      { disabledReason: 'PARTNER_DISABLED' },
    ])
    const { results } = await env.DB.prepare(
      'SELECT lease_id FROM feed_cursors WHERE partner_id IN (?, ?) ORDER BY lease_id NULLS FIRST',
    )
      .bind(partner.id, bystander.id)
      .all()
    expect(results).toEqual([{ lease_id: null }, { lease_id: `of ${bystander.id}` }])
    expect(await lets(bystander, bystander.client_secret)).toBe(true)
    expect(await world.deps.partnerSubscriptions.of(bystander.id)).toHaveLength(1)

    const endpointPath = `/endpoints/${endpoint.id}`
    for (const [method, path, body] of [
      ['PATCH', '', { name: 'x' }],
      ['POST', '/keys', {}],
      ['POST', '/subscriptions', { restaurant_id: null, types: null }],
      ['POST', '/endpoints', { url }],
      ['PATCH', endpointPath, { url }],
      ['POST', `${endpointPath}/rotate`, {}],
      ['POST', `${endpointPath}/enable`, undefined],
      ['POST', `${endpointPath}/test`, undefined],
    ] as const) {
      const refused = await world.admin.call(method, at(partner, path), body)
      expect([method, path, refused.status, refused.body.error.reason]).toEqual([
        method,
        path,
        409,
        'PARTNER_DISABLED',
      ])
    }
  })
})

describe('a partner that there is not', () => {
  it('is not found under any of its paths', async () => {
    const partner = { id: crypto.randomUUID() }
    const other = crypto.randomUUID()
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', '', undefined],
      ['GET', '/keys', undefined],
      ['POST', '/keys', {}],
      ['DELETE', `/keys/${other}`, undefined],
      ['GET', '/subscriptions', undefined],
      ['POST', '/subscriptions', { restaurant_id: null, types: null }],
      ['DELETE', `/subscriptions/${other}`, undefined],
      ['GET', '/endpoints', undefined],
      ['POST', '/endpoints', { url: 'https://hooks.example.com/' }],
      ['DELETE', `/endpoints/${other}`, undefined],
    ] as const)
      expect((await world.admin.call(method, at(partner, path), body)).status).toBe(404)
  })
})
