import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createProjector } from '../../src/db/projector.ts'
import { createDeadLetters } from '../../src/db/repositories/dead-letters.ts'
import { createFeedMending } from '../../src/db/repositories/feed-mending.ts'
import { createRestoreRepository } from '../../src/db/repositories/restores.ts'
import { createRebuildRepository } from '../../src/db/repositories/rebuilds.ts'
import { restaurantKeyOf } from '../../src/domain/ids.ts'
import type { Job } from '../../src/domain/jobs.ts'
import { defaultSettings } from '../../src/domain/restaurant/settings.ts'
import type { PaymentProvider } from '../../src/providers/payment-port.ts'
import { consume } from '../../src/queues/consumer.ts'
import type { QueueMessage } from '../../src/queues/messages.ts'
import { createRestaurants } from '../../src/restaurant/client.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { identityWorld, newEmail } from './identity.ts'
import { guest, openRestaurantObject, orderOf, withItem } from './restaurant.ts'

export const JOB_QUEUE = 'ordersync-development-jobs'
export const DEAD_LETTER_QUEUE = 'ordersync-development-jobs-dead'

const unknown = { kind: 'unknown', detail: 'no provider in this test' } as const

/** Real D1 and objects; what is sent and started is collected, and the test delivers it. */
export async function eventsWorld() {
  const { world, deps: parts } = await identityWorld()
  world.now = Date.now()
  const sent: { message: QueueMessage; delaySeconds: number | undefined }[] = []
  const started: Job[] = []
  const provider: PaymentProvider = {
    open: () => Promise.resolve(unknown),
    capture: () => Promise.resolve(unknown),
    lookUp: () => Promise.resolve(unknown),
    refund: () => Promise.resolve(unknown),
    void: () => Promise.resolve(unknown),
  }
  const deps: Deps = {
    ...parts,
    restaurants: createRestaurants(env.RESTAURANTS, (jobs) => started.push(...jobs)),
    projector: createProjector(env.DB),
    rebuilds: createRebuildRepository(env.DB),
    restores: createRestoreRepository(env.DB),
    feedMending: createFeedMending(env.DB),
    deadLetters: createDeadLetters(env.DB),
    provider: () => Promise.resolve(provider),
    send: (message, delaySeconds) => {
      sent.push({ message, delaySeconds })
      return Promise.resolve()
    },
  }
  return { world, deps, sent, started, deliver: (...bodies: unknown[]) => deliver(deps, bodies) }
}

/** One batch to the consumer; tells by the position of each body what became of it. */
export async function deliver(
  deps: Deps,
  bodies: readonly unknown[],
  { queue = JOB_QUEUE, attempts = 1, ids = bodies.map((_, n) => `message-${n}`) } = {},
) {
  const timestamp = new Date(1_763_600_000_000)
  const messages = bodies.map((body, n) => ({ id: ids[n]!, timestamp, attempts, body }))
  const batch = createMessageBatch(queue, messages)
  await consume(deps, batch)
  const result = await getQueueResult(batch, createExecutionContext())
  const positions = (given: readonly string[]) => given.map((id) => ids.indexOf(id)).toSorted()
  return {
    acked: positions(result.explicitAcks),
    retried: positions(result.retryMessages.map(({ msgId }) => msgId)),
  }
}

export const jobMessage = (job: Job): QueueMessage => ({ v: 1, kind: 'job', job })

/**
 * A restaurant on the real object with one dish, where orders are paid at the counter; or by card, in
 * advance: those wait for their money, and nobody has to see them.
 */
export async function kitchen(paymentMethod: 'COUNTER' | 'CARD' = 'COUNTER') {
  const paymentPolicy = paymentMethod === 'COUNTER' ? 'POSTPAID' : 'PREPAID'
  const restaurant = await openRestaurantObject({ paymentPolicy, tableAccess: 'OPEN' })
  const { item } = await withItem(restaurant)
  const order = orderOf([{ itemId: item.id, quantity: 1 }], { paymentMethod })
  return {
    ...restaurant,
    /** An order of a guest of its own. */
    place: async () => (await restaurant.done(guest(crypto.randomUUID()), order)).order,
    /** The jobs of all commands since it was asked last. */
    takeJobs: () => restaurant.jobs.splice(0),
  }
}

/** Enters the restaurant in the platform's registry, as its creation does. */
export async function enrol(deps: Deps, restaurantId: string): Promise<void> {
  const ownerId = crypto.randomUUID()
  const [createdAt, email] = [deps.now(), newEmail()]
  await deps.users.insert({
    id: ownerId,
    email,
    name: '사장님',
    role: 'OWNER',
    passwordHash: '',
    createdAt,
  })
  await deps.registry.register(
    {
      id: restaurantId,
      key: restaurantKeyOf(restaurantId),
      ownerId,
      settings: defaultSettings({ name: '맛있는 치킨집' }),
      createdAt,
      initializedAt: createdAt,
    },
    null,
    'fingerprint',
  )
}
