import { describe, expect, it } from 'vitest'
import { deliverTo } from '../../../src/usecases/outgoing/deliver-to.ts'
import type { DeliverDeps } from '../../../src/usecases/outgoing/types.ts'
import { deliveryWorld, orderEvents, owedTo } from '../../support/deliveries.ts'

const MINUTE = 60_000

/** The same Deps for a sender that dies after so many remote calls: their answers never come. */
function dyingAfter(deps: DeliverDeps, calls: number) {
  let left = calls
  let died: () => void = () => undefined
  const dead = new Promise<'dead'>((resolve) => {
    died = () => {
      resolve('dead')
    }
  })
  const remote =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const answer = await call(...args)
      left -= 1
      if (left > 0) return answer
      died()
      return new Promise<T>(() => undefined)
    }
  const { deliveries, pushes } = deps
  const dying: DeliverDeps = {
    ...deps,
    send: remote(deps.send),
    pushes: { ...pushes, send: remote((push) => pushes.send(push)) },
    deliveries: {
      ...deliveries,
      claim: remote((...args) => deliveries.claim(...args)),
      settle: remote((...args) => deliveries.settle(...args)),
      release: remote((...args) => deliveries.release(...args)),
      leave: remote((...args) => deliveries.leave(...args)),
      pushTarget: remote((id) => deliveries.pushTarget(id)),
    },
  }
  return { dying, dead }
}

describe('a sender that dies', () => {
  it('after any of its calls costs a minute and at most one repeat', async () => {
    let calls = 1
    for (let ended: unknown = 'dead'; ended === 'dead'; calls += 1) {
      const { world, deps, owe, endpoint, deliver } = deliveryWorld()
      const { restaurantId, event } = orderEvents()
      const { id } = await endpoint({ restaurantId })
      const events = Array.from({ length: 4 }, () => event('STATUS_CHANGED'))
      await owe(...events)
      // One of them fails at first, so that every way through the run is cut.
      let failed = false
      world.answer = ({ headers }) => {
        const fails = !failed && headers.get('webhook-id') === events[1]!.id
        failed ||= fails
        return new Response(null, { status: fails ? 500 : 204 })
      }
      const { dying, dead } = dyingAfter(deps, calls)
      ended = await Promise.race([deliverTo(dying, id, 40_000), dead])
      for (let minute = 0; minute < 3; minute += 1) {
        world.now += MINUTE
        await deliver(id)
      }
      const arrived = world.arrived.map(({ headers }) => headers.get('webhook-id'))
      expect(new Set(arrived)).toEqual(new Set(events.map((made) => made.id)))
      expect(arrived.length).toBeLessThanOrEqual(events.length + 2)
      expect((await owedTo(id)).map(({ state }) => state)).toEqual(Array(4).fill('DONE'))
    }
    // Target, claims, pushes and settlements of four, and leaving: all of them were cut.
    expect(calls).toBeGreaterThan(11)
  }, 30_000)
})
