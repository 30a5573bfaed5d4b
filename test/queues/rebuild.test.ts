import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { resumeRebuilds } from '../../src/usecases/admin/resume-rebuilds.ts'
import { startRebuild } from '../../src/usecases/admin/start-rebuild.ts'
import { deliver, enrol, eventsWorld, jobMessage, kitchen } from '../support/events-world.ts'
import { eventsOf, orderIdIn, orderState, restaurantState } from '../support/events.ts'
import { idIn } from '../support/identity.ts'
import { anItem } from '../support/orders.ts'
import { OWNER } from '../support/restaurant.ts'

const world = await eventsWorld()
const { deps, sent } = world
const COMMAND = () => ({ scope: 'admin', key: crypto.randomUUID() })

const takeSent = () => sent.splice(0).map(({ message }) => message)

/** Delivers what was sent, and what that sends, until nothing is left. */
async function runOn(messages = takeSent()): Promise<void> {
  for (let left = messages; left.length > 0; left = takeSent())
    expect((await deliver(deps, left)).retried).toEqual([])
}

const rowsOf = async (restaurantId: string) => {
  const { results } = await env.DB.prepare(
    'SELECT id, status FROM order_index WHERE restaurant_id = ? ORDER BY id',
  )
    .bind(restaurantId)
    .all<{ id: string; status: string }>()
  return results
}

const products = async (restaurantId: string) => {
  const { results } = await env.DB.prepare(
    'SELECT id, deleted FROM product_index WHERE restaurant_id = ?',
  )
    .bind(restaurantId)
    .all<{ id: string; deleted: number }>()
  return results
}

async function openRestaurant(orders: number) {
  const restaurant = await kitchen()
  await enrol(deps, restaurant.id)
  const ids: string[] = []
  for (let n = 0; n < orders; n += 1) {
    restaurant.passes(1)
    ids.push((await restaurant.place()).id)
  }
  return { ...restaurant, ids }
}

describe('rebuilding the read model', () => {
  it('mends missing and wrong rows, removes ghosts, and says how far it is', async () => {
    const [one, two] = [await openRestaurant(3), await openRestaurant(1)]
    await deliver(deps, one.takeJobs().map(jobMessage))
    await env.DB.batch([
      env.DB.prepare('DELETE FROM order_index WHERE id = ?').bind(one.ids[0]!),
      env.DB.prepare("UPDATE order_index SET status = 'READY', state = '{}' WHERE id = ?").bind(
        one.ids[1]!,
      ),
    ])
    const ghost = orderState({ id: orderIdIn(one.id) })
    await deps.projector.project([eventsOf(one.id).order(1, ghost)], deps.now())

    const run = await startRebuild(deps, 'all', COMMAND())
    expect(run).toMatchObject({ state: 'RUNNING', restaurantsDone: 0, finishedAt: null })
    await runOn()
    expect(await rowsOf(one.id)).toEqual(one.ids.map((id) => ({ id, status: 'PENDING' })))
    expect(await rowsOf(two.id)).toHaveLength(1)
    const done = await deps.rebuilds.byId(run.id)
    expect(done).toMatchObject({
      state: 'DONE',
      restaurantsDone: run.restaurantsTotal,
      rowsSwept: 1,
      finishedAt: deps.now(),
    })
    const [state] = await deps.projector.states([two.id])
    expect(state!.seq).toBe((await two.events()).length)
  })

  it('fills in menus that were never copied, and removes what no restaurant knows', async () => {
    const { id: restaurantId, done } = await openRestaurant(0)
    const category = await done(OWNER, { type: 'create-category', name: '둘', position: null })
    const written = { price: 1_000, description: null, options: [] }
    const made: string[] = []
    for (let n = 0; n < 52; n += 1) {
      const item = { ...written, categoryId: category.id, name: `메뉴 ${n}` }
      made.push((await done(OWNER, { type: 'create-item', ...item })).id)
    }
    await done(OWNER, { type: 'delete-item', itemId: made[0]! })
    const ghost = idIn(restaurantId)
    const ghostly = { kind: 'menu', categories: [], items: [anItem({ id: ghost })] } as const
    const { restaurant } = eventsOf(restaurantId)
    const told = { ...restaurant(1, restaurantState(restaurantId)), subject: ghostly }
    await deps.projector.project([told], deps.now())
    const copied = () => products(restaurantId)
    expect(await copied()).toEqual([{ id: ghost, deleted: 0 }])

    // Orders alone leave menus as they are.
    await startRebuild(deps, 'orders', COMMAND())
    await runOn()
    expect(await copied()).toEqual([{ id: ghost, deleted: 0 }])
    const run = await startRebuild(deps, 'catalogue', COMMAND())
    await runOn()
    const rows = await copied()
    expect(rows).toHaveLength(53)
    expect(rows.filter(({ deleted }) => deleted === 1)).toEqual([{ id: made[0], deleted: 1 }])
    expect(rows.some(({ id }) => id === ghost)).toBe(false)
    expect(await deps.rebuilds.byId(run.id)).toMatchObject({ state: 'DONE', rowsSwept: 1 })
    // A part of the read model says nothing of how far the rest is.
    expect((await deps.projector.states([restaurantId]))[0]).toMatchObject({ seq: 1 })
    await startRebuild(deps, 'all', COMMAND())
    await runOn()
    expect((await deps.projector.states([restaurantId]))[0]!.seq).toBeGreaterThan(50)
  })

  it('goes on page by page while orders come in and move', async () => {
    const restaurant = await openRestaurant(55)
    restaurant.takeJobs()
    await startRebuild(deps, 'orders', COMMAND())
    await deliver(deps, takeSent())
    const second = takeSent()
    expect(second).toMatchObject([{ kind: 'rebuild', restaurantId: restaurant.id }])

    // One of the first page moves on, and a new one comes in, before the second page is read.
    const orderId = restaurant.ids[0]!
    await restaurant.done(OWNER, {
      type: 'accept-order',
      orderId,
      estimatedTimeMinutes: 10,
      message: null,
      unavailableLines: [],
    })
    restaurant.passes(1)
    const young = await restaurant.place()
    await deliver(deps, restaurant.takeJobs().map(jobMessage))
    await runOn(second)
    const rows = await rowsOf(restaurant.id)
    expect(rows.map((row) => row.id)).toEqual([...restaurant.ids, young.id])
    expect(rows[0]).toEqual({ id: orderId, status: 'ACCEPTED' })
  })

  it('counts a page once, however often its message comes', async () => {
    const restaurant = await openRestaurant(52)
    const run = await startRebuild(deps, 'orders', COMMAND())
    const first = takeSent()
    const others = run.restaurantsTotal - 1
    await deliver(deps, [...first, ...first])
    await deliver(deps, first)
    await runOn([...takeSent(), ...first])
    const done = await deps.rebuilds.byId(run.id)
    expect(done).toMatchObject({ state: 'DONE', restaurantsDone: others + 1 })
    const { results } = await env.DB.prepare(
      'SELECT rows_written FROM rebuild_restaurants WHERE run_id = ? AND restaurant_id = ?',
    )
      .bind(run.id, restaurant.id)
      .all()
    expect(results).toEqual([{ rows_written: 52 }])
  })

  it('is the same run for the same command', async () => {
    const command = COMMAND()
    const first = await startRebuild(deps, 'orders', command)
    await runOn()
    const again = await startRebuild(deps, 'orders', command)
    expect(again).toMatchObject({ id: first.id, state: 'DONE' })
    expect(takeSent()).toEqual([])
    expect((await startRebuild(deps, 'orders', COMMAND())).id).not.toBe(first.id)
    await runOn()
  })

  it('sends its pages once, however often it is asked for while it runs', async () => {
    const command = COMMAND()
    const [run] = await Promise.all([
      startRebuild(deps, 'orders', command),
      startRebuild(deps, 'orders', command),
    ])
    await startRebuild(deps, 'orders', command)
    const first = takeSent()
    const asked = first.map((message) => message.kind === 'rebuild' && message.restaurantId)
    expect(new Set(asked).size).toBe(run.restaurantsTotal)
    expect(asked).toHaveLength(run.restaurantsTotal)
    await runOn(first)
    expect(await deps.rebuilds.byId(run.id)).toMatchObject({ state: 'DONE' })
  })

  it('is sent by whoever asks again where the first one died before it sent', async () => {
    const command = COMMAND()
    const dying = { ...deps.rebuilds, takeUnsent: () => Promise.reject(new Error('cut off')) }
    const started = startRebuild({ ...deps, rebuilds: dying }, 'orders', command)
    await expect(started).rejects.toThrow('cut off')
    const run = await startRebuild(deps, 'orders', command)
    const first = takeSent()
    expect(first).toHaveLength(run.restaurantsTotal)
    await runOn(first)
  })

  it('is sent by the cron at once where nobody asks again', async () => {
    const id = crypto.randomUUID()
    const ofAll = { restaurantId: null, audit: null }
    const run = await deps.rebuilds.start(id, 'orders', deps.now(), ofAll)
    expect(await resumeRebuilds(deps)).toBe(run.restaurantsTotal)
    expect(await resumeRebuilds(deps)).toBe(0)
    await runOn()
    expect(await deps.rebuilds.byId(id)).toMatchObject({ state: 'DONE' })
  })

  it('is taken up again when a message got lost', async () => {
    const run = await startRebuild(deps, 'orders', COMMAND())
    takeSent()
    expect(await resumeRebuilds(deps)).toBe(0)
    world.world.now += 11 * 60 * 1000
    expect(await resumeRebuilds(deps)).toBe(run.restaurantsTotal)
    expect(await resumeRebuilds(deps)).toBe(0)
    await runOn()
    expect(await deps.rebuilds.byId(run.id)).toMatchObject({ state: 'DONE' })
  })

  it('is left to people when it did not work for a day', async () => {
    await startRebuild(deps, 'orders', COMMAND())
    takeSent()
    world.world.now += 25 * 3600 * 1000
    expect(await resumeRebuilds(deps)).toBe(0)
  })
})
