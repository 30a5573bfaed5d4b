import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { feedEvents, feedMarks } from '../../src/db/schema/feed.ts'
import { administration, type Listed } from '../support/administration.ts'

interface GivenUp {
  partner_id: string
  event_id: string
  type: string
  attempts: number
}

const PATH = 'integrations/feed/dead'
let world: Awaited<ReturnType<typeof administration>>

beforeEach(async () => {
  await env.DB.batch([
    env.DB.prepare('DELETE FROM feed_marks'),
    env.DB.prepare('DELETE FROM feed_events'),
  ])
  world = await administration()
})

let events = 0
/** An event that the partner was handed in vain, or took. */
async function handed(
  partnerId: string,
  restaurantId: string,
  state: 'DEAD' | 'ACKED' = 'DEAD',
): Promise<string> {
  const seq = (events += 1)
  const id = crypto.randomUUID()
  const db = drizzle(env.DB)
  const at = { restaurantId, epoch: 1, seq }
  const now = world.deps.now()
  await db.insert(feedEvents).values({ ...at, id, type: 'NEW_ORDER', occurredAt: now, data: '{}' })
  await db.insert(feedMarks).values({
    ...{ ...at, partnerId, eventId: id, state, attempts: 11, notBefore: 0 },
    ...{ leaseId: 'l', leaseUntil: now, markedAt: now + seq, settledAt: now },
  })
  return id
}

const list = async (query = '') =>
  (await world.admin.call<Listed<GivenUp>>('GET', `${PATH}?${query}`)).body
const retryBy = async (filter: object, key: string = crypto.randomUUID()) =>
  (
    await world.admin.call<{ retried: number }>(
      'POST',
      `${PATH}/retry`,
      { filter },
      { 'idempotency-key': key },
    )
  ).body

describe('what the feed gave up', () => {
  it('is listed newest first, by partner and restaurant, page by page', async () => {
    const [ours, theirs] = [crypto.randomUUID(), crypto.randomUUID()]
    const [here, there] = [crypto.randomUUID(), crypto.randomUUID()]
    const first = await handed(ours, here)
    const second = await handed(ours, there)
    const third = await handed(theirs, here)
    await handed(ours, here, 'ACKED')
    const found = async (query?: string) => (await list(query)).items.map((item) => item.event_id)
    expect(await found()).toEqual([third, second, first])
    expect(await found(`partner_id=${ours}`)).toEqual([second, first])
    expect(await found(`restaurant_id=${here}`)).toEqual([third, first])
    const page = await list('limit=2')
    expect(page.items).toMatchObject([{ attempts: 11, type: 'NEW_ORDER' }, {}])
    expect(await found(`limit=2&cursor=${page.next_cursor}`)).toEqual([first])
    const foreign = await world.admin.call(
      'GET',
      `${PATH}?partner_id=${ours}&cursor=${page.next_cursor}`,
    )
    expect([foreign.status, foreign.body.error.details?.field]).toEqual([400, 'cursor'])
  })

  it('is handed out once more, once', async () => {
    const [partner, restaurant] = [crypto.randomUUID(), crypto.randomUUID()]
    const event = await handed(partner, restaurant)
    const acked = await handed(partner, restaurant, 'ACKED')
    const path = (id: string) => `${PATH}/${partner}/${id}/retry`
    const retried = await world.admin.call('POST', path(event))
    expect(retried.body).toEqual({ retried: 1, more: false })
    expect((await list()).items).toEqual([])
    for (const id of [event, acked, crypto.randomUUID()])
      expect((await world.admin.call('POST', path(id))).status).toBe(404)
  })

  it('is handed out once more by a filter, and nothing twice', async () => {
    const [ours, theirs] = [crypto.randomUUID(), crypto.randomUUID()]
    const restaurant = crypto.randomUUID()
    await handed(ours, restaurant)
    await handed(ours, restaurant)
    await handed(theirs, restaurant)
    const filter = { partner_id: ours }
    expect(await retryBy(filter, 'given-up')).toEqual({ retried: 2, more: false })
    expect(await retryBy(filter)).toEqual({ retried: 0, more: false })
    await handed(ours, restaurant)
    expect(await retryBy(filter, 'given-up')).toEqual({ retried: 2, more: false })
    expect((await list()).items).toHaveLength(2)
  })

  it('is seen by support, and sent by administrators alone', async () => {
    const support = await world.someone('SUPPORT')
    expect((await support.call('GET', PATH)).status).toBe(200)
    const refused = await support.call('POST', `${PATH}/retry`, { filter: {} })
    expect(refused.status).toBe(403)
    const path = `${PATH}/${crypto.randomUUID()}/${crypto.randomUUID()}/retry`
    expect((await support.call('POST', path)).status).toBe(403)
  })
})
