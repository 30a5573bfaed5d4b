import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { createDeadLetters } from '../../src/db/repositories/dead-letters.ts'
import { createRebuildRepository } from '../../src/db/repositories/rebuilds.ts'
import { createRestoreRepository } from '../../src/db/repositories/restores.ts'
import { createApp } from '../../src/http/app.ts'
import { routesOf } from '../../src/http/route.ts'
import {
  administration,
  aDelivery,
  storeDeliveries,
  type CreatedPartner,
  type Listed,
} from '../support/administration.ts'
import { anAudit } from '../support/audit.ts'
import { feedPartner, feedRestaurant } from '../support/feed.ts'
import {
  CHANGED_BY_OTHERS,
  TOLD_ELSEWHERE,
  type AuditedCase,
  type World,
} from '../support/audited.ts'

interface Entry {
  id: string
  at: string
  action: string
  actor: { id: string | null; role: string }
  subject: { kind: string; id: string }
  reason: string | null
  changes: Record<string, { from: unknown; to: unknown }>
}

let world: World
beforeAll(async () => {
  world = await administration()
  Object.assign(world.deps, {
    rebuilds: createRebuildRepository(env.DB),
    restores: createRestoreRepository(env.DB),
    deadLetters: createDeadLetters(env.DB),
    notifiers: { email: { accepts: () => true } },
    restaurants: (id: string) => ({
      query: () =>
        Promise.resolve({ ok: true, value: { restaurant: { id, epoch: 1, createdAt: 0 } } }),
      execute: () => Promise.resolve({ ok: true, value: { epochStart: 0 }, replayed: false }),
      canRestore: () => Promise.resolve(true),
      restore: () => Promise.resolve(),
    }),
  })
})

const partners = 'integrations/partners'
const aPartner = async () => `${partners}/${(await world.create()).id}`
const made = async (path: string, body: object) =>
  (await world.admin.call<{ id: string }>('POST', path, body)).body.id
const ALL = { restaurant_id: null, types: null }
const url = 'https://hooks.example.com/orders'
const anEndpoint = async () => {
  const partner = await aPartner()
  return `${partner}/endpoints/${await made(`${partner}/endpoints`, { url })}`
}
const aLetter = async () => {
  const id = crypto.randomUUID()
  const body = { v: 1, kind: 'publish' }
  const letter = { id, body, errorKind: 'EXHAUSTED', firstSeenAt: 1, redrivenAt: null } as const
  await world.deps.deadLetters.insert(letter)
  return id
}

/** Every way in which administrators change something: how, and the line that must stand there. */
const CASES: Record<string, AuditedCase> = {
  startRebuild: { path: () => 'rebuild/orders', action: 'rebuild-started' },
  redriveDeadLetter: {
    path: async () => `dead-letters/${await aLetter()}/redrive`,
    action: 'dead-letter-redriven',
  },
  redriveDeadLetters: {
    path: async () => {
      await aLetter()
      return 'dead-letters/redrive'
    },
    body: () => ({ filter: {} }),
    action: 'dead-letter-redriven',
  },
  beginEpoch: {
    path: async () => `restaurants/${await world.restaurant()}/epoch`,
    body: () => ({ reason: 'restored by hand' }),
    action: 'epoch-asked',
  },
  restoreRestaurant: {
    path: async () => `restaurants/${await world.restaurant()}/restore`,
    body: () => ({
      reason: 'faulty import',
      at: new Date(world.world.now - 3_600_000).toISOString(),
    }),
    action: 'restaurant-put-back',
  },
  databaseRestored: {
    path: () => 'database/restored',
    body: () => ({ reason: 'brought back from a copy' }),
    action: 'database-restored',
    endsLogIn: true,
  },
  createPartner: {
    path: () => partners,
    body: () => ({ name: '정산' }),
    action: 'partner-added',
    again: 'another',
  },
  editPartner: { path: aPartner, body: () => ({ name: '새 이름' }), action: 'partner-edited' },
  disablePartner: { path: aPartner, action: 'partner-disabled' },
  rotatePartnerKey: {
    path: async () => `${await aPartner()}/keys`,
    body: () => ({}),
    action: 'partner-key-rotated',
    again: 'another',
  },
  endPartnerKey: {
    path: async () => {
      const partner = await aPartner()
      const { body } = await world.admin.call<Listed<{ id: string }>>('GET', `${partner}/keys`)
      return `${partner}/keys/${body.items[0]!.id}`
    },
    action: 'partner-key-ended',
  },
  subscribePartner: {
    path: async () => `${await aPartner()}/subscriptions`,
    body: () => ALL,
    action: 'partner-subscribed',
  },
  endPartnerSubscription: {
    path: async () => {
      const partner = await aPartner()
      return `${partner}/subscriptions/${await made(`${partner}/subscriptions`, ALL)}`
    },
    action: 'partner-subscription-ended',
  },
  addPartnerEndpoint: {
    path: async () => `${await aPartner()}/endpoints`,
    body: () => ({ url }),
    action: 'partner-endpoint-added',
    again: 'another',
  },
  movePartnerEndpoint: {
    path: anEndpoint,
    body: () => ({ url: 'https://hooks.example.com/new' }),
    action: 'partner-endpoint-moved',
  },
  rotatePartnerEndpointSecret: {
    path: async () => `${await anEndpoint()}/rotate`,
    body: () => ({}),
    action: 'partner-endpoint-rotated',
    again: 'another',
  },
  enablePartnerEndpoint: {
    path: async () => {
      const path = await anEndpoint()
      const off = 'UPDATE partner_endpoints SET disabled_at = 1 WHERE id = ?'
      await env.DB.prepare(off).bind(path.split('/').at(-1)).run()
      return `${path}/enable`
    },
    action: 'partner-endpoint-enabled',
  },
  removePartnerEndpoint: { path: anEndpoint, action: 'partner-endpoint-removed' },
  retryDelivery: {
    path: async () => {
      const delivery = aDelivery()
      await storeDeliveries(delivery)
      return `integrations/outbox/${delivery.id}/retry`
    },
    action: 'delivery-sent-again',
  },
  retryDeliveries: {
    path: async () => {
      await storeDeliveries(aDelivery())
      return 'integrations/outbox/retry'
    },
    body: () => ({ filter: {} }),
    action: 'deliveries-sent-again',
  },
  startReconciliation: {
    path: () => 'payments/reconciliation/runs',
    action: 'reconciliation-started',
  },
  ...CHANGED_BY_OTHERS,
}

/** Ways that change nothing of the platform's, with the reason. */
const UNTOLD: Record<string, string> = {
  testPartnerEndpoint: 'sends a test, enters nothing',
  testAlertChannel: 'sends a test, and changes nothing of what is told',
  retryGivenUpEvent: 'below, with an event that a feed gave up',
  retryGivenUpEvents: 'below, with an event that a feed gave up',
  rebuildSearchIndex: 'writes what the catalogue says, and nothing else',
  ...TOLD_ELSEWHERE,
}

const pageOf = async (cursor: string): Promise<Listed<Entry>> =>
  (await world.admin.call<Listed<Entry>>('GET', `audit?limit=100${cursor && `&cursor=${cursor}`}`))
    .body
async function lines(): Promise<Entry[]> {
  const found: Entry[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Listed<Entry> = await pageOf(cursor)
    found.push(...page.items)
    cursor = page.next_cursor
  }
  return found
}
const known = async (): Promise<ReadonlySet<string>> => new Set((await lines()).map(({ id }) => id))
const CHANGING = routesOf(createApp()).filter(
  ({ method, tag }) => tag === 'Administration' && method !== 'get',
)

describe('the audit trail', () => {
  it('knows every way in which administrators change something', () => {
    const known = [...Object.keys(CASES), ...Object.keys(UNTOLD)]
    expect(CHANGING.map(({ operationId }) => operationId).toSorted()).toEqual(known.toSorted())
  })

  it.each(CHANGING.filter(({ operationId }) => operationId in CASES))(
    'tells once of $operationId: who, what, in which request',
    async ({ operationId, method }) => {
      const { path, body, action, again = 'nothing', endsLogIn = false } = CASES[operationId]!
      const by = endsLogIn ? await world.someone('ADMIN') : world.admin
      const at = await path(world)
      const sent = await body?.(world, at)
      const before = await known()
      const news = async () => (await lines()).filter(({ id }) => !before.has(id))
      const traceId = crypto.randomUUID().replaceAll('-', '')
      const headers = {
        'idempotency-key': crypto.randomUUID(),
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      }
      const first = await by.call(method.toUpperCase(), at, sent, headers)
      expect(first.status, JSON.stringify(first.body)).toBeLessThan(300)
      expect(await news()).toMatchObject([
        { action, actor: { id: by.userId, role: 'ADMIN' }, trace_id: traceId },
      ])
      await by.call(method.toUpperCase(), at, sent, headers)
      expect(await news()).toHaveLength(again === 'nothing' ? 1 : 2)
    },
  )

  it('tells of events that a feed is made to hand out again', async () => {
    const [partner, restaurant] = [feedPartner(), feedRestaurant()]
    await restaurant.arrive(1, 1)
    await partner.subscribe(restaurant.id)
    const eventId = (await partner.pull()).events[0]!.id
    const given = `UPDATE feed_marks SET state = 'DEAD' WHERE event_id = ?`
    for (const path of [`${partner.id}/${eventId}/retry`, 'retry']) {
      await env.DB.prepare(given).bind(eventId).run()
      const before = await known()
      const body = path === 'retry' ? { filter: { partner_id: partner.id } } : undefined
      for (let n = 0; n < 2; n += 1)
        await world.admin.call('POST', `integrations/feed/dead/${path}`, body)
      const news = (await lines()).filter(({ id }) => !before.has(id))
      expect(news).toMatchObject([
        { action: 'feed-event-redriven', subject: { kind: 'feed-event', id: eventId } },
      ])
    }
  })

  it('says what became what, and of what changed nothing it says nothing', async () => {
    const partner = await world.create('이전 이름')
    const at = `${partners}/${partner.id}`
    const seen = async () =>
      (await world.admin.call<Listed<Entry>>('GET', `audit?subject_id=${partner.id}`)).body.items
    await world.admin.call('PATCH', at, { name: '이전 이름' })
    expect((await seen()).map(({ action }) => action)).toEqual(['partner-added'])
    world.world.now += 1_000
    await world.admin.call('PATCH', at, { name: '새 이름' })
    expect((await seen())[0]?.changes).toEqual({ name: { from: '이전 이름', to: '새 이름' } })
  })

  it('holds no secret of what it tells', async () => {
    const partner = await world.create()
    const { body } = await world.admin.call<CreatedPartner & { secret: string }>(
      'POST',
      `${partners}/${partner.id}/endpoints`,
      { url: `${url}?token=very-secret` },
    )
    const told = JSON.stringify(await lines())
    for (const secret of [partner.client_secret, body.secret, 'very-secret'])
      expect(told).not.toContain(secret)
  })

  it('is narrowed down by whom, what, to what, where and when, page by page', async () => {
    const [actorId, restaurantId] = [crypto.randomUUID(), await world.restaurant()]
    const noon = Date.UTC(2026, 5, 1, 12)
    for (let n = 0; n < 5; n += 1)
      await world.deps.audit.add(
        anAudit({
          ...{ at: noon + n * 60_000, actorId, actorRole: 'ADMIN', action: `tested-${n % 2}` },
          ...{
            subject: 'setting',
            subjectId: `s${n}`,
            restaurantId: n === 3 ? restaurantId : null,
          },
        }),
      )
    const found = async (query: string) =>
      (await world.admin.call<Listed<Entry>>('GET', `audit?actor_id=${actorId}&${query}`)).body
    const ids = async (query: string) => (await found(query)).items.map(({ subject }) => subject.id)
    expect(await ids('')).toEqual(['s4', 's3', 's2', 's1', 's0'])
    expect(await ids('action=tested-1')).toEqual(['s3', 's1'])
    expect(await ids('subject=setting&subject_id=s2')).toEqual(['s2'])
    expect(await ids('subject=user')).toEqual([])
    expect(await ids(`restaurant_id=${restaurantId}`)).toEqual(['s3'])
    const [from, to] = [1, 3].map((n) => new Date(noon + n * 60_000).toISOString())
    expect(await ids(`from=${from}&to=${to}`)).toEqual(['s2', 's1'])
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Listed<Entry> = await found(`limit=2${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.items.map(({ subject }) => subject.id))
      cursor = page.next_cursor
    }
    expect(paged).toEqual(['s4', 's3', 's2', 's1', 's0'])
  })

  it('is for administrators', async () => {
    for (const role of ['SUPPORT', 'MARKETING', 'INVENTORY', 'OWNER', 'CUSTOMER'] as const)
      expect((await (await world.someone(role)).call('GET', 'audit')).status).toBe(403)
  })
})
