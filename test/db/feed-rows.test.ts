import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { eventsOf, NOON, orderIdIn, orderState, restaurantState } from '../support/events.ts'

const projector = createProjector(env.DB)
const all = async (text: string, restaurantId: string) =>
  (await env.DB.prepare(text).bind(restaurantId).all()).results

const rowsOf = (id: string) =>
  all('SELECT seq, type FROM feed_events WHERE restaurant_id = ? ORDER BY epoch, seq', id)
const progressOf = (id: string) =>
  all(
    `SELECT epoch, start_seq AS start, contiguous_seq AS upTo FROM feed_progress
      WHERE restaurant_id = ? ORDER BY epoch`,
    id,
  )
const spansOf = (id: string) =>
  all(
    `SELECT epoch, from_seq AS "from", to_seq AS "to" FROM feed_spans WHERE restaurant_id = ?
      ORDER BY epoch, from_seq`,
    id,
  )

/** A restaurant whose n-th event is of an order. */
function history() {
  const made = eventsOf()
  const order = (seq: number, epoch = 1): DomainEvent =>
    made.order(seq, orderState({ id: orderIdIn(made.restaurantId, NOON + seq) }), epoch)
  const project = (...events: DomainEvent[]) => projector.project(events, NOON)
  return { ...made, order, project, id: made.restaurantId }
}

describe('events that go out', () => {
  it('stand in the feed as they are shown, once however often they come', async () => {
    const { id, order, project } = history()
    const [event, next] = [order(1), order(2)]
    await project(event, next)
    await project(next, event)
    expect(await rowsOf(id)).toEqual([
      { seq: 1, type: 'STATUS_CHANGED' },
      { seq: 2, type: 'STATUS_CHANGED' },
    ])
    const [row] = await all('SELECT * FROM feed_events WHERE restaurant_id = ?', id)
    expect(row).toMatchObject({ id: event.id, occurred_at: event.at, epoch: 1 })
    expect(JSON.parse(row!['data'] as string)).toMatchObject({
      order: { order_number: 'A001', user_id: null },
      payments: [],
    })
  })

  it('count as arrived also where nobody outside is told of them', async () => {
    const { id, order, tableRemoved, project } = history()
    await project(order(1), tableRemoved(2, orderIdIn(id)), order(3))
    expect(await rowsOf(id)).toHaveLength(2)
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 0, upTo: 3 }])
  })
})

describe('how far the feed may be served', () => {
  it('ends before a gap, and goes on when the gap is filled', async () => {
    const { id, order, project } = history()
    await project(order(1))
    await project(order(3), order(4), order(7))
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 0, upTo: 1 }])
    expect(await spansOf(id)).toEqual([
      { epoch: 1, from: 3, to: 4 },
      { epoch: 1, from: 7, to: 7 },
    ])
    await project(order(2))
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 0, upTo: 4 }])
    expect(await spansOf(id)).toEqual([{ epoch: 1, from: 7, to: 7 }])
    await project(order(5), order(6))
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 0, upTo: 7 }])
    expect(await spansOf(id)).toEqual([])
  })

  it('is nothing while the first is missing', async () => {
    const { id, order, project } = history()
    await project(order(2))
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 0, upTo: 0 }])
  })

  it('is the highest number without a gap, whatever comes twice, late or in any order', async () => {
    const arrival = fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }), {
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(arrival, async (batches) => {
        const { id, order, project } = history()
        const had = new Set<number>()
        for (const batch of batches) {
          await project(...batch.map((seq) => order(seq)))
          for (const seq of batch) had.add(seq)
        }
        let upTo = 0
        while (had.has(upTo + 1)) upTo += 1
        expect(await progressOf(id)).toEqual(had.size === 0 ? [] : [{ epoch: 1, start: 0, upTo }])
        for (const { to } of await spansOf(id)) expect(to).toBeGreaterThan(upTo)
      }),
      { numRuns: 40 },
    )
  })

  it('begins where the read model was before there was a feed', async () => {
    const { id, order, project } = history()
    await env.DB.prepare(
      `INSERT INTO projection_state (restaurant_id, epoch, seq, updated_at, generation,
        generation_epoch, generation_seq) VALUES (?, 1, 41, 0, 0, 0, 0)`,
    )
      .bind(id)
      .run()
    await project(order(43))
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 41, upTo: 41 }])
    await project(order(42))
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 41, upTo: 43 }])
  })

  it('of a later epoch is known once the restaurant says where it began', async () => {
    const { id, order, restaurant, project } = history()
    await project(order(1), order(2))
    await project(order(5, 2))
    expect(await progressOf(id)).toEqual([{ epoch: 1, start: 0, upTo: 2 }])
    await project(restaurant(3, restaurantState(id, { epoch: 2, epochStart: 2 }), 2))
    expect(await progressOf(id)).toEqual([
      { epoch: 1, start: 0, upTo: 2 },
      { epoch: 2, start: 2, upTo: 3 },
    ])
    await project(order(4, 2))
    expect(await progressOf(id)).toContainEqual({ epoch: 2, start: 2, upTo: 5 })
  })

  it('of a later epoch that comes first of all waits for the first', async () => {
    const { id, order, restaurant, project } = history()
    await project(restaurant(3, restaurantState(id, { epoch: 2, epochStart: 2 }), 2))
    expect(await progressOf(id)).toEqual([
      { epoch: 1, start: 0, upTo: 0 },
      { epoch: 2, start: 2, upTo: 3 },
    ])
    await project(order(1), order(2))
    expect(await progressOf(id)).toContainEqual({ epoch: 1, start: 0, upTo: 2 })
  })

  it('of a later epoch waits for none that was over before there was a feed', async () => {
    const { id, restaurant, project } = history()
    await env.DB.prepare(
      `INSERT INTO projection_state (restaurant_id, epoch, seq, updated_at, generation,
        generation_epoch, generation_seq) VALUES (?, 2, 41, 0, 0, 0, 0)`,
    )
      .bind(id)
      .run()
    await project(restaurant(43, restaurantState(id, { epoch: 3, epochStart: 42 }), 3))
    expect(await progressOf(id)).toEqual([{ epoch: 3, start: 42, upTo: 43 }])
  })

  it('is kept apart for every restaurant of a batch', async () => {
    const [one, other] = [history(), history()]
    await one.project(one.order(1), other.order(2), one.order(2))
    expect(await progressOf(one.id)).toEqual([{ epoch: 1, start: 0, upTo: 2 }])
    expect(await progressOf(other.id)).toEqual([{ epoch: 1, start: 0, upTo: 0 }])
  })
})
