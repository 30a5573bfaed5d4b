import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createDeadLetters } from '../../src/db/repositories/dead-letters.ts'
import type { AlertKind } from '../../src/domain/alerts/rule.ts'
import { ALERT_WORDS } from '../../src/domain/alerts/words.ts'
import { endpointSecretContext } from '../../src/domain/outgoing/secret-contexts.ts'
import { createAesSecretBox } from '../../src/providers/aes-secret-box.ts'
import { WHSEC } from '../support/deliveries.ts'
import { random } from '../support/identity.ts'
import { member, type Member } from '../support/story-people.ts'
import { expectStatus, openPlace, type Place } from '../support/story-restaurant.ts'
import { CHAT_ORIGIN, MINUTE, openStory, SECOND, type Story } from '../support/story.ts'
import { givePoints } from '../support/wallets.ts'

/** Whole falls, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const EVERY_MINUTE = '* * * * *'
const EVERY_FIVE = '*/5 * * * *'
const DAILY = '17 18 * * *'

/** Alerts of what other stories left behind are none of a story's. */
const TABLES = [
  ...['alert_rules', 'alert_states', 'alert_channels', 'alert_messages', 'alert_changes'],
  ...['dead_letters', 'dead_agendas', 'deliveries', 'reconciliation_differences'],
  ...['reconciliation_runs', 'wallet_entries', 'wallets', 'product_index', 'coupon_index'],
  ...['order_index', 'partner_endpoints', 'partner_subscriptions'],
]
beforeEach(() => env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`))))

interface World {
  story: Story
  place: Place
  admin: Member
}

/** A restaurant, and an administrator who is told of alerts. */
async function watched(settings: Record<string, unknown> = {}, channel: object = {}) {
  const story = openStory()
  const place = await openPlace(story, { payment_policy: 'POSTPAID', ...settings })
  const admin = await member(story, 'ADMIN')
  const added = await admin.post<{ id: string }>(
    '/admin/alerts/channels',
    { kind: 'discord', name: '운영', address: `${CHAT_ORIGIN}/chat/discord/ops`, ...channel },
    { key: null },
  )
  return { story, place, admin, channelId: expectStatus(added, 201).id }
}

async function minutes(story: Story, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await story.passes(MINUTE)
    await story.cron(EVERY_MINUTE)
    await story.settle()
  }
}

/** What the channel was told of the kind, oldest first. */
const toldOf = (story: Story, kind: AlertKind): string[] =>
  story
    .chats()
    .map(({ body }) => (body as { content: string }).content.replaceAll('\\', ''))
    .filter((text) => text.includes(ALERT_WORDS.en[kind].title))
    .toReversed()

const headOf = (text: string): string => /\/ ([\w ]+): /.exec(text)?.[1] ?? text

/** A partner whose endpoint takes what it is pushed only when it wants to. */
async function pushedTo(story: Story, restaurantId: string): Promise<void> {
  const [partnerId, id] = [crypto.randomUUID(), crypto.randomUUID()]
  const keys = JSON.parse(story.env.ENCRYPTION_KEYS) as [{ id: string; key: string }]
  const secret = await createAesSecretBox(keys, random).seal(WHSEC, endpointSecretContext(id))
  const insert = (text: string, ...values: string[]) => env.DB.prepare(text).bind(...values)
  await env.DB.batch([
    insert(
      'INSERT INTO partners (id, name, client_id, secret_digest, created_at) VALUES (?1, ?1, ?1, ?1, 1)',
      partnerId,
    ),
    insert(
      'INSERT INTO partner_subscriptions (id, partner_id, restaurant_id, created_at) VALUES (?1, ?1, ?2, 1)',
      ...[partnerId, restaurantId],
    ),
    insert(
      'INSERT INTO partner_endpoints (id, partner_id, url, secret, created_at) VALUES (?, ?, ?, ?, 1)',
      ...[id, partnerId, `${CHAT_ORIGIN}/partner/down`, secret],
    ),
  ])
}

const atCounter = { payment_method: 'COUNTER' }

/** Places an order, and the clock stands at so much later once the request was taken in. */
async function placedWithin({ story, place }: World, ms: number): Promise<void> {
  const guest = await place.guest()
  const { world } = story
  const began = world.now
  let reads = 0
  Object.defineProperty(world, 'now', {
    configurable: true,
    get: () => ((reads += 1) > 2 ? began + ms : began),
    set: () => undefined,
  })
  await place.ordered(guest, { ...atCounter, items: [{ menu_id: place.cola.id, quantity: 1 }] })
  Object.defineProperty(world, 'now', { value: began + ms, writable: true, configurable: true })
}

async function reconciled({ story }: World): Promise<void> {
  await story.passes(MINUTE)
  await story.cron(DAILY)
  await story.cron(EVERY_FIVE)
}

interface Fall {
  kind: AlertKind
  settings?: Record<string, unknown>
  /** Makes what the alert is about. */
  breaks: (world: World) => Promise<void>
  /** Until it fires, and until it ends. */
  after: number
  mends: (world: World) => Promise<void>
  afterwards: number
  says: string
}

let walletOwner = ''
let couponId = ''
let unseenId = ''

const FALLS: Fall[] = [
  {
    kind: 'http-5xx',
    async breaks({ story, admin }) {
      story.d1Goes('down')
      for (let n = 0; n < 12; n += 1) await admin.get('/admin/audit').catch(() => undefined)
      story.d1Goes('up')
    },
    after: 1,
    mends: () => Promise.resolve(),
    afterwards: 7,
    says: '12 answers with 5xx',
  },
  {
    kind: 'order-p95',
    settings: { max_unpaid_per_guest: 100, max_unpaid_per_visit: 1_000 },
    async breaks(world) {
      for (let n = 0; n < 20; n += 1) await placedWithin(world, 4 * SECOND)
    },
    after: 1,
    mends: () => Promise.resolve(),
    afterwards: 7,
    says: 'p95 of placing an order in the last 5 minutes: ',
  },
  {
    kind: 'outbox-lag',
    async breaks({ story, place }) {
      await pushedTo(story, place.id)
      story.receiverFaults.add({ path: '/partner', status: 503 })
      await place.ordered(await place.guest(), atCounter)
      await story.settle()
    },
    after: 6,
    mends({ story }) {
      story.receiverFaults.clear()
      return Promise.resolve()
    },
    afterwards: 40,
    says: 'has been waiting for 5 minutes',
  },
  {
    kind: 'low-stock',
    async breaks({ story, place }) {
      const { id } = place.cola
      const path = '/restaurants/me/inventory'
      const set = { menu_id: id, set: 3, reason: 'DELIVERY' }
      expectStatus(await place.owner.post(`${path}/adjustments`, set), 201)
      const rules = { low_stock_threshold: 5 }
      expectStatus(await place.owner.patch(`${path}/levels/${id}`, rules), 200)
      await story.settle()
    },
    after: 7,
    async mends({ story, place }) {
      const set = { menu_id: place.cola.id, set: 50, reason: 'DELIVERY' }
      await place.owner.post('/restaurants/me/inventory/adjustments', set)
      await story.settle()
    },
    afterwards: 7,
    says: '맛있는 치킨집: items that are low or have run out: 1',
  },
  {
    kind: 'coupons-nearly-gone',
    async breaks({ story, place }) {
      const code = `LAST${Math.floor(Math.random() * 1e6)}`
      const terms = { kind: 'FIXED', value: 100, total_quantity: 2, for_guests: true }
      const created = await place.owner.post<{ id: string }>('/admin/coupons', {
        ...{ code, restaurant_id: place.id },
        ...terms,
      })
      couponId = expectStatus(created, 201).id
      const guest = await place.guest()
      expectStatus(await guest.post(`/coupons/${code}/claim`), 201)
      await story.settle()
    },
    after: 3,
    async mends({ story, place }) {
      await place.owner.patch(`/admin/coupons/${couponId}`, { total_quantity: 1_000 })
      await story.settle()
    },
    afterwards: 3,
    says: 'coupons that are gone or nearly so: 1',
  },
  {
    kind: 'reconciliation-differences',
    async breaks(world) {
      walletOwner = world.admin.userId
      await givePoints(walletOwner, 1_000)
      await env.DB.prepare('UPDATE wallets SET balance = balance + 1').run()
      await reconciled(world)
    },
    after: 1,
    async mends(world) {
      await env.DB.prepare('UPDATE wallets SET balance = balance - 1').run()
      await reconciled(world)
    },
    afterwards: 1,
    says: 'open differences: 1',
  },
  {
    kind: 'dead-agenda-entries',
    async breaks({ story }) {
      const letter = { v: 1, kind: 'deliver', destinationId: crypto.randomUUID() }
      await createDeadLetters(env.DB).insert({
        ...{ id: crypto.randomUUID(), body: letter, errorKind: 'EXHAUSTED' },
        ...{ firstSeenAt: story.world.now, redrivenAt: null },
      })
    },
    after: 1,
    async mends({ admin }) {
      const { body } = await admin.get<{ items: { id: string }[] }>('/admin/dead-letters')
      await admin.post(`/admin/dead-letters/${body.items[0]!.id}/redrive`)
    },
    afterwards: 1,
    says: 'not done again yet: 1',
  },
  {
    kind: 'nobody-listening',
    async breaks({ story, place }) {
      unseenId = (await place.ordered(await place.guest(), atCounter)).order_id
      await story.passes(MINUTE)
    },
    after: 3,
    async mends({ story, place }) {
      await place.handle(place.staff, { order_id: unseenId }, 'accept')
      await story.settle()
    },
    afterwards: 3,
    says: '맛있는 치킨집: orders that nobody has seen: 1',
  },
]

describe('somebody is told, once, and hears when it is over', () => {
  it.each(FALLS)('$kind', async ({ kind, settings, breaks, after, mends, afterwards, says }) => {
    const world = await watched(settings)
    const { story } = world
    await minutes(story, 2)
    expect(toldOf(story, kind)).toEqual([])

    await breaks(world)
    await minutes(story, after)
    expect(toldOf(story, kind).map(headOf)).toEqual(['Alert'])
    const [told = ''] = toldOf(story, kind)
    expect(told).toContain(says)
    expect(told).toContain(ALERT_WORDS.ko[kind].todo)
    const [, path = ''] = /\/api\/v1(\/\S+)/.exec(told) ?? []
    expectStatus(await world.admin.get(path), 200)
    const firing = await world.admin.get<{ firing: { kind: string }[] }>('/admin/alerts')
    expect(firing.body.firing.map((alert) => alert.kind)).toContain(kind)

    await mends(world)
    await minutes(story, afterwards)
    expect(toldOf(story, kind).map(headOf)).toEqual(['Alert', 'Over'])
    type History = { firing: { kind: string }[]; items: { kind: string; news: string }[] }
    const { body } = await world.admin.get<History>('/admin/alerts')
    expect(body.firing.map((alert) => alert.kind)).not.toContain(kind)
    const history = body.items.filter((change) => change.kind === kind)
    expect(history.map(({ news }) => news)).toEqual(['OK', 'FIRING'])
  })
})

describe('an alert that is told to several channels', () => {
  it('arrives by Slack, Discord and e-mail, also where one of them was away', async () => {
    const kinds = ['dead-agenda-entries']
    const { story, admin } = await watched({}, { kinds })
    const add = async (wish: object) => {
      const sent = { ...wish, kinds }
      expectStatus(await admin.post('/admin/alerts/channels', sent, { key: null }), 201)
    }
    await add({ kind: 'slack', name: '야간', address: `${CHAT_ORIGIN}/chat/slack/night` })
    await add({ kind: 'email', name: '대표', address: 'ops@example.com' })
    story.receiverFaults.add({ path: '/chat/slack', status: 503 })
    await FALLS.find(({ kind }) => kind === 'dead-agenda-entries')!.breaks({
      story,
      admin,
    } as World)
    await minutes(story, 1)
    expect(story.chats().map(({ channel }) => channel)).toEqual(['discord/ops'])
    expect(story.mails()).toMatchObject([
      {
        to: 'ops@example.com',
        subject: expect.stringContaining('포기한 작업이 있습니다') as string,
        text: expect.stringContaining('/api/v1/admin/dead-letters') as string,
      },
    ])
    story.receiverFaults.clear()
    await minutes(story, 3)
    expect(story.chats().map(({ channel }) => channel)).toEqual(['slack/night', 'discord/ops'])
    expect(story.mails()).toHaveLength(1)
  })
})
