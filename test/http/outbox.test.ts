import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { feedCursors, feedEvents, feedProgress } from '../../src/db/schema/feed.ts'
import { projectionState } from '../../src/db/schema/order-index.ts'
import { partnerSubscriptions } from '../../src/db/schema/deliveries.ts'
import type { Delivery } from '../../src/domain/outgoing/delivery.ts'
import { orderIdIn } from '../support/events.ts'
import {
  administration,
  aDelivery,
  storeDeliveries,
  type Listed,
} from '../support/administration.ts'

type World = Awaited<ReturnType<typeof administration>>
interface Shown {
  id: string
  state: string
  attempts: number
  next_at: string | null
  last_status: number | null
}

const OUTBOX = 'integrations/outbox'
const DAY = 24 * 3600_000
let world: World

beforeEach(async () => {
  await env.DB.prepare('DELETE FROM deliveries').run()
  world = await administration()
})

const list = async (query = '') =>
  (await world.admin.call<Listed<Shown>>('GET', `${OUTBOX}?limit=100${query}`)).body.items
const retry = (id: string) => world.admin.call<Shown>('POST', `${OUTBOX}/${id}/retry`)
const retryBy = (filter: object, key?: string) =>
  world.admin.call<{ retried: number; more: boolean }>(
    'POST',
    `${OUTBOX}/retry`,
    { filter },
    key === undefined ? {} : { 'idempotency-key': key },
  )
const woken = () =>
  world.world.sent.map((message) =>
    message.kind === 'deliver' ? message.destinationId : message.kind,
  )

describe('the outbox', () => {
  it('lists newest first, page by page, with what was tried and what came back', async () => {
    const now = world.deps.now()
    const rows = [3, 2, 1].map((days) => aDelivery({ createdAt: now - days * DAY }))
    await storeDeliveries(...rows)
    const first = await world.admin.call<Listed<Shown>>('GET', `${OUTBOX}?limit=2`)
    expect(first.body.items.map(({ id }) => id)).toEqual([rows[2]!.id, rows[1]!.id])
    const cursor = first.body.next_cursor
    const second = await world.admin.call<Listed<Shown>>(
      'GET',
      `${OUTBOX}?limit=2&cursor=${cursor}`,
    )
    expect(second.body.items).toMatchObject([
      { id: rows[0]!.id, state: 'DEAD', attempts: 12, last_status: 503, next_at: null },
    ])
    expect(second.body.next_cursor).toBeNull()
  })

  it('finds by each filter what it says, and by several what all of them say', async () => {
    const now = world.deps.now()
    const partner = await world.create()
    const restaurantId = await world.restaurant()
    const endpoint = await world.admin.call<{ id: string }>(
      'POST',
      `integrations/partners/${partner.id}/endpoints`,
      { url: 'https://hooks.example.com/' },
    )
    const orderId = orderIdIn(restaurantId, now)
    const wanted = aDelivery({
      restaurantId,
      orderId,
      destinationId: endpoint.body.id,
      state: 'PENDING',
      eventType: 'STATUS_CHANGED',
      createdAt: now,
    })
    const others = [
      aDelivery({ createdAt: now - DAY }),
      aDelivery({ createdAt: now - DAY, destinationKind: 'SLACK', destinationId: 'r:slack' }),
    ]
    await storeDeliveries(wanted, ...others)
    const filters = [
      '&state=PENDING',
      `&destination_id=${wanted.destinationId}`,
      `&partner_id=${partner.id}`,
      `&restaurant_id=${restaurantId}`,
      `&order_id=${orderId}`,
      '&type=STATUS_CHANGED',
      `&since=${new Date(now).toISOString()}`,
    ]
    for (const filter of [...filters, filters.join('')])
      expect((await list(filter)).map(({ id }) => id)).toEqual([wanted.id])
    expect(await list('&destination_kind=SLACK')).toMatchObject([{ id: others[1]!.id }])
    expect(await list('&state=DEAD&type=STATUS_CHANGED')).toEqual([])
    for (const wrong of ['&state=LOST', '&since=yesterday', '&partner_id=x'])
      expect((await world.admin.call('GET', `${OUTBOX}?${wrong.slice(1)}`)).status).toBe(400)
  })
})

describe('sending a delivery again', () => {
  it.each(['DEAD', 'SKIPPED'] as const)(
    'gives one that is %s all its tries anew',
    async (state) => {
      const row = aDelivery({ state })
      await storeDeliveries(row)
      const { status, body } = await retry(row.id)
      expect(status).toBe(200)
      const now = new Date(world.deps.now()).toISOString()
      expect(body).toMatchObject({ state: 'PENDING', attempts: 0, next_at: now, settled_at: null })
      expect(woken()).toEqual([row.destinationId])
    },
  )

  it('hurries one that waits, and leaves alone what is being sent or has arrived', async () => {
    const now = world.deps.now()
    const later = { state: 'PENDING', attempts: 3, nextAt: now + 1000, settledAt: null } as const
    const waiting = aDelivery(later)
    const underWay = aDelivery({ ...later, leaseUntil: now + 1000 })
    const arrived = aDelivery({ state: 'DONE', attempts: 1 })
    await storeDeliveries(waiting, underWay, arrived)
    expect((await retry(waiting.id)).body).toMatchObject({
      attempts: 3,
      next_at: new Date(now).toISOString(),
    })
    expect((await retry(underWay.id)).body.next_at).toBe(new Date(now + 1000).toISOString())
    expect((await retry(arrived.id)).body).toMatchObject({ state: 'DONE', attempts: 1 })
    expect(woken()).not.toContain(arrived.destinationId)
    expect((await retry(crypto.randomUUID())).status).toBe(404)
  })

  it('by a filter takes what it finds, and nothing twice', async () => {
    const restaurantId = await world.restaurant()
    const dead = [1, 2, 3].map(() => aDelivery({ restaurantId, destinationId: 'platform' }))
    const skipped = aDelivery({ restaurantId, state: 'SKIPPED' })
    const elsewhere = aDelivery()
    await storeDeliveries(...dead, skipped, elsewhere)
    const filter = { restaurant_id: restaurantId }
    expect((await retryBy(filter)).body).toEqual({ retried: 3, more: false })
    expect((await retryBy(filter)).body).toEqual({ retried: 0, more: false })
    expect(woken()).toEqual(['platform'])
    expect((await list('&state=PENDING')).map(({ id }) => id).toSorted()).toEqual(
      dead.map(({ id }) => id).toSorted(),
    )
    expect((await retryBy({ ...filter, state: 'SKIPPED' })).body.retried).toBe(1)
    expect(await list('&state=DEAD')).toMatchObject([{ id: elsewhere.id }])
  })

  it('by a filter takes five hundred at a time, oldest first, and says whether there are more', async () => {
    const now = world.deps.now()
    const rows = Array.from({ length: 501 }, (_, n) =>
      aDelivery({ destinationId: 'platform', createdAt: now - n }),
    )
    await storeDeliveries(...rows)
    expect((await retryBy({})).body).toEqual({ retried: 500, more: true })
    expect(await list('&state=DEAD')).toMatchObject([{ id: rows[0]!.id }])
    expect((await retryBy({})).body).toEqual({ retried: 1, more: false })
  })

  it('under a key happens once, and is told again as it was', async () => {
    const [row, later] = [aDelivery(), aDelivery()]
    await storeDeliveries(row)
    const key = crypto.randomUUID()
    const first = await retryBy({}, key)
    await storeDeliveries(later)
    expect((await retryBy({}, key)).body).toEqual(first.body)
    expect(await list('&state=DEAD')).toMatchObject([{ id: later.id }])
    const other = await retryBy({ state: 'SKIPPED' }, key)
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it('is written down with who asked for it', async () => {
    await storeDeliveries(aDelivery())
    await retryBy({ type: 'NEW_ORDER' }, 'noted')
    const { results } = await env.DB.prepare(
      'SELECT what, user_id, retried, filter FROM retries WHERE user_id = ?',
    )
      .bind(world.admin.userId)
      .all<{ filter: string }>()
    expect(results).toMatchObject([{ what: 'DELIVERIES', user_id: world.admin.userId, retried: 1 }])
    expect(JSON.parse(results[0]!.filter)).toMatchObject({ type: 'NEW_ORDER', state: 'DEAD' })
  })

  it('at the same moment by ten people sends each once', async () => {
    const rows = Array.from({ length: 20 }, () => aDelivery())
    await storeDeliveries(...rows)
    const told = await Promise.all(Array.from({ length: 10 }, () => retryBy({})))
    const total = told.reduce((sum, { body }) => sum + body.retried, 0)
    expect(total).toBe(20)
  })
})

interface LagBody {
  destinations: Record<string, unknown>[]
  restaurants: { restaurant_id: string; projection: object; feed: object }[]
  partners: Record<string, unknown>[]
}

describe('the lag', () => {
  const lag = async (query = '') =>
    (await world.admin.call<LagBody>('GET', `integrations/lag${query}`)).body

  it('tells of every destination what waits, since when, and what was given up', async () => {
    const now = world.deps.now()
    const pending = (more: Partial<Delivery>) =>
      aDelivery({ destinationId: 'platform', state: 'PENDING', settledAt: null, ...more })
    await storeDeliveries(
      pending({ createdAt: now - DAY, nextAt: now + 5000 }),
      pending({ createdAt: now - 1000, nextAt: now + 1000 }),
      aDelivery({ destinationId: 'platform' }),
      aDelivery({ destinationId: 'r:slack', destinationKind: 'SLACK' }),
      aDelivery({ destinationId: 'quiet', state: 'DONE' }),
    )
    const { destinations } = await lag()
    expect(destinations).toMatchObject([
      {
        destination_id: 'platform',
        pending: 2,
        oldest_pending_at: new Date(now - DAY).toISOString(),
        next_try_at: new Date(now + 1000).toISOString(),
        dead: 1,
      },
      { destination_id: 'r:slack', pending: 0, oldest_pending_at: null, dead: 1 },
    ])
  })

  it('tells how far a restaurant’s feed is behind its read model, and that it does not answer', async () => {
    const restaurantId = await world.restaurant()
    const now = world.deps.now()
    const db = drizzle(env.DB)
    const state = { restaurantId, epoch: 1, seq: 9, updatedAt: now }
    await db
      .insert(projectionState)
      .values({ ...state, generation: 0, generationEpoch: 0, generationSeq: 0 })
    await db
      .insert(feedProgress)
      .values({ restaurantId, epoch: 1, contiguousSeq: 4, updatedAt: now - 1000 })
    const shown = {
      restaurant_id: restaurantId,
      projection: { seq: 9, waiting: null, behind_since: null },
      feed: { seq: 4, behind: 5, moved_at: new Date(now - 1000).toISOString() },
    }
    expect((await lag()).restaurants).toMatchObject([shown])
    await env.DB.prepare('UPDATE feed_progress SET contiguous_seq = 9').run()
    expect((await lag()).restaurants).toEqual([])
    expect((await lag(`?restaurant_id=${restaurantId}`)).restaurants).toMatchObject([
      { feed: { seq: 9, behind: 0 } },
    ])
  })

  it('counts for every partner the events before it that it may see', async () => {
    const restaurantId = await world.restaurant()
    const now = world.deps.now()
    const db = drizzle(env.DB)
    const partner = crypto.randomUUID()
    await db.insert(partnerSubscriptions).values({
      ...{ id: crypto.randomUUID(), partnerId: partner, restaurantId: null },
      ...{ types: ['NEW_ORDER'], createdAt: 0 },
    })
    await db
      .insert(feedProgress)
      .values({ restaurantId, epoch: 1, contiguousSeq: 5, updatedAt: now })
    const types = ['NEW_ORDER', 'NEW_ORDER', 'SOLD_OUT', 'NEW_ORDER', 'NEW_ORDER', 'NEW_ORDER']
    for (const [n, type] of types.entries())
      await db.insert(feedEvents).values({
        ...{ restaurantId, epoch: 1, seq: n + 1, id: crypto.randomUUID(), type },
        ...{ occurredAt: now - 1000 + n, data: '{}' },
      })
    const ours = async () =>
      (await lag(`?restaurant_id=${restaurantId}`)).partners.filter(
        ({ partner_id: id }) => id === partner,
      )
    expect(await ours()).toMatchObject([
      { behind: 4, behind_since: new Date(now - 1000).toISOString() },
    ])
    await db
      .insert(feedCursors)
      .values({ partnerId: partner, restaurantId, epoch: 1, seq: 2, updatedAt: now })
    expect(await ours()).toMatchObject([
      { behind: 2, behind_since: new Date(now - 997).toISOString() },
    ])
    await env.DB.prepare('UPDATE feed_cursors SET seq = 5').run()
    expect(await ours()).toEqual([])
  })
})

describe('support', () => {
  it('looks at the outbox and the lag, and changes nothing', async () => {
    const row = aDelivery()
    await storeDeliveries(row)
    const support = await world.someone('SUPPORT')
    expect((await support.call('GET', OUTBOX)).status).toBe(200)
    expect((await support.call('GET', 'integrations/lag')).status).toBe(200)
    const body = { filter: {} }
    expect((await support.call('POST', `${OUTBOX}/retry`, body)).status).toBe(403)
    expect((await support.call('POST', `${OUTBOX}/${row.id}/retry`)).status).toBe(403)
    expect((await support.call('GET', 'integrations/partners')).status).toBe(403)
    expect(await list()).toMatchObject([{ state: 'DEAD' }])
    for (const role of ['CUSTOMER', 'OWNER', 'INVENTORY', 'MARKETING'] as const) {
      const other = await world.someone(role)
      expect((await other.call('GET', OUTBOX)).status).toBe(403)
      expect((await other.call('GET', 'integrations/lag')).status).toBe(403)
    }
  })
})
