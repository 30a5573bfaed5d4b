import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { keepMoment } from '../support/object-copies.ts'
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

interface BegunBody {
  epoch: number
  rebuilds: { id: string }[]
}

/** Two orders, a moment to go back to, and two more. */
async function withPast() {
  const { story, place } = await placeWith({ payment_policy: 'POSTPAID', table_access: 'OPEN' })
  const [customer, admin] = [await member(story), await member(story, 'ADMIN')]
  const order = async () => {
    await story.passes(1_000)
    return (await place.ordered(customer, { payment_method: 'COUNTER' })).order_id
  }
  const kept = [await order(), await order()]
  await story.passes(MINUTE)
  await keepMoment(place.id, story.world.now)
  const at = new Date(story.world.now).toISOString()
  const undone = [await order(), await order()]
  await story.passes(2 * MINUTE)
  const ofList = ({ items }: ListBody<OrderBody>) => items.map((one) => one.order_id).toSorted()
  const listed = async () => ofList((await customer.get<ListBody<OrderBody>>('/orders')).body)
  const onBoard = async () =>
    ofList((await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders?limit=100')).body)
  const path = `/admin/restaurants/${place.id}/restore`
  const wish = { at, reason: '잘못된 메뉴 변경 전으로' }
  return { story, place, customer, admin, order, kept, undone, listed, onBoard, path, wish }
}

const notedAt = async (restaurantId: string) =>
  env.DB.prepare('SELECT begun_at AS begunAt FROM restaurant_epochs WHERE restaurant_id = ?')
    .bind(restaurantId)
    .first<{ begunAt: number | null }>()

describe('restoring a restaurant', () => {
  it('puts it back to the moment, and everything beside it follows', async () => {
    const { story, admin, order, kept, listed, onBoard, path, wish } = await withPast()
    const begun = expectStatus(await admin.post<BegunBody>(path, wish), 202)
    expect(begun.epoch).toBe(2)
    const young = await order()
    await story.passes(MINUTE)
    const expected = [...kept, young].toSorted()
    expect(await onBoard()).toEqual(expected)
    expect(await listed()).toEqual(expected)
    for (const { id } of begun.rebuilds)
      expect((await admin.get(`/admin/rebuild/${id}`)).body).toMatchObject({ state: 'DONE' })
  })

  it('undoes nothing twice for one command', async () => {
    const { story, admin, order, kept, onBoard, path, wish } = await withPast()
    const again = key()
    const first = expectStatus(await admin.post<BegunBody>(path, wish, { key: again }), 202)
    const young = await order()
    await story.passes(MINUTE)
    const second = expectStatus(await admin.post<BegunBody>(path, wish, { key: again }), 202)
    expect(second.epoch).toBe(first.epoch)
    await story.passes(MINUTE)
    expect(await onBoard()).toEqual([...kept, young].toSorted())
  })

  it('is finished by the cron wherever it was cut, and undoes nothing that came after it', async () => {
    const stages = new Set<string>()
    for (let after = 0; ; after += 1) {
      const { story, place, admin, kept, undone, listed, onBoard, order, path, wish } =
        await withPast()
      const { reply } = await admin.postCut<BegunBody>(after, path, wish)
      const wentBack = (await onBoard()).every((id) => !undone.includes(id))
      const between = await order()
      await story.passes(2 * MINUTE)
      await story.cron()
      await story.passes(MINUTE)
      const board = await onBoard()
      const noted = await notedAt(place.id)
      if (noted === null) {
        expect(reply).toBeNull()
        expect(board).toEqual([...kept, ...undone, between].toSorted())
      } else {
        expect(noted.begunAt, `cut after ${after} calls`).not.toBeNull()
        expect(board).toEqual((wentBack ? [...kept, between] : kept).toSorted())
        expect(await listed()).toEqual(board)
      }
      stages.add(noted === null ? 'nothing' : wentBack ? 'put back' : 'noted')
      if (reply !== null) break
    }
    expect(stages).toEqual(new Set(['nothing', 'noted', 'put back']))
  })

  it('is refused where storage keeps nothing, and for moments that it cannot go back to', async () => {
    const { story, place, customer, admin, path, wish } = await withPast()
    expect((await customer.post(path, wish)).status).toBe(403)
    const early = (ms: number) => ({ ...wish, at: new Date(story.world.now - ms).toISOString() })
    for (const ms of [0, -MINUTE, 31 * 24 * 60 * MINUTE]) {
      const refused = await admin.post(path, early(ms))
      expect(refused.status).toBe(400)
      expect(refused.body.error.details).toMatchObject({ field: 'at', reason: 'out_of_range' })
    }
    const { story: other, place: elsewhere } = await placeWith()
    await other.passes(5 * MINUTE)
    const at = new Date(other.world.now - 2 * MINUTE).toISOString()
    const there = await member(other, 'ADMIN')
    const refused = await there.post(`/admin/restaurants/${elsewhere.id}/restore`, { ...wish, at })
    expect([refused.status, refused.body.error.code]).toEqual([501, 'NOT_SUPPORTED'])
    expect(await notedAt(elsewhere.id)).toBeNull()
    expect(await notedAt(place.id)).toBeNull()
  })
})
