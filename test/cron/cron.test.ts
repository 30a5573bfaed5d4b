import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { runCron } from '../../src/cron/run.ts'
import { SCHEDULE } from '../../src/cron/schedule.ts'
import wrangler from '../../wrangler.toml?raw'
import { enrol, eventsWorld, JOB_QUEUE, kitchen } from '../support/events-world.ts'

const DAY_MS = 24 * 3600 * 1000
const FIVE_MINUTES = '*/5 * * * *'
const DAILY = '17 18 * * *'

const quoted = (text: string): string[] => [...text.matchAll(/"([^"]+)"/g)].map((m) => m[1]!)

describe('wrangler.toml and the code', () => {
  it('know the same times', () => {
    const [, crons = ''] = /^crons = \[(.*)\]$/m.exec(wrangler) ?? []
    expect(quoted(crons).toSorted()).toEqual(Object.keys(SCHEDULE).toSorted())
  })

  it('give both queues a consumer everywhere, and failures a place to go', () => {
    const queues = [
      ['', 'ordersync-jobs'],
      ['env\\.staging\\.', 'ordersync-staging-jobs'],
      ['env\\.development\\.', JOB_QUEUE],
    ] as const
    for (const [environment, queue] of queues) {
      const consumers = [
        ...wrangler.matchAll(
          new RegExp(`^\\[\\[${environment}queues\\.consumers\\]\\]\\n((?:.+\\n?)+)`, 'gm'),
        ),
      ].map((match) => match[1]!)
      const [jobs, dead] = consumers
      expect(jobs).toContain(`queue = "${queue}"`)
      expect(jobs).toContain(`dead_letter_queue = "${queue}-dead"`)
      expect(dead).toContain(`queue = "${queue}-dead"`)
    }
  })
})

describe('the cron', () => {
  it('runs every job of its time; one that fails stops no other', async () => {
    const { deps, world } = await eventsWorld()
    const registry = { ...deps.registry, unfinished: () => Promise.reject(new Error('no table')) }
    await runCron({ ...deps, registry }, FIVE_MINUTES)
    const [first, ...others] = SCHEDULE[FIVE_MINUTES]
    expect(first).toBe('finish-unfinished-restaurants')
    expect(world.logged.map(({ kind, job }) => [kind, job])).toEqual([
      ['cron-failed', first],
      ...others.map((job) => ['cron-done', job]),
    ])
  })

  it('makes a noise about a time that nobody wrote down', async () => {
    const { deps, world } = await eventsWorld()
    await expect(runCron(deps, '0 0 1 1 *')).rejects.toThrow('nothing is scheduled')
    expect(world.logged).toMatchObject([{ level: 'error', kind: 'cron-unknown' }])
  })

  it('brings a read model up to date that was left behind', async () => {
    const { deps, world } = await eventsWorld()
    const restaurant = await kitchen()
    await enrol(deps, restaurant.id)
    const { id } = await restaurant.place()
    const row = () => env.DB.prepare('SELECT id FROM order_index WHERE id = ?').bind(id).first()

    world.now = restaurant.now() + 1_000
    await runCron(deps, FIVE_MINUTES)
    expect(await row()).toBeNull()
    world.now += 120_000
    await runCron(deps, FIVE_MINUTES)
    expect(await row()).toEqual({ id })
    expect(world.logged).toContainEqual(
      expect.objectContaining({ kind: 'projection-lagging', restaurantId: restaurant.id }),
    )
    // The object was told: nothing is sent again.
    restaurant.takeJobs()
    restaurant.passes(400_000)
    await restaurant.place()
    const again = restaurant.takeJobs()
    expect(again).toMatchObject([
      { kind: 'publish', events: [{ type: 'ORDER_UNSEEN' }, { type: 'NEW_ORDER' }] },
    ])
  })

  it('removes dead letters a month after they were sent again, and no others', async () => {
    const { deps, world } = await eventsWorld()
    const letter = { body: {}, errorKind: 'EXHAUSTED', firstSeenAt: world.now } as const
    const [kept, gone] = [crypto.randomUUID(), crypto.randomUUID()]
    await deps.deadLetters.insert({ ...letter, id: kept, redrivenAt: null })
    await deps.deadLetters.insert({ ...letter, id: gone, redrivenAt: world.now })
    world.now += 29 * DAY_MS
    await runCron(deps, DAILY)
    expect(await deps.deadLetters.byId(gone)).not.toBeNull()
    world.now += 2 * DAY_MS
    await runCron(deps, DAILY)
    expect(await deps.deadLetters.byId(gone)).toBeNull()
    expect(await deps.deadLetters.byId(kept)).not.toBeNull()
  })
})
