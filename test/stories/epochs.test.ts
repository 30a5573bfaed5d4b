import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { copyOf, putBack } from '../support/object-copies.ts'
import { member } from '../support/story-people.ts'
import {
  expectStatus,
  key,
  placeWith,
  type ListBody,
  type OrderBody,
} from '../support/story-restaurant.ts'
import { MINUTE } from '../support/story.ts'

/** One lives through its world once per remote call. */
vi.setConfig({ testTimeout: 120_000 })

const BEFORE = 2
const UNDONE = 3
const REASON = { reason: '잘못된 일괄 변경 전으로' }

interface BegunBody {
  epoch: number
  rebuilds: { id: string; projection: string; state: string }[]
}

/** Orders, a copy of the object, more orders, and the copy put back. */
async function restored() {
  const { story, place } = await placeWith({ payment_policy: 'POSTPAID', table_access: 'OPEN' })
  const [customer, admin] = [await member(story), await member(story, 'ADMIN')]
  const order = async () => (await place.ordered(customer, { payment_method: 'COUNTER' })).order_id
  const orders = async (count: number) => {
    const ids: string[] = []
    while (ids.length < count) {
      await story.passes(1_000)
      ids.push(await order())
    }
    return ids
  }
  const kept = await orders(BEFORE)
  await story.passes(MINUTE)
  const copy = await copyOf(place.id)
  const undone = await orders(UNDONE)
  await story.passes(MINUTE)
  await putBack(place.id, copy)
  const listed = async () => {
    const { body } = await customer.get<ListBody<OrderBody>>('/orders')
    return body.items.map(({ order_id }) => order_id).toSorted()
  }
  const path = `/admin/restaurants/${place.id}/epoch`
  return { story, place, customer, admin, kept, undone, order, listed, path }
}

const feedOf = async (restaurantId: string) => {
  const { results } = await env.DB.prepare(
    `SELECT epoch, seq, json_extract(data, '$.order.order_id') AS orderId FROM feed_events
      WHERE restaurant_id = ? ORDER BY epoch, seq`,
  )
    .bind(restaurantId)
    .all<{ epoch: number; seq: number; orderId: string | null }>()
  return results
}

describe('a restaurant that was restored', () => {
  it('goes on in a new epoch, and what was undone is gone everywhere', async () => {
    const { story, place, admin, kept, undone, order, listed, path } = await restored()
    expect(await listed()).toEqual([...kept, ...undone].toSorted())

    const begun = expectStatus(await admin.post<BegunBody>(path, REASON), 202)
    expect(begun.epoch).toBe(2)
    const young = await order()
    await story.passes(MINUTE)
    expect(await listed()).toEqual([...kept, young].toSorted())
    for (const { id } of begun.rebuilds)
      expect((await admin.get(`/admin/rebuild/${id}`)).body).toMatchObject({ state: 'DONE' })

    const feed = await feedOf(place.id)
    expect(feed.filter(({ orderId }) => orderId !== null && undone.includes(orderId))).toEqual([])
    const ordersOf = (epoch: number) =>
      new Set(feed.flatMap((row) => (row.epoch === epoch && row.orderId ? [row.orderId] : [])))
    expect(ordersOf(1)).toEqual(new Set(kept))
    expect(ordersOf(2)).toEqual(new Set([young]))
    const numbers = feed.map(({ seq }) => seq)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('begins one epoch for one command, and another for the next restore', async () => {
    const { story, admin, path } = await restored()
    const again = key()
    const ask = (named: string) => admin.post<BegunBody>(path, REASON, { key: named })
    const first = expectStatus(await ask(again), 202)
    await story.settle()
    const second = expectStatus(await ask(again), 202)
    expect(second).toMatchObject({ epoch: 2, rebuilds: first.rebuilds.map(({ id }) => ({ id })) })
    expect(expectStatus(await ask(key()), 202).epoch).toBe(3)
  })

  it('begins above every epoch that was ever told, though the object has forgotten it', async () => {
    const { story, place, admin, path } = await restored()
    const copy = await copyOf(place.id)
    await admin.post(path, REASON)
    await story.passes(MINUTE)
    await putBack(place.id, copy)
    expect(expectStatus(await admin.post<BegunBody>(path, REASON), 202).epoch).toBe(3)
  })

  it('is finished by the cron wherever the request was cut', async () => {
    for (let after = 0; ; after += 1) {
      const { story, place, admin, kept, listed, path } = await restored()
      const { reply } = await admin.postCut<BegunBody>(after, path, REASON)
      await story.passes(2 * MINUTE)
      await story.cron()
      await story.passes(MINUTE)
      const noted = await env.DB.prepare(
        'SELECT begun_at AS begunAt FROM restaurant_epochs WHERE restaurant_id = ?',
      )
        .bind(place.id)
        .first<{ begunAt: number | null }>()
      // Before the note nothing has happened, and whoever asked has heard so.
      if (noted === null) expect(reply).toBeNull()
      else {
        expect(noted.begunAt, `cut after ${after} calls`).not.toBeNull()
        expect(await listed()).toEqual(kept.toSorted())
      }
      if (reply !== null) break
    }
  })

  it('is for administrators, and for restaurants that there are', async () => {
    const { place, customer, admin, path } = await restored()
    expect((await customer.post(path, REASON)).status).toBe(403)
    expect((await admin.post(path, { reason: ' ' })).status).toBe(400)
    const unknown = crypto.randomUUID()
    expect((await admin.post(`/admin/restaurants/${unknown}/epoch`, REASON)).status).toBe(404)
    const { order_id: orderId } = await place.ordered(customer, { payment_method: 'COUNTER' })
    expect((await admin.post(`/admin/restaurants/${orderId}/epoch`, REASON)).status).toBe(404)
  })
})
