import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import { createOrderIndex } from '../../src/db/repositories/order-index.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { ORDER_STATUSES } from '../../src/domain/order/order.ts'
import { eventsOf, NOON, orderIdIn, orderState, restaurantState } from '../support/events.ts'
import { newRestaurantId } from '../support/identity.ts'

const projector = createProjector(env.DB)
const LATER = NOON + 60_000

const rowsOf = async (restaurantId: string) => {
  const read = async (sql: string) => (await env.DB.prepare(sql).bind(restaurantId).all()).results
  return {
    orders: await read('SELECT * FROM order_index WHERE restaurant_id = ? ORDER BY id'),
    restaurant: await read('SELECT * FROM restaurant_index WHERE id = ?'),
    state: await read('SELECT * FROM projection_state WHERE restaurant_id = ?'),
  }
}

const clear = async (restaurantId: string) => {
  for (const [table, column] of [
    ['order_index', 'restaurant_id'],
    ['restaurant_index', 'id'],
    ['projection_state', 'restaurant_id'],
  ] as const)
    await env.DB.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).bind(restaurantId).run()
}

/** A history: which of four orders moved to which status; now and then the restaurant itself. */
const history = fc
  .array(
    fc.record({
      subject: fc.integer({ min: 0, max: 4 }),
      status: fc.constantFrom(...ORDER_STATUSES),
      newEpoch: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((moves) => {
    const made = eventsOf()
    const ids = [1, 2, 3, 4].map((n) => orderIdIn(made.restaurantId, NOON + n))
    let epoch = 1
    let seq = 0
    const events = moves.map(({ subject, status, newEpoch }, index): DomainEvent => {
      // A restored object starts a new epoch, and its numbers may be lower again.
      if (newEpoch && index === Math.floor(moves.length / 2)) [epoch, seq] = [2, 0]
      seq += 1
      const id = ids[subject]
      return id === undefined
        ? made.restaurant(seq, restaurantState(made.restaurantId, { name: `no. ${seq}` }), epoch)
        : made.order(seq, orderState({ id, status, totalAmount: seq }), epoch)
    })
    return { restaurantId: made.restaurantId, events }
  })

/** The same events at least once each, in any order, in batches of any size. */
const delivered = (events: readonly DomainEvent[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length }),
      fc.array(fc.constantFrom(...events), { maxLength: 8 }),
      fc.integer({ min: 1, max: 5 }),
    )
    .chain(([all, again, size]) =>
      fc
        .shuffledSubarray([...all, ...again], { minLength: all.length + again.length })
        .map((flat) =>
          Array.from({ length: Math.ceil(flat.length / size) }, (_, n) =>
            flat.slice(n * size, (n + 1) * size),
          ),
        ),
    )

describe('projecting events', () => {
  it('ends in the same rows whatever is repeated, late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(
        history.chain((h) => delivered(h.events).map((batches) => ({ ...h, batches }))),
        async ({ restaurantId, events, batches }) => {
          for (const event of events) await projector.project([event], LATER)
          const inOrder = await rowsOf(restaurantId)
          await clear(restaurantId)
          for (const batch of batches) await projector.project(batch, LATER)
          expect(await rowsOf(restaurantId)).toEqual(inOrder)
          await clear(restaurantId)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('keeps the whole order, its payments and what lists need', async () => {
    const made = eventsOf()
    const order = orderState({ id: orderIdIn(made.restaurantId), userId: crypto.randomUUID() })
    await projector.project([made.order(1, order)], LATER)
    const [row] = (await rowsOf(made.restaurantId)).orders
    expect(JSON.parse(row!['state'] as string)).toEqual(order)
    expect(row).toMatchObject({
      user_id: order.userId,
      session_id: order.sessionId,
      status: 'PENDING',
      payment_status: 'UNPAID',
      business_day: '2026-11-20',
      total_amount: 18_000,
      payments: '[]',
    })
  })

  it('never lets an older epoch win, however high its numbers', async () => {
    const made = eventsOf()
    const id = orderIdIn(made.restaurantId)
    await projector.project([made.order(1, orderState({ id, status: 'READY' }), 2)], LATER)
    await projector.project([made.order(900, orderState({ id, status: 'PENDING' }), 1)], LATER)
    expect((await rowsOf(made.restaurantId)).orders).toMatchObject([{ status: 'READY', epoch: 2 }])
  })

  it('takes many events of many orders in one go', async () => {
    const made = eventsOf()
    const events = Array.from({ length: 300 }, (_, n) =>
      made.order(n + 1, orderState({ id: orderIdIn(made.restaurantId, NOON + n) })),
    )
    await projector.project(events, LATER)
    expect((await rowsOf(made.restaurantId)).orders).toHaveLength(300)
  })

  it('counts events without a read model as had', async () => {
    const made = eventsOf()
    await projector.project([made.tableRemoved(7, orderIdIn(made.restaurantId))], LATER)
    expect(await projector.states([made.restaurantId, newRestaurantId()])).toEqual([
      { restaurantId: made.restaurantId, epoch: 1, seq: 7, updatedAt: LATER },
    ])
  })

  it('refuses an event that carries an order of another restaurant', async () => {
    const made = eventsOf()
    const foreign = made.order(1, orderState({ id: orderIdIn(newRestaurantId()) }))
    await expect(projector.project([foreign], LATER)).rejects.toThrow('another restaurant')
  })
})

describe('rebuilding rows', () => {
  const page = (restaurantId: string, ids: readonly string[], asOfSeq: number, generation = 1) => ({
    restaurant: restaurantState(restaurantId),
    page: {
      section: 'orders' as const,
      orders: ids.map((id) => ({
        order: orderState({ id, status: 'COMPLETED' }),
        payments: [],
        refunds: [],
      })),
    },
    epoch: 1,
    asOfSeq,
    generation,
    now: LATER,
  })

  it('mends a wrong row of the same number', async () => {
    const made = eventsOf()
    const id = orderIdIn(made.restaurantId)
    await projector.project([made.order(5, orderState({ id, status: 'EXPIRED' }))], NOON)
    await projector.writeRebuilt(page(made.restaurantId, [id], 5))
    expect((await rowsOf(made.restaurantId)).orders).toMatchObject([{ status: 'COMPLETED' }])
  })

  it('leaves a row alone that an event has moved further', async () => {
    const made = eventsOf()
    const id = orderIdIn(made.restaurantId)
    await projector.project([made.order(9, orderState({ id, status: 'READY' }))], NOON)
    await projector.writeRebuilt(page(made.restaurantId, [id], 5))
    await projector.sweepGenerations(made.restaurantId, 1, 'orders', LATER)
    expect((await rowsOf(made.restaurantId)).orders).toMatchObject([{ status: 'READY', seq: 9 }])
  })

  it('removes ghosts, and spares orders placed while it read', async () => {
    const made = eventsOf()
    const [known, ghost, young] = [1, 2, 3].map((n) => orderIdIn(made.restaurantId, NOON + n))
    await projector.project([made.order(4, orderState({ id: ghost! }))], NOON)
    await projector.writeRebuilt(page(made.restaurantId, [known!], 6))
    await projector.project([made.order(7, orderState({ id: young! }))], NOON)
    // The last page includes the young order's number, but began before it was there.
    await projector.writeRebuilt(page(made.restaurantId, [], 8))
    expect(await projector.sweepGenerations(made.restaurantId, 1, 'orders', LATER)).toBe(1)
    const left = (await rowsOf(made.restaurantId)).orders.map((row) => row['id'])
    expect(left).toEqual([known, young])
  })

  it('touches no other restaurant and no rows of a later rebuild', async () => {
    const [one, other] = [eventsOf(), eventsOf()]
    const [mine, theirs] = [orderIdIn(one.restaurantId), orderIdIn(other.restaurantId)]
    await projector.project([one.order(1, orderState({ id: mine }))], NOON)
    await projector.project([other.order(1, orderState({ id: theirs }))], NOON)
    await projector.writeRebuilt(page(one.restaurantId, [], 3, 2))
    expect(await projector.sweepGenerations(one.restaurantId, 1, 'orders', LATER)).toBe(0)
    expect(await projector.sweepGenerations(one.restaurantId, 2, 'orders', LATER)).toBe(1)
    expect((await rowsOf(other.restaurantId)).orders).toHaveLength(1)
  })
})

describe('the list of own orders', () => {
  const index = createOrderIndex(env.DB, () => LATER)

  it('pages newest first, per account and per session', async () => {
    const made = eventsOf()
    const userId = crypto.randomUUID()
    const ids = [1, 2, 3].map((n) => orderIdIn(made.restaurantId, NOON + n))
    const orders = ids.map((id) => orderState({ id, userId, sessionId: `session of ${userId}` }))
    const guests = orderState({ id: orderIdIn(made.restaurantId), sessionId: `guest ${userId}` })
    await projector.project(
      [...orders, guests].map((order, n) => made.order(n + 1, order)),
      NOON,
    )
    const first = await index.byUser(userId, { limit: 2, beforeId: null })
    expect(first.orders.map((order) => order.id)).toEqual([ids[2], ids[1]])
    const rest = await index.byUser(userId, { limit: 2, beforeId: ids[1]! })
    expect(rest.orders).toEqual([orders[0]])
    const guest = await index.bySession(guests.sessionId, { limit: 9, beforeId: null })
    expect(guest.orders).toEqual([guests])
  })

  it('is as fresh as the restaurant that moved longest ago, and as now when nothing is known', async () => {
    const [slow, quick] = [eventsOf(), eventsOf()]
    const userId = crypto.randomUUID()
    await projector.project(
      [slow.order(1, orderState({ id: orderIdIn(slow.restaurantId), userId }))],
      NOON,
    )
    await projector.project(
      [quick.order(1, orderState({ id: orderIdIn(quick.restaurantId), userId }))],
      LATER,
    )
    expect((await index.byUser(userId, { limit: 9, beforeId: null })).asOf).toBe(NOON)
    const nobody = await index.byUser(crypto.randomUUID(), { limit: 9, beforeId: null })
    expect(nobody).toMatchObject({ orders: [], asOf: LATER })
  })
})
