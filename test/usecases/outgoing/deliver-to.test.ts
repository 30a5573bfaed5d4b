import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { TRIES } from '../../../src/domain/outgoing/backoff.ts'
import { deliverDue } from '../../../src/usecases/outgoing/deliver-due.ts'
import { deliveryWorld, orderEvents, owedTo, type Arrived } from '../../support/deliveries.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const answering =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    new Response(null, { status, headers })

const idsOf = (arrived: readonly Arrived[]) =>
  arrived.map(({ headers }) => headers.get('webhook-id'))

/** An endpoint that is owed so many events of one restaurant. */
async function owing(events = 1) {
  const made = deliveryWorld()
  const orders = orderEvents()
  const { id } = await made.endpoint({ restaurantId: orders.restaurantId })
  const owed = Array.from({ length: events }, () => orders.event('STATUS_CHANGED'))
  await made.owe(...owed)
  return { ...made, ...orders, id, eventIds: owed.map((event) => event.id) }
}

describe('sending what a destination is owed', () => {
  it('pushes each event once, in order', async () => {
    const { deliver, world, id, eventIds } = await owing(5)
    expect(await deliver(id)).toEqual({ sent: 5, failed: 0 })
    expect(idsOf(world.arrived)).toEqual(eventIds)
    expect(await deliver(id)).toEqual({ sent: 0, failed: 0 })
    expect(world.arrived).toHaveLength(5)
    for (const delivery of await owedTo(id))
      expect(delivery).toMatchObject({ state: 'DONE', attempts: 1, lastStatus: 204 })
  })

  it('sends more than one claim holds in one run', async () => {
    const { deliver, world, id, eventIds } = await owing(45)
    expect(await deliver(id)).toEqual({ sent: 45, failed: 0 })
    expect(idsOf(world.arrived)).toEqual(eventIds)
  })

  it('sends once, however many senders and messages come at the same time', async () => {
    const { deliver, world, id } = await owing(30)
    await Promise.all(Array.from({ length: 8 }, () => deliver(id)))
    expect(new Set(idsOf(world.arrived)).size).toBe(30)
    expect(world.arrived).toHaveLength(30)
  })

  it('has one run at a time at a destination, and leaves nothing behind that comes meanwhile', async () => {
    const { deliver, world, id, owe, event } = await owing(1)
    let second: Promise<unknown> | null = null
    world.answer = async () => {
      if (second === null) {
        await owe(event('STATUS_CHANGED'))
        second = deliver(id)
        expect(await second).toEqual({ sent: 0, failed: 0 })
      }
      return new Response()
    }
    expect(await deliver(id)).toEqual({ sent: 2, failed: 0 })
  })

  it('is not over before every try of it is, also where one could not be noted', async () => {
    const { deliver, deps, world, endpoint, owe } = deliveryWorld()
    const places = [orderEvents(), orderEvents(), orderEvents()]
    const { id } = await endpoint({ restaurantId: null })
    await owe(...places.map(({ event }) => event('STATUS_CHANGED')))
    let [noted, isOver] = [0, false]
    let release: () => void = () => undefined
    let fail: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const failed = new Promise<void>((resolve) => (fail = resolve))
    world.answer = async () => {
      if (world.arrived.length === 3) await held
      return new Response()
    }
    const { deliveries } = deps
    const settle = deliveries.settle.bind(deliveries)
    deliveries.settle = async (...given) => {
      noted += 1
      if (noted !== 2) return settle(...given)
      fail()
      throw new Error('cut off')
    }
    const run = deliver(id).finally(() => (isOver = true))
    const outcome = expect(run).rejects.toThrow('cut off')
    await failed
    // Long enough for whoever would not wait.
    await env.DB.prepare('SELECT 1').run()
    expect([world.arrived.length, isOver]).toEqual([3, false])
    release()
    await outcome
  })

  it('leaves the rest to the queue when its time is over', async () => {
    const { deliver, world, id } = await owing(3)
    world.answer = () => {
      world.now += 15_000
      return new Response()
    }
    expect(await deliver(id, 12_000)).toEqual({ sent: 1, failed: 0 })
    expect(world.sent).toEqual([{ v: 1, kind: 'deliver', destinationId: id }])
    expect((await owedTo(id)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['DONE', 1],
      ['PENDING', 0],
      ['PENDING', 0],
    ])
    expect(await deliver(id)).toEqual({ sent: 2, failed: 0 })
  })

  it('goes on after a sender that died with the lot in its hands, when the lease is over', async () => {
    const { deliver, world, id, deps } = await owing(3)
    const dead = { id: 'dead', destinationId: id }
    const claimed = await deps.deliveries.claim(dead, world.now, world.now + MINUTE, 20)
    expect(claimed).toHaveLength(3)
    expect(await deliver(id)).toEqual({ sent: 0, failed: 0 })
    world.now += MINUTE
    expect(await deliver(id)).toEqual({ sent: 3, failed: 0 })
    // The dead come back late: what others settled stays.
    const late = { ...claimed[0]!, state: 'DEAD', lastStatus: null, lastError: 'late' } as const
    const verdict = { ...late, pausedUntil: 0, gone: false }
    expect(await deps.deliveries.settle(claimed[0]!, verdict, world.now)).toBe(false)
    expect((await owedTo(id)).every(({ state }) => state === 'DONE')).toBe(true)
  })
})

describe('a destination that does not answer', () => {
  it('is tried again after a while, and left alone for a minute once three failed in a row', async () => {
    const { deliver, world, id } = await owing(6)
    world.answer = answering(503)
    expect(await deliver(id)).toEqual({ sent: 0, failed: 3 })
    world.now += 30_000
    expect(await deliver(id)).toEqual({ sent: 0, failed: 0 })
    world.now += 30_000
    expect(await deliver(id)).toEqual({ sent: 0, failed: 3 })
    const deliveries = await owedTo(id)
    // The oldest first again; who waits behind them has used up nothing.
    expect(deliveries.map(({ attempts }) => attempts)).toEqual([2, 2, 2, 0, 0, 0])
  })

  it('gets everything once it is back after a day, and nothing was given up', async () => {
    const { deliver, world, id, eventIds } = await owing(12)
    world.answer = answering(500)
    for (const end = world.now + 24 * HOUR; world.now < end; world.now += 30 * MINUTE)
      await deliver(id)
    const down = await owedTo(id)
    expect(down.every(({ state, attempts }) => state === 'PENDING' && attempts > 0)).toBe(true)
    world.arrived.length = 0
    world.answer = () => new Response()
    for (let hours = 0; hours < 12; hours += 1, world.now += HOUR) await deliver(id)
    expect(idsOf(world.arrived).toSorted()).toEqual([...eventIds].toSorted())
    expect((await owedTo(id)).every(({ state }) => state === 'DONE')).toBe(true)
  })

  it('is given up in the end, visibly, after twelve tries and more than a day', async () => {
    const { deliver, world, id } = await owing(1)
    const from = world.now
    world.answer = () => Promise.reject(new Error('refused'))
    for (let tries = 0; tries < 20; tries += 1) {
      await deliver(id)
      world.now = Math.max(world.now, (await owedTo(id))[0]!.nextAt)
    }
    const [delivery] = await owedTo(id)
    expect(delivery).toMatchObject({ state: 'DEAD', attempts: TRIES, lastError: 'NO_ANSWER' })
    expect(delivery!.settledAt! - from).toBeGreaterThan(26 * HOUR)
    expect(world.arrived).toHaveLength(TRIES)
    expect(world.logged.filter(({ kind }) => kind === 'delivery-dead')).toHaveLength(1)
  })

  it('is disabled after five days of nothing but failures, and not before', async () => {
    const { deliver, world, id, owe, event, deps } = await owing(1)
    world.answer = answering(500)
    await deliver(id)
    for (let day = 1; day <= 5; day += 1) {
      world.now += 24 * HOUR
      expect((await deps.deliveries.pushTarget(id))?.closed).toBeNull()
      await owe(event('STATUS_CHANGED'))
      await deliver(id)
    }
    expect((await deps.deliveries.pushTarget(id))?.closed).toBe('FAILING')
    expect((await owedTo(id)).every(({ state }) => state === 'DEAD')).toBe(true)
    expect(await owe(event('STATUS_CHANGED'))).not.toContain(id)
  })

  it('does not hold up the others', async () => {
    const { deliver, world, endpoint, owe, event, restaurantId, id } = await owing(0)
    const other = await endpoint({ restaurantId }, { url: 'https://quick.test/hook' })
    await owe(event('STATUS_CHANGED'))
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    world.answer = async ({ url }) => {
      if (url.includes('partner')) await held
      return new Response()
    }
    const slow = deliver(id)
    expect(await deliver(other.id)).toEqual({ sent: 1, failed: 0 })
    release()
    expect(await slow).toEqual({ sent: 1, failed: 0 })
  })
})

describe('a destination that says when', () => {
  it('is left alone until then, and being told so is no try', async () => {
    const { deliver, world, id } = await owing(2)
    world.answer = answering(429, { 'retry-after': '90' })
    await deliver(id)
    expect(world.arrived).toHaveLength(1)
    world.now += 89_000
    expect(await deliver(id)).toEqual({ sent: 0, failed: 0 })
    expect((await owedTo(id)).map(({ attempts }) => attempts)).toEqual([0, 0])
    world.now += 1_000
    world.answer = () => new Response()
    expect(await deliver(id)).toEqual({ sent: 2, failed: 0 })
  })

  it('is believed for a day at most, by date as well', async () => {
    const { deliver, world, id } = await owing(1)
    const date = new Date(world.now + 72 * HOUR).toUTCString()
    world.answer = answering(503, { 'retry-after': date })
    await deliver(id)
    expect((await owedTo(id))[0]?.nextAt).toBe(world.now + 24 * HOUR)
  })
})

describe('a destination that will not have it', () => {
  it.each([301, 400, 401, 403, 404, 405, 413, 422])(
    'is not asked again after %d',
    async (status) => {
      const { deliver, world, id } = await owing(1)
      world.answer = answering(status, status === 301 ? { location: 'https://else.test/' } : {})
      await deliver(id)
      expect(await owedTo(id)).toMatchObject([
        { state: 'DEAD', attempts: 1, lastStatus: status, lastError: `STATUS_${status}` },
      ])
      expect(world.arrived).toHaveLength(1)
    },
  )

  it('is disabled when it says that it is gone for good, and what waits for it is dead, not lost', async () => {
    const { deliver, world, id, deps } = await owing(3)
    world.answer = answering(410)
    await deliver(id)
    expect(world.arrived).toHaveLength(1)
    expect((await deps.deliveries.pushTarget(id))?.closed).toBe('GONE')
    expect((await owedTo(id)).map(({ state }) => state)).toEqual(['DEAD', 'DEAD', 'DEAD'])
  })

  it('is sent nothing more once people took it away', async () => {
    const { deliver, world, id } = await owing(2)
    await env.DB.prepare('UPDATE partner_endpoints SET disabled_at = 1 WHERE id = ?').bind(id).run()
    await deliver(id)
    expect(world.arrived).toEqual([])
    expect((await owedTo(id)).map(({ state }) => state)).toEqual(['SKIPPED', 'SKIPPED'])
  })
})

describe('the cron', () => {
  it('sends a message for each destination that is owed something now', async () => {
    const { deliver, world, id, deps } = await owing(1)
    const mine = async () => {
      world.sent.length = 0
      await deliverDue(deps)
      return world.sent.filter(
        (message) => 'destinationId' in message && message.destinationId === id,
      )
    }
    expect(await mine()).toHaveLength(1)
    world.answer = answering(500)
    await deliver(id)
    expect(await mine()).toHaveLength(0)
    world.now += MINUTE
    expect(await mine()).toHaveLength(1)
    world.answer = () => new Response()
    await deliver(id)
    expect(await mine()).toHaveLength(0)
  })
})
