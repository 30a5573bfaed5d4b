import { describe, expect, it } from 'vitest'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { parseQueueMessage } from '../../src/queues/messages.ts'
import { deliveryWorld, orderEvents, owedTo } from '../support/deliveries.ts'
import { deliver as consumed } from '../support/events-world.ts'

const messageFor = (destinationId: string) => ({ v: 1, kind: 'deliver', destinationId })

async function owing() {
  const made = deliveryWorld()
  const { restaurantId, event } = orderEvents()
  const { id } = await made.endpoint({ restaurantId })
  await made.owe(event('STATUS_CHANGED'), event('STATUS_CHANGED'))
  return { ...made, id, deps: made.deps as Deps }
}

describe('messages that name a destination', () => {
  it('have it sent what it is owed, once, also when they come twice and together', async () => {
    const { id, deps, world } = await owing()
    const twice = [messageFor(id), messageFor(id)]
    expect(await consumed(deps, twice)).toEqual({ acked: [0, 1], retried: [] })
    expect(await consumed(deps, twice)).toEqual({ acked: [0, 1], retried: [] })
    expect(world.arrived).toHaveLength(2)
  })

  it('are done when the destination fails: what it is owed is due again by its own schedule', async () => {
    const { id, deps, world } = await owing()
    world.answer = () => new Response(null, { status: 500 })
    expect(await consumed(deps, [messageFor(id)])).toEqual({ acked: [0], retried: [] })
    expect((await owedTo(id)).map(({ state }) => state)).toEqual(['PENDING', 'PENDING'])
  })

  it('wait for D1, and take nothing from the destination if they die of it', async () => {
    const { id, deps, deliver } = await owing()
    const down = {
      ...deps,
      deliveries: {
        ...deps.deliveries,
        claim: () => Promise.reject(new StorageUnavailableError('down')),
      },
    }
    expect(await consumed(down, [messageFor(id)])).toEqual({ acked: [], retried: [0] })
    expect(await deliver(id)).toEqual({ sent: 2, failed: 0 })
  })

  it.each([{ destinationId: '' }, { destinationId: 'x'.repeat(101) }, {}])(
    'are none of ours as %o',
    (fields) => {
      expect(parseQueueMessage({ v: 1, kind: 'deliver', ...fields })).toBeNull()
    },
  )
})
