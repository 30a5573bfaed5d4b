import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { createAlertReader } from '../../../src/db/repositories/alert-readings.ts'
import { restaurantKeyOf } from '../../../src/domain/ids.ts'
import { lookIntoAgendas } from '../../../src/usecases/alerts/look-into-agendas.ts'
import { enrol, eventsWorld, kitchen } from '../../support/events-world.ts'
import { guest } from '../../support/restaurant.ts'

beforeEach(() =>
  env.DB.batch(
    ['dead_agendas', 'dead_letters', 'memberships', 'restaurants'].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  ),
)

const givenUp = async (): Promise<number> =>
  (await createAlertReader(env.DB).read(() => 1, 0, 10))['dead-agenda-entries']

/** An object as it is when a deadline has failed too often, or no more. */
async function buries(restaurantId: string, dead: number): Promise<void> {
  const stub = env.RESTAURANTS.getByName(restaurantKeyOf(restaurantId))
  await runInDurableObject(stub, (_, { storage: { sql } }) => {
    sql.exec("DELETE FROM agenda WHERE kind = 'accept-deadline'")
    for (let n = 0; n < dead; n += 1)
      sql.exec(
        "INSERT INTO agenda (kind, subject, due, attempt, dead, last_error) VALUES ('accept-deadline', ?, 1, 20, 1, 'x')",
        `order-${n}`,
      )
  })
  await evictDurableObject(stub)
}

async function someKitchens(count: number) {
  const { deps, world } = await eventsWorld()
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { id } = await kitchen()
    await enrol(deps, id)
    ids.push(id)
  }
  return { deps, world, ids }
}

describe('entries of agendas that were given up', () => {
  it('are counted as their objects say, until they are no more', async () => {
    const { deps, ids } = await someKitchens(3)
    expect(await lookIntoAgendas(deps)).toEqual({ asked: 3, restaurants: 0, failed: 0 })
    expect(await givenUp()).toBe(0)
    await buries(ids[0]!, 2)
    await buries(ids[1]!, 1)
    expect(await lookIntoAgendas(deps)).toEqual({ asked: 3, restaurants: 2, failed: 0 })
    expect(await givenUp()).toBe(3)
    await buries(ids[0]!, 0)
    await lookIntoAgendas(deps)
    expect(await givenUp()).toBe(1)
  })

  it('are not forgotten where the object does not answer', async () => {
    const { deps, world, ids } = await someKitchens(1)
    await buries(ids[0]!, 2)
    await lookIntoAgendas(deps)
    const away = () => ({ query: () => Promise.reject(new Error('away')) })
    const figures = await lookIntoAgendas({ ...deps, restaurants: away as never })
    expect(figures).toEqual({ asked: 0, restaurants: 0, failed: 1 })
    expect(await givenUp()).toBe(2)
    expect(world.logged).toContainEqual(
      expect.objectContaining({ kind: 'agenda-not-known', restaurantId: ids[0] }),
    )
  })

  it('are told to nobody but the platform itself', async () => {
    const { deps, ids } = await someKitchens(1)
    const answer = await deps.restaurants(ids[0]!).query<'given-up-entries'>({
      query: { type: 'given-up-entries' },
      asker: guest('somebody'),
    })
    expect(answer).toMatchObject({ ok: false, refusal: { kind: 'NOT_FOUND' } })
  })

  it('are counted together with the queue’s letters', async () => {
    const insert =
      'INSERT INTO dead_letters (id, body, error_kind, first_seen_at, redriven_at) VALUES (?, ?, ?, 1, ?)'
    await env.DB.batch([
      env.DB.prepare(insert).bind('a', '{}', 'EXHAUSTED', null),
      env.DB.prepare(insert).bind('b', '{}', 'EXHAUSTED', 5),
    ])
    const { deps, ids } = await someKitchens(1)
    await buries(ids[0]!, 1)
    await lookIntoAgendas(deps)
    expect(await givenUp()).toBe(2)
  })
})
