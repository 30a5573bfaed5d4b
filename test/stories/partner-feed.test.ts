import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createFeedMending } from '../../src/db/repositories/feed-mending.ts'
import { administration } from '../support/administration.ts'
import { feedRestaurant } from '../support/feed.ts'
import type { ErrorBody } from '../support/http.ts'
import { signedHeaders } from '../support/signing.ts'

interface Pulled {
  events: { id: string; seq: number; attempt: number; restaurant_id: string }[]
  lease_id: string | null
}

const FEED = '/api/v1/integrations/events'
const PARTNERS = 'integrations/partners'
const idsOf = ({ events }: Pulled) => events.map(({ id }) => id)

/** Administrators, restaurants that have events, and partners that call as partners do. */
async function world() {
  const made = await administration()
  const { deps, ask, admin } = made

  async function partner() {
    const { id, client_id: clientId, client_secret: first } = await made.create()
    const key = { secret: first }
    async function call(path: string, body?: object, secret = key.secret) {
      const [target, text] = [
        `${FEED}/${path}`,
        body === undefined ? undefined : JSON.stringify(body),
      ]
      const method = text === undefined ? 'GET' : 'POST'
      const headers = signedHeaders(
        { clientId, secret },
        {
          ...{ method, target, timestamp: Math.floor(deps.now() / 1_000) },
          ...(text !== undefined && { body: text }),
        },
      )
      const response = await ask(target, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(text !== undefined && { body: text }),
      })
      return {
        status: response.status,
        body: await response.json<Pulled & { open: number } & ErrorBody>(),
      }
    }
    const pull = async (query = '', secret?: string) =>
      (await call(`pull${query}`, undefined, secret)).body
    const settle = (how: 'ack' | 'retry', pulled: Pulled, secret?: string) =>
      call(how, { lease_id: pulled.lease_id, event_ids: idsOf(pulled) }, secret)
    const ack = (pulled: Pulled, secret?: string) => settle('ack', pulled, secret)
    const subscribe = async (restaurantId: string) =>
      (
        await admin.call<{ id: string }>('POST', `${PARTNERS}/${id}/subscriptions`, {
          ...{ restaurant_id: restaurantId, types: null },
        })
      ).body.id
    const rotate = async (overlapSeconds: number) =>
      (
        await admin.call<{ client_secret: string }>('POST', `${PARTNERS}/${id}/keys`, {
          overlap_seconds: overlapSeconds,
        })
      ).body.client_secret
    return { id, key, call, pull, ack, settle, subscribe, rotate }
  }

  async function restaurant(events: number) {
    const opened = feedRestaurant(await made.restaurant())
    await opened.arrive(...Array.from({ length: events }, (_, n) => n + 1))
    return opened
  }

  async function leased(events = 3) {
    const [one, kitchen] = [await partner(), await restaurant(events)]
    const subscriptionId = await one.subscribe(kitchen.id)
    const pulled = await one.pull()
    expect(pulled.events).toHaveLength(events)
    return { one, kitchen, subscriptionId, pulled }
  }
  return { ...made, clock: made.world, partner, restaurant, leased }
}

const refusal = ({ status, body }: { status: number; body: ErrorBody }) => [
  status,
  body.error.reason,
]
const WRONG = [401, 'INVALID_SIGNATURE']

describe('a key that is replaced while its partner pulls', () => {
  it('is good for the overlap and not longer; the lease belongs to the partner, not to the key', async () => {
    const { leased, clock } = await world()
    const { one, kitchen, pulled } = await leased()
    const [old, young] = [one.key.secret, await one.rotate(30)]
    expect(await one.ack(pulled, old)).toMatchObject({ status: 200, body: { open: 0 } })
    await kitchen.arrive(4)
    const next = await one.pull('', old)
    expect(next.events).toHaveLength(1)
    clock.now += 30_000
    expect(refusal(await one.ack(next, old))).toEqual(WRONG)
    expect(refusal(await one.call('pull', undefined, old))).toEqual(WRONG)
    expect(await one.ack(next, young)).toMatchObject({ status: 200, body: { open: 0 } })
  })

  it('without an overlap ends at once, and what it asked for before is still answered', async () => {
    const { leased, deps, clock } = await world()
    const { one, kitchen, pulled } = await leased()
    await one.ack(pulled)
    const rotated: string[] = []
    deps.pause = async (ms) => {
      clock.now += ms
      if (rotated.length > 0) return
      rotated.push(await one.rotate(0))
      await kitchen.arrive(4)
    }
    const waited = await one.pull('?wait=20')
    expect(waited.events).toHaveLength(1)
    expect(refusal(await one.ack(waited))).toEqual(WRONG)
    expect(await one.ack(waited, rotated[0])).toMatchObject({ status: 200, body: { open: 0 } })
  })
})

describe('a partner that is disabled while it holds a lease', () => {
  it('can neither acknowledge nor pull, and holds nothing any more', async () => {
    const { leased, admin } = await world()
    const { one, pulled } = await leased()
    await admin.call('DELETE', `${PARTNERS}/${one.id}`)
    expect(refusal(await one.ack(pulled))).toEqual(WRONG)
    expect(refusal(await one.settle('retry', pulled))).toEqual(WRONG)
    expect(refusal(await one.call('pull'))).toEqual(WRONG)
    const held = await env.DB.prepare(
      'SELECT count(*) AS held FROM feed_cursors WHERE partner_id = ? AND lease_until > ?',
    )
      .bind(one.id, pulled.events.length)
      .first('held')
    expect(held).toBe(0)
  })

  it('takes nothing from another that sees the same restaurant', async () => {
    const { leased, partner, admin } = await world()
    const { one, kitchen, pulled } = await leased()
    const other = await partner()
    await other.subscribe(kitchen.id)
    const early = await other.pull('?max=1')
    await admin.call('DELETE', `${PARTNERS}/${one.id}`)
    expect(await other.ack(early)).toMatchObject({ status: 200, body: { open: 0 } })
    const rest = await other.pull()
    expect([...idsOf(early), ...idsOf(rest)]).toEqual(idsOf(pulled))
    expect(rest.events.every(({ attempt }) => attempt === 1)).toBe(true)
  })

  it('is answered nothing by the call that it was waiting in', async () => {
    const { leased, deps, clock, admin } = await world()
    const { one, kitchen, pulled } = await leased()
    await one.ack(pulled)
    let disabled = false
    deps.pause = async (ms) => {
      clock.now += ms
      if (disabled) return
      disabled = true
      await admin.call('DELETE', `${PARTNERS}/${one.id}`)
      await kitchen.arrive(4)
    }
    expect(await one.pull('?wait=5')).toMatchObject({ events: [], lease_id: null })
  })
})

describe('a subscription that is taken away while its events are leased', () => {
  it('lets what was handed out be acknowledged, and hands out no more of it', async () => {
    const { leased, admin } = await world()
    const { one, kitchen, subscriptionId, pulled } = await leased()
    await admin.call('DELETE', `${PARTNERS}/${one.id}/subscriptions/${subscriptionId}`)
    await kitchen.arrive(4)
    expect(await one.ack(pulled)).toMatchObject({ status: 200, body: { open: 0 } })
    expect((await one.pull()).events).toEqual([])
  })

  it('does not hand out again what was not acknowledged, until there is one again', async () => {
    const { leased, admin, clock } = await world()
    const { one, kitchen, subscriptionId, pulled } = await leased()
    await admin.call('DELETE', `${PARTNERS}/${one.id}/subscriptions/${subscriptionId}`)
    clock.now += 60_000
    expect((await one.pull()).events).toEqual([])
    await one.subscribe(kitchen.id)
    const again = await one.pull()
    expect(idsOf(again)).toEqual(idsOf(pulled))
    expect(again.events.every(({ attempt }) => attempt === 2)).toBe(true)
  })

  it('leaves the other restaurants of the same lease alone', async () => {
    const { leased, restaurant, admin } = await world()
    const { one, subscriptionId, pulled } = await leased()
    const other = await restaurant(2)
    await one.subscribe(other.id)
    const both = await one.pull()
    await admin.call('DELETE', `${PARTNERS}/${one.id}/subscriptions/${subscriptionId}`)
    expect(await one.ack(both)).toMatchObject({ status: 200, body: { open: 0 } })
    expect(await one.ack(pulled)).toMatchObject({ status: 200, body: { open: 0 } })
    await other.arrive(3)
    expect((await one.pull()).events.map(({ restaurant_id: id }) => id)).toEqual([other.id])
  })
})

describe('a restaurant that is restored while its events are leased', () => {
  /** Five were handed out; then it was put back to after its third. */
  async function restored() {
    const made = await world()
    const { one, kitchen, pulled } = await made.leased(5)
    const young = [kitchen.beginning(2, 4, 3), kitchen.event(5, 2)]
    await kitchen.project(...young)
    const begun = { epoch: 2, epochStart: 3 }
    await createFeedMending(env.DB).endEarlier(kitchen.id, begun, made.deps.now())
    return { ...made, one, kitchen, pulled, young: young.map(({ id }) => id) }
  }

  it('takes the acknowledgement of all that was handed out, then hands out the new epoch', async () => {
    const { one, kitchen, pulled, young } = await restored()
    expect((await one.pull()).events).toEqual([])
    expect(await one.ack(pulled)).toMatchObject({ status: 200, body: { open: 0 } })
    const next = await one.pull()
    expect(idsOf(next)).toEqual(young)
    expect(next.events[0]!.seq).toBeGreaterThan(pulled.events.at(-1)!.seq)
    await one.ack(next)
    await kitchen.project(kitchen.event(6, 2))
    expect(idsOf(await one.pull())).toEqual([kitchen.event(6, 2).id])
  })

  it('hands out again, after the lease, only what was not undone', async () => {
    const { one, kitchen, pulled, young, clock } = await restored()
    clock.now += 60_000
    expect(refusal(await one.ack(pulled))).toEqual([409, 'LEASE_EXPIRED'])
    const again = await one.pull()
    expect(idsOf(again)).toEqual([...idsOf(pulled).slice(0, 3), ...young])
    expect(await one.ack(again)).toMatchObject({ status: 200, body: { open: 0 } })
    const later = Array.from({ length: 230 }, (_, n) => kitchen.event(6 + n, 2))
    await kitchen.project(...later)
    const taken: string[] = []
    for (let turn = 0; turn < 13; turn += 1) {
      const next = await one.pull('?max=20')
      taken.push(...idsOf(next))
      if (next.lease_id) await one.ack(next)
    }
    expect(taken).toEqual(later.map(({ id }) => id))
  })
})
