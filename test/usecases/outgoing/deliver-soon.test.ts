import { describe, expect, it } from 'vitest'
import { deliverSoon } from '../../../src/usecases/outgoing/deliver-soon.ts'
import { deliveryWorld, orderEvents, owedTo } from '../../support/deliveries.ts'

const SECOND = 1000

/** A new endpoint; `happens` owes it an event and tries at once, as whoever publishes does. */
async function newEndpoint() {
  const made = deliveryWorld()
  const { deps, owe, endpoint, world } = made
  const { id } = await endpoint({ restaurantId: null })
  const happens = async (...orders: ReturnType<typeof orderEvents>[]) => {
    const owed = await owe(...orders.map(({ event }) => event('STATUS_CHANGED')))
    await deliverSoon(
      deps,
      owed.filter((destinationId) => destinationId === id),
    )
  }
  const states = async () => (await owedTo(id)).map(({ state }) => state)
  const isDue = async () => (await deps.deliveries.due(world.now, 1_000)).includes(id)
  return { ...made, id, happens, states, isDue }
}

/** Answers so to the first try, and takes everything after it. */
function firstAnswer(world: ReturnType<typeof deliveryWorld>['world'], first: () => Response) {
  world.answer = () => (world.arrived.length === 1 ? first() : new Response())
}

describe('the first try at a new endpoint', () => {
  it('takes along what happens meanwhile, here and elsewhere, and leaves the cron nothing', async () => {
    const { world, happens, states, isDue } = await newEndpoint()
    const [here, elsewhere] = [orderEvents(), orderEvents()]
    const from = world.now
    world.answer = async () => {
      if (world.arrived.length === 1) {
        world.now += 9 * SECOND
        await happens(here, elsewhere)
        await happens(here)
        expect(world.arrived).toHaveLength(1)
      }
      return new Response()
    }
    await happens(here)
    expect(await states()).toEqual(['DONE', 'DONE', 'DONE', 'DONE'])
    const after = world.arrived.map(({ at }) => at - from)
    expect(after).toEqual([0, 9 * SECOND, 9 * SECOND, 9 * SECOND])
    expect([world.sent, await isDue()]).toEqual([[], false])
  })

  it('takes along what is written between its look at the clock and its look at D1', async () => {
    const { deps, world, happens, states, isDue } = await newEndpoint()
    const order = orderEvents()
    const { deliveries } = deps
    const claim = deliveries.claim.bind(deliveries)
    let claims = 0
    deliveries.claim = async (...given) => {
      claims += 1
      if (claims !== 2) return claim(...given)
      // Whoever writes it finds the endpoint taken, and by a later clock than this run's.
      world.now += 100
      await happens(order)
      return claim(...given)
    }
    await happens(order)
    expect(await states()).toEqual(['DONE', 'DONE'])
    expect(await isDue()).toBe(false)
  })

  it('leaves behind what failed alone, and that for its own wait', async () => {
    const { world, deliver, id, happens, states } = await newEndpoint()
    const order = orderEvents()
    firstAnswer(world, () => new Response(null, { status: 503 }))
    await happens(order, order, order)
    expect(await states()).toEqual(['PENDING', 'DONE', 'DONE'])
    // What happens while it waits does not wait with it.
    world.now += SECOND
    await happens(order)
    expect(await states()).toEqual(['PENDING', 'DONE', 'DONE', 'DONE'])
    world.now += 5 * SECOND
    expect(await deliver(id)).toEqual({ sent: 1, failed: 0 })
  })

  it.each([
    ['shorter than the wait of what failed', 2, ['PENDING', 'DONE', 'DONE']],
    ['longer', 20, ['DONE', 'DONE', 'DONE']],
  ])('keeps nobody longer than the endpoint asked for: %s', async (_, seconds, then) => {
    const { world, deliver, id, happens, states } = await newEndpoint()
    const order = orderEvents()
    const headers = { 'retry-after': String(seconds) }
    firstAnswer(world, () => new Response(null, { status: 503, headers }))
    await happens(order, order, order)
    world.now += seconds * SECOND - 1
    await deliver(id)
    expect(world.arrived).toHaveLength(1)
    world.now += 1
    await deliver(id)
    expect(await states()).toEqual(then)
  })
})
