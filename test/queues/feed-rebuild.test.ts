import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import { feedEventOf } from '../../src/domain/outgoing/feed-event.ts'
import { startRebuild } from '../../src/usecases/admin/start-rebuild.ts'
import { deliver, enrol, eventsWorld, jobMessage, kitchen } from '../support/events-world.ts'

const { deps, sent, world } = await eventsWorld()

const run = (sql: string, ...values: (string | number)[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run()

/** Rebuilds one restaurant's feed to its end; `between` happens before each page. */
async function rebuildFeed(restaurantId: string, between: () => Promise<unknown> = async () => {}) {
  const { id } = await startRebuild(deps, 'feed', null, { restaurantId })
  for (let left = sent.splice(0); left.length > 0; left = sent.splice(0)) {
    await between()
    const bodies = left.map(({ message }) => message)
    expect((await deliver(deps, bodies)).retried).toEqual([])
  }
  return (await deps.rebuilds.byId(id))!
}

type Kitchen = Awaited<ReturnType<typeof kitchen>>

async function opened(orders: number): Promise<Kitchen> {
  const restaurant = await kitchen()
  await enrol(deps, restaurant.id)
  for (let n = 0; n < orders; n += 1) await restaurant.place()
  return restaurant
}

const publishAll = async (restaurant: Kitchen) => {
  await deliver(deps, restaurant.takeJobs().map(jobMessage))
}

const feedOf = async (restaurantId: string) => {
  const { results } = await env.DB.prepare(
    `SELECT epoch, seq, id, type, occurred_at AS occurredAt, data FROM feed_events
      WHERE restaurant_id = ? ORDER BY epoch, seq`,
  )
    .bind(restaurantId)
    .all()
  return results
}

/** What the object's own events look like outside. */
const truthOf = async (restaurant: Kitchen) =>
  (await restaurant.events()).flatMap((event) => {
    const shown = feedEventOf(event)
    const { epoch, seq, id, at: occurredAt } = event
    return shown === null
      ? []
      : [{ epoch, seq, id, type: shown.type, occurredAt, data: JSON.stringify(shown.data) }]
  })

const progressOf = async (restaurantId: string) =>
  (await deps.feedMending.arrived(restaurantId)).map(({ epoch, contiguousSeq, highestSeq }) => [
    epoch,
    contiguousSeq,
    highestSeq,
  ])

describe('rebuilding the feed', () => {
  it('mends missing and wrong rows and removes those that no restaurant knows', async () => {
    const restaurant = await opened(4)
    await publishAll(restaurant)
    await rebuildFeed(restaurant.id)
    const truth = await truthOf(restaurant)
    expect(await feedOf(restaurant.id)).toEqual(truth)
    expect(truth.length).toBeGreaterThan(4)

    const [missing, wrong, moved] = truth
    await run('DELETE FROM feed_events WHERE id = ?', missing!.id)
    await run(`UPDATE feed_events SET data = '{}', type = 'SOLD_OUT' WHERE id = ?`, wrong!.id)
    await run('UPDATE feed_events SET seq = 900 WHERE id = ?', moved!.id)
    await run(
      `INSERT INTO feed_events (restaurant_id, epoch, seq, id, type, occurred_at, data)
        VALUES (?1, 1, 700, ?2, 'NEW_ORDER', 1, '{}'), (?1, 3, 1, ?3, 'NEW_ORDER', 1, '{}')`,
      restaurant.id,
      crypto.randomUUID(),
      crypto.randomUUID(),
    )
    const done = await rebuildFeed(restaurant.id)
    expect(await feedOf(restaurant.id)).toEqual(truth)
    expect(done).toMatchObject({ state: 'DONE', rowsWritten: 3, rowsSwept: 3 })
    expect(await rebuildFeed(restaurant.id)).toMatchObject({ rowsWritten: 0, rowsSwept: 0 })
  })

  it('goes on page by page while orders come in', async () => {
    const restaurant = await opened(60)
    restaurant.takeJobs()
    let pages = 0
    await rebuildFeed(restaurant.id, async () => {
      pages += 1
      await restaurant.place()
      await publishAll(restaurant)
    })
    expect(pages).toBe(2)
    expect(await feedOf(restaurant.id)).toEqual(await truthOf(restaurant))
  })

  it('takes back what claims to have arrived and never was', async () => {
    const restaurant = await opened(2)
    await publishAll(restaurant)
    await rebuildFeed(restaurant.id)
    const last = (await restaurant.events()).length
    await run(
      `INSERT INTO feed_progress (restaurant_id, epoch, contiguous_seq, updated_at)
        VALUES (?, 1, ?, 0) ON CONFLICT DO UPDATE SET contiguous_seq = excluded.contiguous_seq`,
      restaurant.id,
      last + 40,
    )
    await run('INSERT INTO feed_spans VALUES (?, 1, ?, ?)', restaurant.id, last + 60, last + 70)
    await rebuildFeed(restaurant.id)
    expect(await progressOf(restaurant.id)).toEqual([[1, last, last]])
  })

  it('ends earlier epochs where the present one begins', async () => {
    const restaurant = await opened(1)
    const start = (await restaurant.events()).length
    await restaurant.done(SYSTEM, { type: 'begin-epoch', epoch: 2 })
    await restaurant.place()
    await publishAll(restaurant)
    await run(
      `INSERT INTO feed_events (restaurant_id, epoch, seq, id, type, occurred_at, data)
        VALUES (?, 1, ?, ?, 'NEW_ORDER', 1, '{}')`,
      restaurant.id,
      start + 30,
      crypto.randomUUID(),
    )
    await run(
      `INSERT INTO feed_progress (restaurant_id, epoch, contiguous_seq, updated_at)
        VALUES (?, 1, ?, 0) ON CONFLICT DO UPDATE SET contiguous_seq = excluded.contiguous_seq`,
      restaurant.id,
      start + 30,
    )
    await rebuildFeed(restaurant.id)
    expect(await feedOf(restaurant.id)).toEqual(await truthOf(restaurant))
    expect((await progressOf(restaurant.id))[0]).toEqual([1, start, start])
  })

  it('does not wait for what the object no longer keeps, and says so', async () => {
    const restaurant = await opened(3)
    restaurant.takeJobs()
    await restaurant.rows('DELETE FROM events WHERE seq <= 2')
    await rebuildFeed(restaurant.id)
    expect(await feedOf(restaurant.id)).toEqual(await truthOf(restaurant))
    const [[, contiguous] = []] = await progressOf(restaurant.id)
    expect(contiguous).toBeGreaterThanOrEqual(2)
    expect(world.logged).toContainEqual(
      expect.objectContaining({ kind: 'feed-events-lost', restaurantId: restaurant.id, before: 3 }),
    )
  })
})
