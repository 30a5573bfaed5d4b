import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import type { Report } from '../../src/domain/jobs.ts'
import { deliverSoon } from '../../src/usecases/outgoing/deliver-soon.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { deliveryWorld, orderEvents, owedTo } from '../support/deliveries.ts'
import { deliver as consumed, jobMessage } from '../support/events-world.ts'
import { feedPartner } from '../support/feed.ts'

const MINUTE = 60_000
vi.setConfig({ testTimeout: 120_000 })

type Call = <A extends unknown[], T>(work: (...args: A) => Promise<T>) => (...args: A) => Promise<T>

/** A consumer that dies at its n-th remote call, every other time before the call has done anything. */
function dyingAt(n: number) {
  let left = n
  let died: () => void = () => undefined
  const dead = new Promise<'dead'>((resolve) => {
    died = () => {
      resolve('dead')
    }
  })
  const never = <T>() => new Promise<T>(() => undefined)
  const remote: Call =
    (work) =>
    async (...args) => {
      if (left <= 0) return never()
      left -= 1
      const isLast = left === 0
      if (isLast && n % 2 === 0) {
        died()
        return never()
      }
      const answer = await work(...args)
      if (!isLast) return answer
      died()
      return never()
    }
  return { remote, dead }
}

const untouched: Call = (work) => work

/** Two restaurants with two endpoints; a batch of the queue with what happened in them. */
async function owing() {
  const made = deliveryWorld()
  const { world, deps, owe, endpoint, deliver } = made
  const kitchens = [orderEvents(), orderEvents()] as const
  const [one, other] = kitchens.map(({ restaurantId }) => restaurantId)
  const add = async () => {
    const added = await endpoint({ restaurantId: one! })
    await feedPartner(added.partnerId).subscribe(other!)
    return added
  }
  const endpoints = [await add(), await add()]
  const eventsOf = ({ event }: (typeof kitchens)[number], count: number): DomainEvent[] =>
    Array.from({ length: count }, () => event('STATUS_CHANGED'))
  const early = kitchens.flatMap((kitchen) => eventsOf(kitchen, 1))
  await owe(...early)
  const late = kitchens.map((kitchen) => [eventsOf(kitchen, 2), eventsOf(kitchen, 1)] as const)
  const publishing = kitchens.flatMap(({ restaurantId }, n) =>
    late[n]!.map((events) => jobMessage({ kind: 'publish', restaurantId, events: [...events] })),
  )
  const batch = [
    ...publishing,
    ...endpoints.map(({ id }) => ({ v: 1, kind: 'deliver', destinationId: id })),
  ]
  const events = [...early, ...late.flat(2)]

  /** The consumer's Deps, whose calls go the given way. */
  function consumer(remote: Call) {
    const beside: Promise<void>[] = []
    const projector = createProjector(env.DB)
    const { deliveries, pushes } = deps
    const outgoing = {
      ...deps,
      pushes: {
        ...pushes,
        send: remote((...args: Parameters<typeof pushes.send>) => pushes.send(...args)),
      },
      deliveries: {
        ...deliveries,
        claim: remote((...args: Parameters<typeof deliveries.claim>) => deliveries.claim(...args)),
        settle: remote((...args: Parameters<typeof deliveries.settle>) =>
          deliveries.settle(...args),
        ),
        leave: remote((...args: Parameters<typeof deliveries.leave>) => deliveries.leave(...args)),
      },
    }
    const parts = {
      ...outgoing,
      projector: {
        ...projector,
        project: remote(async (given: readonly DomainEvent[], now: number) => {
          const owed = await projector.project(given, now)
          beside.push(deliverSoon(outgoing, owed))
          return owed
        }),
      },
      restaurants: () => ({ report: remote((_: Report) => Promise.resolve({})) }),
    } as unknown as Deps
    return async () => {
      const result = await consumed(parts, batch)
      await Promise.all(beside)
      return result
    }
  }
  return { world, kitchens, endpoints, events, consumer, deliver }
}

const countOf = async (text: string, ...values: string[]) =>
  (await env.DB.prepare(text)
    .bind(...values)
    .first<number>('rows')) ?? 0

describe('a batch whose consumer dies', () => {
  it('at any of its calls comes again, and everything in it is there once', async () => {
    let cut = 1
    for (let ended: unknown = 'dead'; ended === 'dead'; cut += 1) {
      const { world, kitchens, endpoints, events, consumer, deliver } = await owing()
      const { remote, dead } = dyingAt(cut)
      ended = await Promise.race([consumer(remote)(), dead])
      world.now += MINUTE + 1
      // Nothing of it was acknowledged; and the queue may bring the same once more.
      for (let time = 0; time < 2; time += 1)
        expect((await consumer(untouched)()).retried).toEqual([])
      world.now += MINUTE
      for (const { id } of endpoints) await deliver(id)

      for (const { restaurantId } of kitchens) {
        expect(
          await countOf(
            'SELECT count(*) AS rows FROM feed_events WHERE restaurant_id = ?',
            restaurantId,
          ),
        ).toBe(4)
        expect(
          await countOf(
            'SELECT contiguous_seq AS rows FROM feed_progress WHERE restaurant_id = ?',
            restaurantId,
          ),
        ).toBe(4)
        expect(
          await countOf(
            'SELECT count(*) AS rows FROM feed_spans WHERE restaurant_id = ?',
            restaurantId,
          ),
        ).toBe(0)
      }
      const ids = events.map(({ id }) => id).toSorted()
      for (const { id, partnerId } of endpoints) {
        const owed = await owedTo(id)
        expect(owed.map(({ eventId }) => eventId).toSorted()).toEqual(ids)
        expect(owed.every(({ state }) => state === 'DONE')).toBe(true)
        const pulled = await feedPartner(partnerId).pull()
        expect(pulled.events.map((event) => event.id).toSorted()).toEqual(ids)
      }
      // Whoever died after a push may have made one twice at each of its destinations.
      const arrived = world.arrived.map(({ headers }) => headers.get('webhook-id')).toSorted()
      expect(new Set(arrived)).toEqual(new Set(ids))
      expect(arrived.length - 2 * ids.length).toBeLessThanOrEqual(8)
    }
    expect(cut).toBeGreaterThan(20)
  })
})
