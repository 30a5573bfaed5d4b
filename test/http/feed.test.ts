import { describe, expect, it } from 'vitest'
import { publicSeq } from '../../src/domain/events.ts'
import { partnerKeyContext } from '../../src/domain/outgoing/secret-contexts.ts'
import type { HttpBindings } from '../../src/http/context.ts'
import { anAudit } from '../support/audit.ts'
import { NOON } from '../support/events.ts'
import { feedPartner, feedRestaurant } from '../support/feed.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import { digestOf } from '../../src/usecases/identity/refresh-secret.ts'
import { signedHeaders, type Signing } from '../support/signing.ts'

const PULL = '/api/v1/integrations/events/pull'
const ACK = '/api/v1/integrations/events/ack'
const RETRY = '/api/v1/integrations/events/retry'
const SECRET = 'a secret that was shown once'

interface Pulled {
  events: { id: string; seq: number; type: string; attempt: number; data: object }[]
  lease_id: string | null
  expires_at: string | null
}

/** A partner with one key, that may see one restaurant with two events. */
async function world(certFingerprint: string | null = null, bindings?: Partial<HttpBindings>) {
  const http = await httpWorld(undefined, bindings)
  const { deps } = http
  const [partner, restaurant] = [feedPartner(), feedRestaurant()]
  await restaurant.arrive(1, 2)
  await partner.subscribe(restaurant.id)
  const clientId = crypto.randomUUID()
  const keyOf = async (secret: string, endsAt: number | null = null) => {
    const id = crypto.randomUUID()
    return {
      ...{ id, partnerId: partner.id, digest: await digestOf(secret), hint: '', endsAt },
      sealed: await deps.secretBox.seal(secret, partnerKeyContext(id)),
      createdAt: NOON,
    }
  }
  const key = await keyOf(SECRET)
  await deps.partners.insert(
    {
      ...{ id: partner.id, name: '플랫폼', clientId, secretDigest: key.digest },
      ...{ createdAt: NOON, disabledAt: null, certFingerprint },
    },
    key,
    anAudit(),
  )
  const signing: Signing = { clientId, secret: SECRET }
  const now = () => Math.floor(deps.now() / 1_000)
  const signed = (target: string, body?: object, by = signing, signal?: AbortSignal) => {
    const text = body && JSON.stringify(body)
    const method = body ? 'POST' : 'GET'
    const headers = signedHeaders(by, {
      ...{ method, target, timestamp: now() },
      ...(text !== undefined && { body: text }),
    })
    return http.ask(target, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(text !== undefined && { body: text }),
      ...(signal && { signal }),
    })
  }
  return { ...http, partner, restaurant, signing, now, signed, keyOf }
}

describe('pulling over HTTP', () => {
  it('answers events with their lease, and takes the acknowledgement', async () => {
    const { signed, restaurant } = await world()
    const response = await signed(`${PULL}?max=1`)
    expect(response.status).toBe(200)
    const pulled = await response.json<Pulled>()
    expect(pulled).toMatchObject({
      events: [
        {
          id: restaurant.event(1).id,
          seq: publicSeq(1, 1),
          type: 'STATUS_CHANGED',
          restaurant_id: restaurant.id,
          occurred_at: new Date(NOON + 1).toISOString(),
          attempt: 1,
          data: { order: { order_number: 'A001' } },
        },
      ],
      expires_at: new Date(NOON + 60_000).toISOString(),
      as_of: new Date(NOON).toISOString(),
    })
    const body = { lease_id: pulled.lease_id, event_ids: [restaurant.event(1).id] }
    const acked = await signed(ACK, body)
    expect([acked.status, await acked.json()]).toEqual([200, { lease_id: body.lease_id, open: 0 }])
    const rest = await (await signed(PULL)).json<Pulled>()
    expect(rest.events.map(({ id }) => id)).toEqual([restaurant.event(2).id])
  })

  it('answers no lease where there is nothing', async () => {
    const { signed } = await world()
    await signed(PULL)
    expect(await (await signed(PULL)).json()).toMatchObject({
      events: [],
      lease_id: null,
      expires_at: null,
    })
  })

  it('waits for an event no longer than it was asked to', async () => {
    const { signed, world: clock } = await world()
    await signed(PULL)
    await signed(`${PULL}?wait=7`)
    expect(clock.now - NOON).toBe(7_000)
  })

  it('hands over what comes while it waits', async () => {
    const { signed, deps, partner, world: clock } = await world()
    await signed(PULL)
    const late = feedRestaurant()
    deps.pause = async (ms) => {
      clock.now += ms
      await late.arrive(1)
    }
    await partner.subscribe(late.id)
    const pulled = await (await signed(`${PULL}?wait=20`)).json<Pulled>()
    expect(pulled.events.map((event) => event.id)).toEqual([late.event(1).id])
  })

  it('hands nothing to who has hung up', async () => {
    const { signed, deps, partner, world: clock } = await world()
    await partner.ack(await partner.pull())
    const [late, hangingUp] = [feedRestaurant(), new AbortController()]
    await partner.subscribe(late.id)
    deps.pause = async (ms) => {
      clock.now += ms
      hangingUp.abort()
      await late.arrive(1)
    }
    const answer = await signed(`${PULL}?wait=20`, undefined, undefined, hangingUp.signal)
    expect(await answer.json()).toMatchObject({ events: [], lease_id: null })
    expect((await partner.pull()).events).toMatchObject([{ restaurantId: late.id, attempt: 1 }])
  })

  it('gives back, and a notice stands for what came too often', async () => {
    const { signed, restaurant, world: clock } = await world()
    for (let time = 0; time < 10; time += 1) {
      const { lease_id: leaseId, events } = await (await signed(`${PULL}?max=1`)).json<Pulled>()
      const body = { lease_id: leaseId, event_ids: events.map(({ id }) => id), delay_seconds: 5 }
      expect((await signed(RETRY, body)).status).toBe(200)
      expect(await (await signed(PULL)).json()).toMatchObject({ events: [] })
      clock.now += 5_000
    }
    expect(await (await signed(`${PULL}?max=1`)).json()).toMatchObject({
      events: [
        {
          id: restaurant.event(1).id,
          type: 'DEAD_LETTERED',
          data: { type: 'STATUS_CHANGED', attempts: 10 },
          attempt: 11,
        },
      ],
    })
  })

  it('refuses ids that the lease did not hand out, and a lease that is over', async () => {
    const { signed, restaurant, world: clock } = await world()
    const { lease_id: leaseId } = await (await signed(`${PULL}?max=1`)).json<Pulled>()
    const ids = [restaurant.event(1).id, restaurant.event(2).id]
    const unknown = await signed(ACK, { lease_id: leaseId, event_ids: ids })
    expect([unknown.status, (await errorOf(unknown)).details]).toMatchObject([
      400,
      { field: 'event_ids.1', reason: 'unknown_event' },
    ])
    clock.now += 60_000
    const late = await signed(ACK, { lease_id: leaseId, event_ids: [ids[0]] })
    expect([late.status, (await errorOf(late)).reason]).toEqual([409, 'LEASE_EXPIRED'])
  })

  it.each(['max=0', 'max=101', 'wait=26', 'types=ORDER_UNSEEN', 'restaurant_id=x'])(
    'refuses %s',
    async (query) => {
      const { signed } = await world()
      expect((await signed(`${PULL}?${query}`)).status).toBe(400)
    },
  )

  it.each([
    ['types=FOO', 'types.0'],
    ['types=NEW_ORDER,FOO', 'types.1'],
    ['types=NEW_ORDER&types=SOLD_OUT,FOO', 'types.2'],
  ])('refuses %s, a type that there is not, as subscriptions do', async (query, field) => {
    const { signed } = await world()
    const { details, reason } = await errorOf(await signed(`${PULL}?${query}`))
    expect([reason, details?.['errors']]).toEqual([
      'invalid_value',
      [{ field, reason: 'invalid_value' }],
    ])
  })

  it('takes types by commas and repeated', async () => {
    const { signed } = await world()
    const pulled = await signed(`${PULL}?types=NEW_ORDER,SOLD_OUT&types=STATUS_CHANGED`)
    expect((await pulled.json<Pulled>()).events).toHaveLength(2)
  })
})

describe('the signature of a call', () => {
  const refusedAs = async (response: Response) => [
    response.status,
    (await errorOf(response)).reason,
  ]
  const WRONG = [401, 'INVALID_SIGNATURE']

  it.each<[string, (headers: Record<string, string>) => Record<string, string>]>([
    ['is missing a nonce', ({ 'x-nonce': _, ...rest }) => rest],
    ['names nobody', (headers) => ({ ...headers, 'x-client-id': crypto.randomUUID() })],
    ['is of another nonce', (headers) => ({ ...headers, 'x-nonce': 'another-nonce' })],
    ['is no hex', (headers) => ({ ...headers, 'x-signature': 'v1=nothing' })],
    ['is of a version that is not known', (headers) => ({ ...headers, 'x-signature': 'v2=aa' })],
  ])('that %s is refused', async (_, change) => {
    const { ask, signing, now } = await world()
    const headers = signedHeaders(signing, { method: 'GET', target: PULL, timestamp: now() })
    expect(await refusedAs(await ask(PULL, { headers: change(headers) }))).toEqual(WRONG)
  })

  it('may come beside others that are not right', async () => {
    const { ask, signing, now } = await world()
    const headers = signedHeaders(signing, { method: 'GET', target: PULL, timestamp: now() })
    const both = { ...headers, 'x-signature': `v1=${'0'.repeat(64)},${headers['x-signature']}` }
    expect((await ask(PULL, { headers: both })).status).toBe(200)
  })

  it.each([
    [-301, 401],
    [-300, 200],
    [300, 200],
    [301, 401],
  ])('of a clock that is %i s off: %i', async (skew, status) => {
    const { ask, signing, now } = await world()
    const call = { method: 'GET', target: PULL, timestamp: now() + skew }
    expect((await ask(PULL, { headers: signedHeaders(signing, call) })).status).toBe(status)
  })

  it('is good once', async () => {
    const { ask, signing, now } = await world()
    const headers = signedHeaders(signing, { method: 'GET', target: PULL, timestamp: now() })
    expect((await ask(PULL, { headers })).status).toBe(200)
    expect(await refusedAs(await ask(PULL, { headers }))).toEqual(WRONG)
  })

  it('holds for its path, query, method and body alone', async () => {
    const { ask, signing, now } = await world()
    const body = JSON.stringify({ lease_id: crypto.randomUUID(), event_ids: [] })
    const sent = (target: string, more: RequestInit, of: { method: string; body?: string }) => {
      const headers = signedHeaders(signing, { target: ACK, timestamp: now(), ...of })
      return ask(target, { ...more, headers: { ...headers, 'content-type': 'application/json' } })
    }
    const post = { method: 'POST', body }
    expect((await sent(ACK, post, post)).status).toBe(400)
    expect(await refusedAs(await sent(RETRY, post, post))).toEqual(WRONG)
    expect(await refusedAs(await sent(`${ACK}?a=1`, post, post))).toEqual(WRONG)
    expect(await refusedAs(await sent(ACK, post, { method: 'PUT', body }))).toEqual(WRONG)
    expect(await refusedAs(await sent(ACK, { ...post, body: `${body} ` }, post))).toEqual(WRONG)
  })

  it('of a key counts while the key does', async () => {
    const { signed, deps, signing, keyOf, world: clock } = await world()
    await deps.partnerKeys.replace(await keyOf('the new one'), NOON + 1_000, anAudit())
    const newer = { ...signing, secret: 'the new one' }
    expect((await signed(PULL)).status).toBe(200)
    expect((await signed(PULL, undefined, newer)).status).toBe(200)
    clock.now += 1_000
    expect(await refusedAs(await signed(PULL))).toEqual(WRONG)
    expect((await signed(PULL, undefined, newer)).status).toBe(200)
  })

  it('of a disabled partner is refused from the next call on', async () => {
    const { signed, deps, partner } = await world()
    expect((await signed(PULL)).status).toBe(200)
    await deps.partners.disable(partner.id, NOON, anAudit())
    expect(await refusedAs(await signed(PULL))).toEqual(WRONG)
  })

  it('wrong too often is told to wait, and the partner itself is not', async () => {
    const { signed, signing } = await world()
    const guess = () => signed(PULL, undefined, { ...signing, secret: 'a guess' })
    for (let time = 0; time < 10; time += 1) expect((await guess()).status).toBe(401)
    expect((await guess()).status).toBe(429)
    expect((await signed(PULL)).status).toBe(200)
  })
})

describe('a partner that is bound to a certificate', () => {
  const FINGERPRINT = 'ab'.repeat(32)
  const bound = (presented: string | null) =>
    world(FINGERPRINT, { clientCertificate: () => presented })
  const tokenOf = (partnerId: string) => ({
    ...{ role: 'EXTERNAL', sessionId: partnerId, userId: null, memberships: [], visit: null },
  })

  it.each([
    [null, 401],
    ['cd'.repeat(32), 401],
    [FINGERPRINT, 200],
  ])('that comes with %s: %i', async (presented, status) => {
    const { signed, ask, bearer, partner } = await bound(presented)
    expect((await signed(PULL)).status).toBe(status)
    const headers = await bearer(tokenOf(partner.id) as never)
    expect((await ask(PULL, { headers })).status).toBe(status)
  })
})

describe('who may pull', () => {
  it('is a partner by its token too', async () => {
    const { ask, bearer, partner } = await world()
    const actor = { role: 'EXTERNAL', sessionId: partner.id, userId: null } as const
    const headers = await bearer({ ...actor, memberships: [], visit: null })
    expect((await (await ask(PULL, { headers })).json<Pulled>()).events).toHaveLength(2)
  })

  it('is nobody else', async () => {
    const { ask } = await world()
    expect((await ask(PULL)).status).toBe(401)
  })
})
