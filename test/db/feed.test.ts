import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { MAX_HANDINGS, NOTICE_HANDINGS } from '../../src/domain/outgoing/lease.ts'
import { feedPartner, feedRestaurant, served } from '../support/feed.ts'

const cursorOf = (partnerId: string, restaurantId: string) =>
  env.DB.prepare(
    `SELECT epoch, seq, lease_id AS leaseId FROM feed_cursors
      WHERE partner_id = ? AND restaurant_id = ?`,
  )
    .bind(partnerId, restaurantId)
    .first()

const HELD = { kind: 'HELD', open: 0 }

describe('handing events out', () => {
  it('gives them in order, once, and goes on after what was acknowledged', async () => {
    const { restaurant, partner } = await served(3)
    const batch = await partner.pull({ max: 2 })
    expect(batch.seqs).toEqual([1, 2])
    expect(batch.events[0]).toMatchObject({
      id: restaurant.event(1).id,
      restaurantId: restaurant.id,
      type: 'STATUS_CHANGED',
      attempt: 1,
      dead: false,
    })
    expect(await partner.ack(batch)).toEqual(HELD)
    const next = await partner.pull()
    expect(next.seqs).toEqual([3])
    expect(await partner.ack(next)).toEqual(HELD)
    expect((await partner.pull()).seqs).toEqual([])
    expect(await cursorOf(partner.id, restaurant.id)).toEqual({ epoch: 1, seq: 3, leaseId: null })
  })

  it('gives nothing while there is nothing, and writes nothing then', async () => {
    const { restaurant, partner } = await served(0)
    expect(await partner.pull()).toMatchObject({ events: [], passed: 0 })
    expect(await cursorOf(partner.id, restaurant.id)).toBeNull()
  })

  it('keeps a restaurant for one worker at a time', async () => {
    const { partner } = await served(3)
    expect((await partner.pull({ max: 1 })).seqs).toEqual([1])
    expect((await partner.pull()).seqs).toEqual([])
  })

  it('gives the same restaurant to one of two workers that come together', async () => {
    const { partner } = await served(5)
    const both = await Promise.all([partner.pull(), partner.pull()])
    expect(both.map(({ seqs }) => seqs.length).toSorted()).toEqual([0, 5])
  })

  it('serves several restaurants at once, each in its order', async () => {
    const { restaurant, partner } = await served(3)
    const other = feedRestaurant()
    await partner.subscribe(other.id)
    await other.arrive(1, 2)
    const { events } = await partner.pull({ max: 4 })
    const of = (id: string) => events.filter((e) => e.restaurantId === id).map(({ seq }) => seq)
    expect([of(restaurant.id), of(other.id)]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  it('leaves another restaurant to a second worker', async () => {
    const { restaurant, partner } = await served(3)
    const other = feedRestaurant()
    await partner.subscribe(other.id)
    await other.arrive(1)
    const one = await partner.pull({ restaurantId: restaurant.id })
    const two = await partner.pull()
    expect(new Set(one.events.map((e) => e.restaurantId))).toEqual(new Set([restaurant.id]))
    expect(new Set(two.events.map((e) => e.restaurantId))).toEqual(new Set([other.id]))
  })

  it('serves nothing behind a gap until it is filled', async () => {
    const { restaurant, partner } = await served(1)
    await restaurant.arrive(3)
    const batch = await partner.pull()
    expect(batch.seqs).toEqual([1])
    await partner.ack(batch)
    expect((await partner.pull()).seqs).toEqual([])
    await restaurant.arrive(2)
    expect((await partner.pull()).seqs).toEqual([2, 3])
  })

  it('keeps partners apart', async () => {
    const { restaurant, partner } = await served(2)
    const other = feedPartner()
    await other.subscribe(restaurant.id)
    await partner.ack(await partner.pull())
    expect((await other.pull()).seqs).toEqual([1, 2])
  })
})

describe('what a partner may see', () => {
  it('is nothing without a subscription, and nothing after it has ended', async () => {
    const restaurant = feedRestaurant()
    await restaurant.arrive(1)
    const partner = feedPartner()
    expect((await partner.pull()).seqs).toEqual([])
    const { id } = await partner.subscribe(restaurant.id)
    await env.DB.prepare('UPDATE partner_subscriptions SET ended_at = 1 WHERE id = ?')
      .bind(id)
      .run()
    expect((await partner.pull()).seqs).toEqual([])
  })

  it('is of the restaurants it names, or of all', async () => {
    const { restaurant, partner } = await served(1)
    const other = feedRestaurant()
    await other.arrive(1)
    const of = async () => (await partner.pull()).events.map((event) => event.restaurantId)
    expect(await of()).toEqual([restaurant.id])
    await partner.subscribe(null)
    expect((await partner.pull({ restaurantId: other.id })).events[0]).toMatchObject({
      restaurantId: other.id,
    })
  })

  it('is of the types it names; others are passed over', async () => {
    const [restaurant, partner] = [feedRestaurant(), feedPartner()]
    await partner.subscribe(restaurant.id, ['NEW_ORDER'])
    await restaurant.project(
      restaurant.event(1),
      restaurant.event(2, 1, 'NEW_ORDER'),
      restaurant.event(3),
    )
    const batch = await partner.pull()
    expect(batch.seqs).toEqual([2])
    await partner.ack(batch)
    expect((await partner.pull()).seqs).toEqual([])
  })

  it('passes over any number of others in steps', async () => {
    const [restaurant, partner] = [feedRestaurant(), feedPartner()]
    await partner.subscribe(restaurant.id, ['NEW_ORDER'])
    await restaurant.project(
      ...Array.from({ length: 450 }, (_, n) => restaurant.event(n + 1)),
      restaurant.event(451, 1, 'NEW_ORDER'),
    )
    expect(await partner.pull()).toMatchObject({ seqs: [], passed: 1 })
    expect(await partner.pull()).toMatchObject({ seqs: [], passed: 1 })
    expect(await partner.pull()).toMatchObject({ seqs: [451], passed: 0 })
  })

  it('may be narrowed by who asks', async () => {
    const [restaurant, partner] = [feedRestaurant(), feedPartner()]
    await partner.subscribe(restaurant.id)
    await restaurant.project(restaurant.event(1), restaurant.event(2, 1, 'NEW_ORDER'))
    expect((await partner.pull({ types: ['NEW_ORDER'] })).seqs).toEqual([2])
  })
})

describe('acknowledging', () => {
  it('may be done in parts, and leaves what is open with its lease', async () => {
    const { restaurant, partner } = await served(3)
    const batch = await partner.pull()
    expect(await partner.ack(batch, [2])).toEqual({ kind: 'HELD', open: 2 })
    expect(await cursorOf(partner.id, restaurant.id)).toMatchObject({ seq: 0 })
    expect(await partner.ack(batch, [1])).toEqual({ kind: 'HELD', open: 1 })
    expect(await cursorOf(partner.id, restaurant.id)).toMatchObject({ seq: 2 })
    expect((await partner.pull()).seqs).toEqual([])
    expect(await partner.ack(batch, [3])).toEqual(HELD)
    expect(await cursorOf(partner.id, restaurant.id)).toMatchObject({ seq: 3, leaseId: null })
  })

  it('twice is once, also when all is settled', async () => {
    const { partner } = await served(2)
    const batch = await partner.pull()
    expect(await partner.ack(batch)).toEqual(HELD)
    expect(await partner.ack(batch)).toEqual(HELD)
  })

  it('frees each restaurant with its own last event', async () => {
    const { restaurant, partner } = await served(1)
    const other = feedRestaurant()
    await partner.subscribe(other.id)
    await other.arrive(1)
    const batch = await partner.pull()
    await partner.ack(batch, [], [restaurant.event(1).id])
    await restaurant.arrive(2)
    expect((await partner.pull()).events.map((e) => e.id)).toEqual([restaurant.event(2).id])
  })

  it('is refused with what the lease never handed out, and then settles nothing', async () => {
    const { restaurant, partner } = await served(2)
    const batch = await partner.pull({ max: 1 })
    const ids = [restaurant.event(1).id, restaurant.event(2).id, 'nonsense']
    expect(await partner.ack(batch, [], ids)).toEqual({ kind: 'UNKNOWN', at: [1, 2] })
    expect(await partner.ack(batch, [])).toEqual({ kind: 'HELD', open: 1 })
  })

  it('is refused once the lease is over, and the events come again', async () => {
    const { partner } = await served(2)
    const batch = await partner.pull()
    partner.forget()
    expect(await partner.ack(batch)).toEqual({ kind: 'EXPIRED' })
    const again = await partner.pull()
    expect(again.events.map(({ seq, attempt }) => [seq, attempt])).toEqual([
      [1, 2],
      [2, 2],
    ])
    expect(await partner.ack(batch)).toEqual({ kind: 'EXPIRED' })
    expect(await partner.ack(again)).toEqual(HELD)
  })

  it("is refused under another partner's lease", async () => {
    const { restaurant, partner } = await served(1)
    const other = feedPartner()
    await other.subscribe(restaurant.id)
    expect(await other.ack(await partner.pull())).toEqual({ kind: 'EXPIRED' })
  })

  it('hands out again what was not acknowledged alone', async () => {
    const { partner } = await served(4)
    await partner.ack(await partner.pull(), [2, 4])
    partner.forget()
    expect((await partner.pull()).seqs).toEqual([1, 3])
  })
})

describe('giving back', () => {
  it('frees the restaurant at once, and the event comes again', async () => {
    const { partner } = await served(2)
    const batch = await partner.pull()
    expect(await partner.giveBack(batch)).toEqual(HELD)
    const again = await partner.pull()
    expect(again.events.map(({ seq, attempt }) => [seq, attempt])).toEqual([
      [1, 2],
      [2, 2],
    ])
  })

  it('stops the restaurant until the event is due, so that its order is kept', async () => {
    const { restaurant, partner } = await served(3)
    const batch = await partner.pull({ max: 2 })
    await partner.ack(batch, [2])
    await partner.giveBack(batch, [1], 5_000)
    const other = feedRestaurant()
    await partner.subscribe(other.id)
    await other.arrive(1)
    expect((await partner.pull()).events.map((e) => e.restaurantId)).toEqual([other.id])
    partner.clock.now += 5_000
    expect((await partner.pull({ restaurantId: restaurant.id })).seqs).toEqual([1, 3])
  })

  it('twice is once: the second does not put it off further', async () => {
    const { partner } = await served(2)
    const batch = await partner.pull()
    await partner.giveBack(batch, [1], 5_000)
    partner.clock.now += 4_000
    await partner.giveBack(batch, [1], 5_000)
    await partner.ack(batch, [2])
    partner.clock.now += 1_000
    expect((await partner.pull()).seqs).toEqual([1])
  })

  it('cannot take back what was acknowledged', async () => {
    const { partner } = await served(1)
    const batch = await partner.pull()
    await partner.ack(batch)
    expect(await partner.giveBack(batch)).toEqual(HELD)
    expect((await partner.pull()).seqs).toEqual([])
  })
})

describe('an event that is never acknowledged', () => {
  const handOut = async (partner: ReturnType<typeof feedPartner>, times: number) => {
    for (let time = 0; time < times; time += 1) {
      await partner.pull()
      partner.forget()
    }
  }

  it('is given up, and a notice stands in its place', async () => {
    const { partner } = await served(1)
    await handOut(partner, MAX_HANDINGS)
    const notice = await partner.pull()
    expect(notice.events).toMatchObject([{ seq: 1, dead: true, attempt: MAX_HANDINGS + 1 }])
    expect(await partner.ack(notice)).toEqual(HELD)
    expect((await partner.pull()).seqs).toEqual([])
  })

  it('is passed over when nobody acknowledges the notice either', async () => {
    const { restaurant, partner } = await served(1)
    await handOut(partner, MAX_HANDINGS + NOTICE_HANDINGS)
    await restaurant.arrive(2)
    expect((await partner.pull()).seqs).toEqual([2])
  })

  it('is closed by the cron then, also with nothing behind it', async () => {
    const { restaurant, partner } = await served(1)
    await handOut(partner, MAX_HANDINGS + NOTICE_HANDINGS)
    expect(await partner.feed.closeGivenUp(partner.clock.now)).toBeGreaterThan(0)
    expect(await cursorOf(partner.id, restaurant.id)).toMatchObject({ seq: 1 })
    expect(await partner.feed.closeGivenUp(partner.clock.now + 1)).toBe(0)
  })

  it('does not spend those behind it', async () => {
    const { partner } = await served(2)
    for (let time = 0; time < MAX_HANDINGS; time += 1) {
      await partner.giveBack(await partner.pull())
      partner.clock.now += 1
    }
    const notice = await partner.pull()
    expect(notice.events).toMatchObject([{ seq: 1, dead: true }])
    await partner.ack(notice)
    expect((await partner.pull()).events).toMatchObject([{ seq: 2, dead: false, attempt: 4 }])
  })

  it('can be sent again, out of turn and without stopping what follows', async () => {
    const { restaurant, partner } = await served(1)
    await handOut(partner, MAX_HANDINGS)
    await partner.ack(await partner.pull())
    await restaurant.arrive(2, 3)
    await partner.ack(await partner.pull({ max: 1 }))
    const { id } = restaurant.event(1)
    expect(await partner.redrive(id)).toBe(true)
    expect(await partner.redrive(id)).toBe(false)
    const again = await partner.pull()
    expect(again.events.map(({ seq, attempt, dead }) => [seq, attempt, dead])).toEqual([
      [1, 1, false],
      [3, 1, false],
    ])
    expect(await partner.ack(again)).toEqual(HELD)
    expect((await partner.pull()).seqs).toEqual([])
    expect(await cursorOf(partner.id, restaurant.id)).toMatchObject({ seq: 3 })
  })

  it('sent again while its notice is held, is not settled with the notice', async () => {
    const { restaurant, partner } = await served(1)
    await handOut(partner, MAX_HANDINGS)
    const notice = await partner.pull()
    expect(await partner.redrive(restaurant.event(1).id)).toBe(true)
    expect(await partner.ack(notice)).toEqual({ kind: 'EXPIRED' })
    expect((await partner.pull()).events).toMatchObject([{ seq: 1, dead: false, attempt: 1 }])
  })

  it('once sent again waits for its own retry alone', async () => {
    const { restaurant, partner } = await served(1)
    await handOut(partner, MAX_HANDINGS)
    await partner.ack(await partner.pull())
    await partner.redrive(restaurant.event(1).id)
    await partner.giveBack(await partner.pull(), [1], 5_000)
    await restaurant.arrive(2)
    await partner.ack(await partner.pull(), [2])
    partner.clock.now += 5_000
    expect((await partner.pull()).seqs).toEqual([1])
  })
})

describe('a restaurant that was restored', () => {
  it('is served to the number that its new epoch began after, then the new epoch', async () => {
    const { restaurant, partner } = await served(1)
    await restaurant.project(restaurant.beginning(2, 3, 2), restaurant.event(4, 2))
    const old = await partner.pull()
    expect(old.events.map(({ epoch, seq }) => [epoch, seq])).toEqual([[1, 1]])
    await partner.ack(old)
    expect((await partner.pull()).seqs).toEqual([])
    await restaurant.arrive(2)
    const next = await partner.pull()
    expect(next.events.map(({ epoch, seq }) => [epoch, seq])).toEqual([
      [1, 2],
      [2, 3],
      [2, 4],
    ])
    await partner.ack(next)
    expect(await cursorOf(partner.id, restaurant.id)).toMatchObject({ epoch: 2, seq: 4 })
  })

  it('is served from its beginning where the new epoch arrived before anything else', async () => {
    const { restaurant, partner } = await served(0)
    await restaurant.project(restaurant.beginning(2, 3, 2))
    expect((await partner.pull()).seqs).toEqual([])
    await restaurant.arrive(1, 2)
    expect((await partner.pull()).seqs).toEqual([1, 2, 3])
  })

  it('goes on in the new epoch with numbers that the old one had too', async () => {
    const { restaurant, partner } = await served(5)
    await partner.ack(await partner.pull())
    await restaurant.project(restaurant.beginning(2, 3, 2))
    const batch = await partner.pull()
    expect(batch.events.map(({ epoch, seq }) => [epoch, seq])).toEqual([[2, 3]])
  })
})
