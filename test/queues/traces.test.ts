import { describe, expect, it } from 'vitest'
import { parseQueueMessage } from '../../src/queues/messages.ts'
import { deliver, eventsWorld, jobMessage } from '../support/events-world.ts'
import { eventsOf, orderIdIn, orderState } from '../support/events.ts'
import { newTrace, TRACE_ID } from '../support/traces.ts'

const { world, deps } = await eventsWorld()

const BODIES = [
  { v: 1, kind: 'deliver', destinationId: 'platform' },
  {
    v: 1,
    kind: 'rebuild',
    rebuildId: crypto.randomUUID(),
    restaurantId: crypto.randomUUID(),
    afterId: null,
  },
  { v: 1, kind: 'job', job: { kind: 'look-up', restaurantId: crypto.randomUUID() } },
]

describe('a message', () => {
  it.each(BODIES)('of kind $kind says whose trace it is, or does not', (body) => {
    expect(parseQueueMessage({ ...body, traceId: TRACE_ID })).toMatchObject({ traceId: TRACE_ID })
    expect(parseQueueMessage(body)?.traceId).toBeUndefined()
  })

  it.each(['nonsense', 17, null, '0'.repeat(32), `${TRACE_ID}\n`])(
    'is read all the same where its trace is %j',
    (traceId) => {
      const read = parseQueueMessage({ ...BODIES[0], traceId })
      expect(read).toMatchObject({ kind: 'deliver' })
      expect(read?.traceId).toBeUndefined()
    },
  )
})

describe('lines about messages', () => {
  it('are of the trace and the order of each, in one batch', async () => {
    const made = [eventsOf(), eventsOf()].map(({ restaurantId, order }) => {
      const [orderId, traceId] = [orderIdIn(restaurantId), newTrace()]
      const event = { ...order(1, orderState({ id: orderId })), traceId }
      return { restaurantId, orderId, traceId, event }
    })
    world.logged.splice(0)
    await deliver(
      deps,
      made.map(({ restaurantId, event }) =>
        jobMessage({ kind: 'publish', restaurantId, events: [event] }),
      ),
    )
    for (const { restaurantId, orderId, traceId } of made) {
      const [line] = world.logged.filter((one) => one['restaurantId'] === restaurantId)
      expect(line).toMatchObject({ what: 'publish', orderId, traceId })
    }
  })

  it('name no order where they are about several', async () => {
    const { restaurantId, order } = eventsOf()
    const events = [1, 2].map((seq) => order(seq, orderState({ id: orderIdIn(restaurantId) })))
    world.logged.splice(0)
    await deliver(deps, [jobMessage({ kind: 'publish', restaurantId, events })])
    const [line] = world.logged.filter((one) => one['restaurantId'] === restaurantId)
    expect(line).toMatchObject({ what: 'publish', orderId: null })
    expect(line?.['traceId']).toMatch(/^[0-9a-f]{32}$/)
  })
})
