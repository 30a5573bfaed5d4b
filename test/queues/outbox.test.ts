import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Job } from '../../src/domain/jobs.ts'
import { runJob } from '../../src/usecases/jobs/run-job.ts'
import { Publisher } from '../../src/usecases/jobs/publisher.ts'
import { tryJobs } from '../../src/usecases/jobs/try-jobs.ts'
import { deliver, eventsWorld, jobMessage, kitchen } from '../support/events-world.ts'
import { OWNER } from '../support/restaurant.ts'

type Publish = Extract<Job, { kind: 'publish' }>
const isPublish = (job: Job): job is Publish => job.kind === 'publish'
const numbersIn = (jobs: readonly Job[]): number[] =>
  jobs.filter(isPublish).flatMap((job) => job.events.map((event) => event.seq))

/** Longer than the longest lease of a publish job. */
const A_WHILE_MS = 400_000

async function open(paymentMethod: 'COUNTER' | 'CARD' = 'CARD') {
  const restaurant = await kitchen(paymentMethod)
  return {
    ...(await eventsWorld()),
    restaurant,
    /** What the object hands out after this time; a command that is refused finds it due. */
    dueAfter: async (ms: number): Promise<Job[]> => {
      restaurant.takeJobs()
      restaurant.passes(ms)
      await restaurant.execute(OWNER, { type: 'ready-order', orderId: restaurant.id })
      return restaurant.takeJobs()
    },
    watermark: async () =>
      (await restaurant.rows('SELECT watermark FROM restaurant'))[0]!['watermark'],
  }
}

describe('publishing what the object announced', () => {
  it('is over when the first try was confirmed: nothing is sent again', async () => {
    const { deps, restaurant, dueAfter, watermark } = await open()
    await restaurant.place()
    const jobs = restaurant.takeJobs()
    const numbers = numbersIn(jobs)
    expect(numbers).toEqual(numbers.map((_, n) => n + 1))
    await tryJobs(deps, jobs, new Publisher())
    expect(await dueAfter(5_000)).toEqual([])
    expect(await watermark()).toBe(numbers.length)
    expect(await dueAfter(A_WHILE_MS)).toEqual([])
  })

  it('comes back when nobody confirmed it', async () => {
    const { restaurant, dueAfter, deps } = await open()
    await restaurant.place()
    const numbers = numbersIn(restaurant.takeJobs())
    const again = await dueAfter(5_000)
    expect(numbersIn(again)).toEqual(numbers)
    await deliver(deps, again.map(jobMessage))
    expect(await dueAfter(A_WHILE_MS)).toEqual([])
  })

  it('comes back when the write was done and only its confirmation was lost', async () => {
    const { restaurant, dueAfter, deps } = await open()
    await restaurant.place()
    const jobs = restaurant.takeJobs().filter(isPublish)
    await deps.projector.project(
      jobs.flatMap((job) => job.events),
      deps.now(),
    )
    const again = await dueAfter(5_000)
    expect(numbersIn(again)).toEqual(numbersIn(jobs))
    expect(await deliver(deps, again.map(jobMessage))).toMatchObject({ retried: [] })
  })

  it('sends the gap again and moves the watermark only without gaps', async () => {
    const { deps, restaurant, dueAfter, watermark } = await open()
    await restaurant.place()
    const jobs = restaurant.takeJobs().filter(isPublish)
    const [lost, ...arrived] = jobs
    await tryJobs(deps, arrived, new Publisher())
    const again = await dueAfter(5_000)
    expect(numbersIn(again)).toEqual(expect.arrayContaining(numbersIn([lost!])))
    expect(await watermark()).toBe(0)
    await tryJobs(deps, again, new Publisher())
    expect(await dueAfter(A_WHILE_MS)).toEqual([])
    expect(await watermark()).toBe(numbersIn(jobs).length)
  })

  it('is over with the confirmation of what the queue brought, before its lease is', async () => {
    const { restaurant, dueAfter, deps, watermark } = await open()
    await restaurant.place()
    const numbers = numbersIn(restaurant.takeJobs())
    const again = await dueAfter(5_000)
    await tryJobs(deps, again, new Publisher())
    expect(await watermark()).toBe(numbers.length)
    expect(await restaurant.rows("SELECT due FROM agenda WHERE kind = 'publish'")).toEqual([])
  })

  it('is not confirmed by a first try that could not write', async () => {
    const { deps, restaurant, dueAfter, world } = await open()
    await restaurant.place()
    const down = {
      ...deps,
      projector: { ...deps.projector, project: () => Promise.reject(new Error('D1 is down')) },
    }
    const jobs = restaurant.takeJobs()
    await expect(runJob(down, jobs[0]!)).rejects.toThrow('D1 is down')
    await tryJobs(down, jobs, new Publisher())
    expect(world.logged).toContainEqual(
      expect.objectContaining({ kind: 'job-failed', job: 'publish', error: 'Error: D1 is down' }),
    )
    expect(numbersIn(await dueAfter(5_000))).toEqual(numbersIn(jobs))
  })
})

describe('the read model after a history', () => {
  it('equals the object', async () => {
    const { deps, restaurant } = await open('COUNTER')
    const placed = await Promise.all([1, 2, 3, 4].map(() => restaurant.place()))
    const [first, second, third] = placed.map((order) => order.id)
    const accept = { estimatedTimeMinutes: 15, message: '네', unavailableLines: [] }
    await restaurant.done(OWNER, { type: 'accept-order', orderId: first!, ...accept })
    await restaurant.done(OWNER, { type: 'ready-order', orderId: first! })
    await restaurant.done(OWNER, {
      type: 'reject-order',
      orderId: second!,
      reason: '재료 소진',
      soldOutItemIds: [],
    })
    await restaurant.done(OWNER, { type: 'acknowledge-order', orderId: third! })
    // As a queue would: backwards, and some of it twice.
    const jobs = restaurant.takeJobs().filter(isPublish).toReversed()
    for (const job of [...jobs, ...jobs.slice(3)]) await deliver(deps, [jobMessage(job)])

    const { page } = await restaurant.read(SYSTEM, {
      type: 'rebuild-page',
      section: 'orders',
      afterId: null,
      limit: 50,
    })
    const truth = page.section === 'orders' ? page.orders : []
    const rows = await env.DB.prepare(
      'SELECT state, payments, refunds FROM order_index WHERE restaurant_id = ? ORDER BY id',
    )
      .bind(restaurant.id)
      .all<{ state: string; payments: string; refunds: string }>()
    expect(
      rows.results.map(({ state, payments, refunds }) => ({
        order: JSON.parse(state) as unknown,
        payments: JSON.parse(payments) as unknown,
        refunds: JSON.parse(refunds) as unknown,
      })),
    ).toEqual(truth)
    expect(truth).toHaveLength(4)
  })
})
