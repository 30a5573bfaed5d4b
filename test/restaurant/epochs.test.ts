import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import { publicSeq } from '../../src/domain/events.ts'
import { kitchen } from '../support/events-world.ts'
import { STAFF, testRestaurants, type TestRestaurant } from '../support/restaurant.ts'
import { connect, dining, typesOf } from '../support/sockets.ts'

const beginEpoch = (restaurant: Pick<TestRestaurant, 'done'>, epoch: number) =>
  restaurant.done(SYSTEM, { type: 'begin-epoch', epoch })

const watermarkOf = async (restaurant: Pick<TestRestaurant, 'rows'>) =>
  (await restaurant.rows('SELECT watermark FROM restaurant'))[0]!.watermark

/** Reports, and lets the agenda write what it may of it. */
async function confirm(
  restaurant: Pick<TestRestaurant, 'id' | 'passes' | 'read'>,
  epoch: number,
  [fromSeq, toSeq]: [number, number],
) {
  await testRestaurants(restaurant.id).report({ kind: 'published', epoch, fromSeq, toSeq })
  restaurant.passes(60_000)
  await restaurant.read(SYSTEM, { type: 'events-after', seq: 0, limit: 1 })
}

describe('beginning an epoch', () => {
  it('numbers on without a gap, and every event of the epoch says where it began', async () => {
    const restaurant = await kitchen()
    const before = (await restaurant.events()).length
    const state = await beginEpoch(restaurant, 3)
    expect(state).toMatchObject({ epoch: 3, epochStart: before })
    await restaurant.place()
    const events = await restaurant.events()
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.map(({ epoch }) => epoch)).toEqual([...Array<number>(before).fill(1), 3, 3])
    expect(events[before]).toMatchObject({
      type: 'RESTAURANT_CHANGED',
      subject: { restaurant: { epoch: 3, epochStart: before } },
    })
  })

  it('happens once: an epoch that is there, or an earlier one, changes nothing', async () => {
    const restaurant = await kitchen()
    const state = await beginEpoch(restaurant, 3)
    expect(await beginEpoch(restaurant, 3)).toEqual(state)
    expect(await beginEpoch(restaurant, 2)).toEqual(state)
    await restaurant.evict()
    const events = await restaurant.events()
    expect(events.filter(({ epoch }) => epoch > 1)).toHaveLength(1)
  })

  it('closes the sockets; who comes back with an old number gets a snapshot', async () => {
    const restaurant = await dining()
    const board = await connect(restaurant, STAFF)
    const [snapshot] = await board.heard()
    await beginEpoch(restaurant, 2)
    expect(await board.closed).toEqual({ code: 1012, reason: 'RESTORED' })
    const back = await connect(restaurant, STAFF, { after: snapshot!.seq })
    const [first] = await back.heard()
    expect(first).toMatchObject({ type: 'SNAPSHOT' })
    expect(first!.seq).toBeGreaterThan(publicSeq(2, 0))
    const again = await connect(restaurant, STAFF, { after: first!.seq })
    expect(typesOf(await again.heard())).toEqual([])
  })
})

describe('confirmations across epochs', () => {
  it('count for the numbers before the epoch, and not for those that were undone', async () => {
    const restaurant = await kitchen()
    const start = (await restaurant.events()).length
    await beginEpoch(restaurant, 2)
    await restaurant.place()
    // Sent before the restore, when epoch 1 went on beyond where this one begins.
    await confirm(restaurant, 1, [1, start + 5])
    expect(await watermarkOf(restaurant)).toBe(start)
    await confirm(restaurant, 2, [start + 1, start + 2])
    expect(await watermarkOf(restaurant)).toBe(start + 2)
  })

  it('of numbers that were undone are forgotten when it begins', async () => {
    const restaurant = await kitchen()
    const start = (await restaurant.events()).length
    await testRestaurants(restaurant.id).report({
      kind: 'published',
      epoch: 1,
      fromSeq: 1,
      toSeq: start + 5,
    })
    await beginEpoch(restaurant, 2)
    await confirm(restaurant, 2, [1, start])
    expect(await watermarkOf(restaurant)).toBe(start)
  })

  it('of an epoch that is not here yet say nothing', async () => {
    const restaurant = await kitchen()
    await confirm(restaurant, 2, [1, 3])
    expect(await watermarkOf(restaurant)).toBe(0)
  })
})
