import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import { createStatistics, statisticsTexts } from '../../src/db/repositories/statistics.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { ordersByStatus } from '../../src/domain/statistics/platform-statistics.ts'
import { eventsOf, NOON, restaurantState } from '../support/events.ts'
import { idIn } from '../support/identity.ts'
import { anItem } from '../support/orders.ts'
import {
  bruteForce,
  DAY_MS,
  DAYS,
  KINDS,
  make,
  placed,
  told,
  type Made,
} from '../support/statistics.ts'

const projector = createProjector(env.DB)
const statistics = createStatistics(env.DB)

async function world() {
  for (const table of ['order_index', 'order_items', 'restaurant_index', 'product_index'])
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  return Promise.all(
    KINDS.map(async (kind, n) => {
      const events = eventsOf()
      const { restaurantId } = events
      const restaurant = restaurantState(restaurantId, { ...kind, name: `no. ${n}` })
      const items = [0, 1, 2].map((m) => anItem({ id: idIn(restaurantId), name: `item ${m}` }))
      await projector.project(
        [
          events.restaurant(1, restaurant),
          ...items.map((item, m): DomainEvent => ({
            ...events.restaurant(2 + m, restaurant),
            subject: { kind: 'item', item },
          })),
        ],
        NOON,
      )
      return { ...kind, events, restaurantId, itemIds: items.map(({ id }) => id) }
    }),
  )
}
type World = Awaited<ReturnType<typeof world>>

async function project(places: World, orders: readonly { made: Made; place: number }[]) {
  await projector.project(
    orders.map(({ made, place }, n) => ({
      ...places[place]!.events.order(10 + n, made.order),
      subject: { kind: 'order', order: made.order, payments: made.payments, refunds: [] },
    })),
    NOON,
  )
}

describe("the platform's figures", () => {
  it(
    'are what counting every order one by one comes to, for all and for each restaurant',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(placed, { minLength: 1, maxLength: 30 }), async (wishes) => {
          const places = await world()
          const all = wishes.map((wish) => ({
            made: make(places[wish.restaurant]!, wish),
            place: wish.restaurant,
          }))
          await project(places, all)
          const made = all.map((one) => one.made)
          const { since, before } = DAYS
          const whole = await statistics.count({ since, before, restaurantId: null }, NOON)
          expect(told(whole)).toEqual(bruteForce(made, places))
          for (const { restaurantId } of places) {
            const one = await statistics.count({ since, before, restaurantId }, NOON)
            const own = made.filter((order) => order.restaurantId === restaurantId)
            expect(told(one)).toEqual(bruteForce(own, places))
          }
        }),
        { numRuns: Number(env.MODEL_RUNS ?? 10) },
      )
    },
  )

  it('follow an order that moves, and are not counted twice', async () => {
    const places = await world()
    const wish = fc.sample(placed, { numRuns: 1, seed: 7 })[0]!
    const at = DAYS.since + DAY_MS
    const [first, second] = [
      make(places[0]!, { ...wish, at, captured: 9_000, refunded: 0, status: 'ACCEPTED' }),
      make(places[0]!, { ...wish, at, captured: 9_000, refunded: 4_000, status: 'COMPLETED' }),
    ]
    await project(places, [{ made: first, place: 0 }])
    await projector.project(
      [places[0]!.events.order(90, { ...second.order, id: first.order.id })],
      NOON,
    )
    const counted = await statistics.count({ ...DAYS, restaurantId: null }, NOON)
    expect(counted.money).toMatchObject([{ orders: 1, captured: 9_000, refunded: 4_000 }])
    expect(ordersByStatus(counted.quarters).COMPLETED).toBe(1)
  })

  it('know who registered and how many points are out, for the platform alone', async () => {
    await env.DB.prepare('DELETE FROM users').run()
    const add = (id: string, role: string, at: number) =>
      env.DB.prepare(
        "INSERT INTO users (id, email, name, role, password_hash, created_at) VALUES (?, ?, '', ?, 'x', ?)",
      )
        .bind(id, `${id}@example.com`, role, at)
        .run()
    await add('in', 'CUSTOMER', DAYS.since)
    await add('late', 'CUSTOMER', DAYS.before)
    await add('owner', 'OWNER', DAYS.since)
    const whole = await statistics.count({ ...DAYS, restaurantId: null }, NOON)
    expect([whole.newCustomers, whole.pointsOutstanding]).toEqual([1, 0])
    const one = await statistics.count({ ...DAYS, restaurantId: idIn('0'.repeat(36)) }, NOON)
    expect([one.newCustomers, one.pointsOutstanding]).toEqual([null, null])
  })
})

describe('what counting costs', () => {
  const planOf = async (text: string, values: readonly unknown[]): Promise<string> => {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
      .bind(...values)
      .all<{ detail: string }>()
    return results.map(({ detail }) => detail).join('\n')
  }
  const OF_ORDERS = [
    'quarters',
    'money',
    'active',
    'topRestaurants',
    'toAccept',
    'toReady',
  ] as const

  /** How many columns are read from orders' rows themselves, and not from an index. */
  const columnsOfRows = async (text: string, values: readonly unknown[]): Promise<number> => {
    const { results } = await env.DB.prepare(`EXPLAIN ${text}`)
      .bind(...values)
      .all<{ opcode: string; p1: number; p2: number }>()
    const root = await env.DB.prepare(
      "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'order_index'",
    ).first<number>('rootpage')
    const cursors = results
      .filter(({ opcode, p2 }) => opcode === 'OpenRead' && p2 === root)
      .map(({ p1 }) => p1)
    return results.filter(({ opcode, p1 }) => opcode === 'Column' && cursors.includes(p1)).length
  }

  it.each(OF_ORDERS)("%s: the window's part of one index, and no order's row", async (name) => {
    const text = statisticsTexts('everybody')[name]
    const plan = await planOf(text, [1, 2])
    expect(plan).toMatch(
      /SEARCH order_index USING (COVERING )?INDEX order_index_figures \(placed_at>\? AND placed_at<\?\)/,
    )
    expect(plan).not.toMatch(/SCAN (order_index|restaurant_index|r\b)/)
    expect(await columnsOfRows(text, [1, 2])).toBe(0)
  })

  it('of a row is seen where there is any: the measure can tell', async () => {
    const text = 'SELECT session_id FROM order_index WHERE placed_at >= ? AND placed_at < ?'
    expect(await columnsOfRows(text, [1, 2])).toBe(1)
  })

  it.each(OF_ORDERS)("%s of one restaurant: that restaurant's orders alone", async (name) => {
    const plan = await planOf(statisticsTexts('one')[name], ['a', 'b', 'c'])
    expect(plan).toMatch(/SEARCH order_index USING .*restaurant_id=\?/)
    expect(plan).not.toContain('SCAN order_index')
  })

  it.each(['everybody', 'one'] as const)(
    'items, people and points of %s: by an index',
    async (of) => {
      const texts = statisticsTexts(of)
      const items = await planOf(texts.topItems, of === 'one' ? [1, 2, 'c'] : [1, 2])
      expect(items).toMatch(/SEARCH order_items USING INDEX order_items_(restaurant_)?placed/)
      expect(await planOf(texts.newCustomers, [1, 2])).toContain('users_role')
      expect(await planOf(texts.points, [])).toContain('SEARCH platform_totals')
    },
  )
})
