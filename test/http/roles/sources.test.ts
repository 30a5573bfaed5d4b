import { describe, expect, it, vi } from 'vitest'
import { makeDefault, tell } from '../../support/sources.ts'
import { openWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const opened = (async () => {
  const world = await openWorld()
  await makeDefault(world.here.id)
  return world
})()

/** By the sources' paths for the staff of the default restaurant: what others hear. */
const STAFF_ONLY: Record<string, (world: World) => [method: string, path: string, body?: object]> =
  {
    tables: () => ['GET', '/api/tables/'],
    'new-table': () => ['POST', '/api/tables/create/', {}],
    'table-reset': ({ here }) => ['DELETE', `/api/tables/${here.tables.a2.id}/orders/reset/`],
    history: () => ['GET', '/api/orders/history/'],
  }

const WHO = [
  ['guest', 403],
  ['customer', 403],
  ['ownerThere', 404],
  ['staffThere', 404],
  ['marketing', 403],
  ['admin', 403],
  ['partner', 403],
] as const

describe("the sources' paths for staff", () => {
  it.each(Object.entries(STAFF_ONLY))('let nobody else in: %s', async (_, request) => {
    const world = await opened
    const { story, people, as } = world
    const [method, path, body] = request(world)
    expect((await tell(story, method, path, { body })).status).toBe(401)
    for (const [name, wanted] of WHO) {
      const { status } = await tell(story, method, path, { body, as: as(people[name]) })
      // For owners alone: whoever is staff elsewhere may not do it anywhere.
      const forbidden = name === 'staffThere' && path === '/api/tables/create/'
      expect([name, status]).toEqual([name, forbidden ? 403 : wanted])
    }
    const owner = await tell(story, method, path, { body, as: as(people.owner) })
    expect([200, 201, 204]).toContain(owner.status)
  })
})
