import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../src/domain/events.ts'
import type { Report } from '../../src/domain/jobs.ts'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import { consume } from '../../src/queues/consumer.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { eventsOf, orderIdIn, orderState } from '../support/events.ts'
import {
  DEAD_LETTER_QUEUE,
  deliver,
  eventsWorld,
  JOB_QUEUE,
  jobMessage,
} from '../support/events-world.ts'

const made = await eventsWorld()

/** The same Deps with objects that only note what they are told. */
const noting = (changes: Partial<Deps> = {}, owed: object = {}) => {
  const reports: (Report & { to: string })[] = []
  const deps = {
    ...made.deps,
    restaurants: (to: string) => ({
      report: (report: Report) => {
        reports.push({ ...report, to })
        return Promise.resolve({})
      },
      query: () => Promise.resolve({ ok: true, value: owed }),
    }),
    ...changes,
  } as unknown as Deps
  return { deps, reports }
}

const statusOf = async (id: string): Promise<string | undefined> =>
  (
    await env.DB.prepare('SELECT status FROM order_index WHERE id = ?')
      .bind(id)
      .first<{ status: string }>()
  )?.status

const publish = (restaurantId: string, ...events: DomainEvent[]) =>
  jobMessage({ kind: 'publish', restaurantId, events })

describe('publish messages', () => {
  it('of one restaurant become one write and one report', async () => {
    const { restaurantId, order } = eventsOf()
    const id = orderIdIn(restaurantId)
    let writes = 0
    const { deps, reports } = noting({
      projector: {
        ...made.deps.projector,
        project: (events, now) => {
          writes += 1
          return made.deps.projector.project(events, now)
        },
      },
    })
    const result = await deliver(deps, [
      publish(restaurantId, order(2, orderState({ id, status: 'ACCEPTED' }))),
      publish(restaurantId, order(1, orderState({ id }))),
      publish(restaurantId, order(3, orderState({ id, status: 'READY' }))),
    ])
    expect(result).toEqual({ acked: [0, 1, 2], retried: [] })
    expect(writes).toBe(1)
    expect(reports).toEqual([
      { to: restaurantId, kind: 'published', epoch: 1, fromSeq: 1, toSeq: 3 },
    ])
    expect(await statusOf(id)).toBe('READY')
  })

  it('may come twice, late and out of order', async () => {
    const { restaurantId, order } = eventsOf()
    const id = orderIdIn(restaurantId)
    const { deps } = noting()
    const late = publish(restaurantId, order(1, orderState({ id })))
    const last = publish(restaurantId, order(2, orderState({ id, status: 'CANCELLED' })))
    for (const message of [last, late, last, late])
      expect(await deliver(deps, [message])).toEqual({ acked: [0], retried: [] })
    expect(await statusOf(id)).toBe('CANCELLED')
  })

  it('report only the numbers they carried, gap by gap and epoch by epoch', async () => {
    const { restaurantId, order } = eventsOf()
    const state = orderState({ id: orderIdIn(restaurantId) })
    const { deps, reports } = noting()
    await deliver(deps, [
      publish(restaurantId, order(4, state), order(1, state), order(2, state), order(2, state)),
      publish(restaurantId, order(1, state, 2)),
    ])
    expect(reports).toMatchObject([
      { epoch: 1, fromSeq: 1, toSeq: 2 },
      { epoch: 1, fromSeq: 4, toSeq: 4 },
      { epoch: 2, fromSeq: 1, toSeq: 1 },
    ])
  })

  it('are not acknowledged and not reported while D1 fails', async () => {
    const { restaurantId, order } = eventsOf()
    const state = orderState({ id: orderIdIn(restaurantId) })
    let writes = 0
    const { deps, reports } = noting({
      projector: {
        ...made.deps.projector,
        project: () => {
          writes += 1
          return Promise.reject(new StorageUnavailableError('down'))
        },
      },
    })
    const result = await deliver(deps, [
      publish(restaurantId, order(1, state)),
      publish(restaurantId, order(2, state)),
    ])
    expect(result.acked).toEqual([])
    expect(result.retried).toEqual([0, 1])
    expect(reports).toEqual([])
    // A database in trouble is not asked again message by message.
    expect(writes).toBe(1)
  })

  it('are not acknowledged when the object could not be told', async () => {
    const { restaurantId, order } = eventsOf()
    const { deps } = noting({
      restaurants: (() => ({
        report: () => Promise.reject(new Error('object reset')),
      })) as unknown as Deps['restaurants'],
    })
    const message = publish(restaurantId, order(1, orderState({ id: orderIdIn(restaurantId) })))
    expect((await deliver(deps, [message])).retried).toHaveLength(1)
  })
})

describe('a message that fails', () => {
  it('fails no other, of its own restaurant neither', async () => {
    const [one, two] = [eventsOf(), eventsOf()]
    const [good, other] = [orderIdIn(one.restaurantId), orderIdIn(two.restaurantId)]
    const { deps } = noting()
    const poison = {
      v: 1,
      kind: 'job',
      job: { kind: 'publish', restaurantId: one.restaurantId, events: [{ seq: 'nonsense' }] },
    }
    const result = await deliver(deps, [
      poison,
      publish(one.restaurantId, one.order(1, orderState({ id: good, status: 'READY' }))),
      publish(two.restaurantId, two.order(1, orderState({ id: other }))),
      { kind: 'somebody else’s' },
    ])
    expect(result.acked).toEqual([1, 2])
    expect(result.retried).toEqual([0, 3])
    expect(await statusOf(good)).toBe('READY')
    expect(await statusOf(other)).toBe('PENDING')
  })

  it('waits longer every time, never beyond what the queue takes', async () => {
    const { deps } = noting()
    const delayAt = async (attempts: number) => {
      const delays: (number | undefined)[] = []
      const message = {
        ...{ id: 'm', timestamp: new Date(), attempts, body: 'nonsense' },
        retry: (options?: QueueRetryOptions) => delays.push(options?.delaySeconds),
      }
      await consume(deps, { queue: JOB_QUEUE, messages: [message] } as unknown as MessageBatch)
      return delays[0]
    }
    const [first, fifth, last] = [await delayAt(1), await delayAt(5), await delayAt(99)]
    expect(first).toBeGreaterThanOrEqual(2)
    expect(first).toBeLessThanOrEqual(5)
    expect(fifth).toBeGreaterThanOrEqual(40)
    expect(last).toBeGreaterThanOrEqual(6 * 3600)
    expect(last).toBeLessThanOrEqual(12 * 3600)
  })
})

describe('jobs of payments', () => {
  it('look the payment up and tell its object', async () => {
    const { restaurantId } = eventsOf()
    const { deps, reports } = noting()
    const paymentId = orderIdIn(restaurantId)
    const named = { provider: 'toss', providerKey: null } as const
    const job = { kind: 'look-up', restaurantId, paymentId, ...named } as const
    expect((await deliver(deps, [jobMessage(job)])).acked).toEqual([0])
    expect(reports).toMatchObject([{ to: restaurantId, kind: 'looked-up', paymentId }])
  })

  const refundJob = (restaurantId: string) => ({
    refundId: orderIdIn(restaurantId),
    paymentId: orderIdIn(restaurantId),
    orderId: orderIdIn(restaurantId),
    provider: 'toss' as const,
    providerKey: 'key',
    amount: 9_000,
    currency: 'KRW',
    reason: 'UNAVAILABLE_LINES',
    attempt: 2,
  })
  const refunding = (owed: object) => {
    const asked: unknown[] = []
    const refund = (request: unknown) => {
      asked.push(request)
      return Promise.resolve({ kind: 'done', providerRef: null } as const)
    }
    const provider = async (...of: Parameters<Deps['provider']>) => ({
      ...(await made.deps.provider(...of)),
      refund,
    })
    return { asked, ...noting({ provider }, { refund: owed, sealedAccount: null }) }
  }

  it('pay back with the attempt’s own key and tell the object', async () => {
    const { restaurantId } = eventsOf()
    const { asked, deps, reports } = refunding({ status: 'REQUESTED', attempt: 2 })
    const refund = refundJob(restaurantId)
    await deliver(deps, [jobMessage({ kind: 'refund', restaurantId, ...refund })])
    expect(asked).toEqual([expect.objectContaining({ ...refund, account: null })])
    expect(reports).toMatchObject([
      { kind: 'refunded', refundId: refund.refundId, attempt: 2, outcome: { kind: 'done' } },
    ])
  })

  it.each([
    ['is done', { status: 'DONE', attempt: 2 }],
    ['is at a later attempt', { status: 'REQUESTED', attempt: 3 }],
    ['people must make', { status: 'DUE', attempt: 2 }],
  ])('move no money for a refund that %s: the message is old', async (_, owed) => {
    const { restaurantId } = eventsOf()
    const { asked, deps, reports } = refunding(owed)
    const job = { kind: 'refund', restaurantId, ...refundJob(restaurantId) } as const
    expect(await deliver(deps, [jobMessage(job)])).toEqual({ acked: [0], retried: [] })
    expect([asked, reports]).toEqual([[], []])
  })
})

describe('the dead-letter queue', () => {
  it('keeps a letter once, however often it is delivered', async () => {
    const { deps } = noting()
    const body = { v: 9, kind: 'from the future' }
    const dead = { queue: DEAD_LETTER_QUEUE, ids: [crypto.randomUUID()] }
    expect((await deliver(deps, [body], dead)).acked).toEqual([0])
    expect((await deliver(deps, [body], dead)).acked).toEqual([0])
    const letters = await deps.deadLetters.page({ limit: 100, beforeId: null })
    expect(
      letters.filter((letter) => JSON.stringify(letter.body) === JSON.stringify(body)),
    ).toEqual([expect.objectContaining({ errorKind: 'MALFORMED', redrivenAt: null })])
  })

  it('is known in every environment', async () => {
    const { deps } = noting()
    const body = { v: 9, kind: 'from staging' }
    const dead = { queue: 'ordersync-staging-jobs-dead', ids: [crypto.randomUUID()] }
    await deliver(deps, [body], dead)
    const letters = await deps.deadLetters.page({ limit: 100, beforeId: null })
    expect(letters).toContainEqual(expect.objectContaining({ body, errorKind: 'MALFORMED' }))
  })

  it('tells given-up work from nonsense', async () => {
    const { restaurantId, order } = eventsOf()
    const { deps } = noting()
    const message = publish(restaurantId, order(1, orderState({ id: orderIdIn(restaurantId) })))
    const dead = { queue: DEAD_LETTER_QUEUE, ids: [crypto.randomUUID()] }
    await deliver(deps, [message], dead)
    const letters = await deps.deadLetters.page({ limit: 100, beforeId: null })
    expect(letters).toContainEqual(
      expect.objectContaining({ body: message, errorKind: 'EXHAUSTED' }),
    )
  })

  it('holds on to a letter while D1 fails', async () => {
    const { deps } = noting({
      deadLetters: {
        ...made.deps.deadLetters,
        insert: () => Promise.reject(new StorageUnavailableError('down')),
      },
    })
    const result = await deliver(deps, ['x'], { queue: DEAD_LETTER_QUEUE })
    expect(result).toMatchObject({ acked: [], retried: [0] })
  })
})
