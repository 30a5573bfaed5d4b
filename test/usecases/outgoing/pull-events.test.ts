import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { MAX_HANDINGS } from '../../../src/domain/outgoing/lease.ts'
import { Arrivals } from '../../../src/usecases/outgoing/arrivals.ts'
import { pullEvents, type EventsWish } from '../../../src/usecases/outgoing/pull-events.ts'
import { feedRestaurant, served } from '../../support/feed.ts'
import { random } from '../../support/identity.ts'

/** One who pulls, on the partner's clock; what happens while they wait is the test's. */
async function puller(events = 0) {
  const { restaurant, partner } = await served(events)
  const { clock } = partner
  const arrivals = new Arrivals()
  const world = { looks: [] as number[], gone: false, during: () => Promise.resolve() }
  const meanwhile = new Map<number, () => unknown>()
  const began = clock.now
  const deps = {
    ...{ arrivals, random, now: () => clock.now },
    feed: {
      ...partner.feed,
      async pull(asked: Parameters<typeof partner.feed.pull>[0]) {
        world.looks.push(clock.now - began)
        const pulled = await partner.feed.pull(asked)
        await world.during()
        return pulled
      },
    },
    async pause(ms: number) {
      for (const [at, happens] of [...meanwhile].filter(([at]) => at < clock.now - began + ms)) {
        meanwhile.delete(at)
        await happens()
      }
      clock.now += ms
    },
  }
  const pull = (wish: Partial<EventsWish> = {}) =>
    pullEvents(deps, {
      ...{ partnerId: partner.id, max: 100, waitSeconds: 25, restaurantId: null, types: null },
      gone: () => world.gone,
      ...wish,
    })
  const arrive = async (seq: number, here: boolean) => {
    await restaurant.arrive(seq)
    if (here) arrivals.note([restaurant.id])
  }
  const waited = () => clock.now - began
  return { restaurant, partner, arrivals, world, meanwhile, pull, arrive, waited }
}

const HANGING_UP: readonly [string, number][] = [
  ['before it is answered', 0],
  ['at the third look', 2],
]

describe('waiting for events', () => {
  it('ends as soon as this isolate has projected one', async () => {
    const { meanwhile, arrive, pull, waited, world } = await puller()
    meanwhile.set(17_001, () => arrive(1, true))
    expect((await pull()).events).toHaveLength(1)
    expect(waited()).toBeLessThanOrEqual(17_100)
    expect(world.looks.at(-1)).toBe(waited())
  })

  it('finds what arrived elsewhere within half a second, and sooner at first', async () => {
    for (const [at, within] of [
      [60, 50],
      [400, 250],
      [17_301, 500],
    ] as const) {
      const { meanwhile, arrive, pull, waited } = await puller()
      meanwhile.set(at, () => arrive(1, false))
      expect((await pull()).events).toHaveLength(1)
      expect(waited() - at).toBeLessThanOrEqual(within)
    }
  })

  it('looks no more than some fifty times in 25 s, whatever else arrives here', async () => {
    const quiet = await puller()
    await quiet.pull()
    expect(quiet.waited()).toBe(25_000)
    expect(quiet.world.looks.length).toBeLessThan(60)
    const busy = await puller()
    for (let at = 0; at < 25_000; at += 50)
      busy.meanwhile.set(at, () => busy.arrivals.note([feedRestaurant().id]))
    await busy.pull()
    expect(busy.world.looks.length).toBeLessThan(60)
  })

  it('for one restaurant does not hear the others', async () => {
    const { meanwhile, arrivals, pull, restaurant, world } = await puller()
    const { looks } = world
    meanwhile.set(20_010, () => arrivals.note([feedRestaurant().id]))
    await pull({ restaurantId: restaurant.id })
    const gaps = looks.slice(10).map((at, n) => at - (looks[n + 9] ?? 0))
    expect(new Set(gaps.slice(0, -1))).toEqual(new Set([500]))
  })
})

describe('hanging up', () => {
  const marks = async (partnerId: string) =>
    (
      await env.DB.prepare('SELECT attempts, state FROM feed_marks WHERE partner_id = ?')
        .bind(partnerId)
        .all()
    ).results

  it('before the call takes nothing', async () => {
    const { world, pull, partner } = await puller(1)
    world.gone = true
    expect(await pull()).toMatchObject({ events: [], lease: null })
    expect(await marks(partner.id)).toEqual([])
  })

  it('while it waits ends the call, and takes nothing', async () => {
    const { world, meanwhile, arrive, pull, partner, waited } = await puller()
    meanwhile.set(3_000, async () => {
      world.gone = true
      await arrive(1, true)
    })
    expect(await pull()).toMatchObject({ events: [], lease: null })
    expect(waited()).toBeLessThan(3_100)
    expect(await marks(partner.id)).toEqual([])
    world.gone = false
    expect((await partner.pull()).events).toMatchObject([{ seq: 1, attempt: 1 }])
  })

  it.each(HANGING_UP)('%s gives the events back as if nobody had had them', async (_, look) => {
    const { world, meanwhile, arrive, pull, partner } = await puller(look === 0 ? 2 : 0)
    meanwhile.set(100, () => arrive(1, false))
    world.during = () => {
      world.gone = world.looks.length > look
      return Promise.resolve()
    }
    expect(await pull()).toMatchObject({ events: [], lease: null })
    expect(world.gone).toBe(true)
    expect((await partner.pull()).events[0]).toMatchObject({ seq: 1, attempt: 1 })
  })

  it('any number of times does not spend an event', async () => {
    const { world, pull, partner } = await puller(2)
    for (let time = 0; time < 2 * MAX_HANDINGS; time += 1) {
      world.gone = false
      world.during = () => {
        world.gone = true
        return Promise.resolve()
      }
      await pull()
    }
    const { events } = await partner.pull()
    expect(events.map(({ seq, attempt, dead }) => [seq, attempt, dead])).toEqual([
      [1, 1, false],
      [2, 1, false],
    ])
  })

  it('leaves a notice a notice', async () => {
    const { world, pull, partner } = await puller(1)
    for (let time = 0; time < MAX_HANDINGS; time += 1) {
      await partner.pull()
      partner.forget()
    }
    world.during = () => {
      world.gone = true
      return Promise.resolve()
    }
    await pull()
    expect((await partner.pull()).events).toMatchObject([{ dead: true, attempt: MAX_HANDINGS + 1 }])
  })
})
