import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import { createOrderSearch, searchQuery } from '../../src/db/repositories/order-search.ts'
import type { OrderFilter } from '../../src/db/repositories/order-search-ports.ts'
import { restaurants } from '../../src/db/schema/restaurants.ts'
import { isOpen } from '../../src/domain/order/lifecycle.ts'
import {
  ORDER_PAYMENT_STATUSES,
  ORDER_STATUSES,
  type OrderState,
} from '../../src/domain/order/order.ts'
import { eventsOf, NOON, orderIdIn, orderState, restaurantState } from '../support/events.ts'
import { idIn } from '../support/identity.ts'
import { aLine } from '../support/orders.ts'

const projector = createProjector(env.DB)
const search = createOrderSearch(env.DB)
const db = drizzle(env.DB)
const HOUR_MS = 3_600_000

const ANY: OrderFilter = {
  restaurantId: null,
  status: null,
  paymentStatus: null,
  day: null,
  from: null,
  to: null,
  tableId: null,
  userId: null,
  number: null,
  text: null,
}
const PEOPLE = [null, 'kim', 'lee']
const NUMBERS = ['A001', 'A002', 'B001']
const DAYS = ['2026-11-19', '2026-11-20']
const NAMES = ['후라이드 치킨', '콜라 500ml', 'Fried Rice']
const REQUESTS = [null, '덜 맵게 해 주세요', '100% 채식']

async function world() {
  for (const table of ['order_index', 'restaurant_index', 'restaurants', 'projection_state'])
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  await env.DB.prepare(
    "INSERT OR IGNORE INTO users (id, email, name, role, password_hash, created_at) VALUES ('owner', 'o@example.com', '', 'OWNER', 'x', 0)",
  ).run()
  return Promise.all(
    [0, 1].map(async (n) => {
      const events = eventsOf()
      const { restaurantId: id } = events
      const name = `no. ${n}`
      await projector.project([events.restaurant(1, restaurantState(id, { name }))], NOON)
      await db.insert(restaurants).values({
        id,
        key: id.slice(-12),
        ownerId: 'owner',
        settings: restaurantState(id),
        createdAt: NOON,
        initializedAt: NOON,
        fingerprint: '',
      })
      return { events, id, name, tables: [idIn(id), idIn(id)] }
    }),
  )
}
type World = Awaited<ReturnType<typeof world>>
let places: World
beforeEach(async () => {
  places = await world()
})

const pick = <T>(all: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...all)
const wishes = fc.array(
  fc.record({
    place: fc.nat(1),
    table: pick([null, 0, 1]),
    status: pick(ORDER_STATUSES),
    paymentStatus: pick(ORDER_PAYMENT_STATUSES),
    user: pick(PEOPLE),
    number: pick(NUMBERS),
    day: pick(DAYS),
    name: pick(NAMES),
    request: pick(REQUESTS),
    /** Either day is business somewhere at that time. */
    at: fc.integer({ min: NOON - 16 * HOUR_MS, max: NOON }),
  }),
  { minLength: 5, maxLength: 40 },
)
const maybe = <T>(all: readonly T[]): fc.Arbitrary<T | null> =>
  fc.option(pick(all), { freq: 2, nil: null })
const filters = fc.record({
  place: maybe([0, 1]),
  status: maybe([...ORDER_STATUSES, 'open'] as const),
  paymentStatus: maybe(ORDER_PAYMENT_STATUSES),
  day: maybe(DAYS),
  from: maybe([NOON - 10 * HOUR_MS]),
  to: maybe([NOON - 5 * HOUR_MS]),
  table: maybe([0, 1]),
  userId: maybe(['kim', 'nobody']),
  number: maybe(NUMBERS),
  text: maybe(['콜라', 'fried', 'A00', '100%', '_', '맵게']),
})

type Wish = (typeof wishes extends fc.Arbitrary<infer All> ? All : never) extends (infer One)[]
  ? One
  : never

const orderOf = (wish: Wish): OrderState => {
  const { id, tables } = places[wish.place]!
  return orderState({
    id: orderIdIn(id, wish.at),
    placedAt: wish.at,
    status: wish.status,
    paymentStatus: wish.paymentStatus,
    userId: wish.user,
    number: wish.number,
    businessDay: wish.day,
    tableId: wish.table === null ? null : tables[wish.table]!,
    specialRequests: wish.request,
    lines: [aLine({ name: wish.name })],
  })
}

/** By looking at each order. */
function fits(order: OrderState, filter: OrderFilter): boolean {
  const { restaurantId, status, paymentStatus, day, from, to, text } = filter
  const texts = [order.number, order.specialRequests ?? '', ...order.lines.map(({ name }) => name)]
  return (
    (restaurantId === null || order.id.endsWith(restaurantId.slice(-12))) &&
    (status === null || (status === 'open' ? isOpen(order.status) : order.status === status)) &&
    (paymentStatus === null || order.paymentStatus === paymentStatus) &&
    (day === null || order.businessDay === day) &&
    (from === null || order.placedAt >= from) &&
    (to === null || order.placedAt < to) &&
    (filter.tableId === null || order.tableId === filter.tableId) &&
    (filter.userId === null || order.userId === filter.userId) &&
    (filter.number === null || order.number === filter.number) &&
    (text === null || texts.some((one) => one.toLowerCase().includes(text.toLowerCase())))
  )
}

describe('searching orders of all restaurants', () => {
  it(
    'finds what fits and nothing else, newest first, page by page',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          wishes,
          fc.array(filters, { minLength: 5, maxLength: 5 }),
          async (all, asked) => {
            places = await world()
            const orders = all.map(orderOf)
            await projector.project(
              orders.map((order, n) => {
                const place = places.find(({ id }) => order.id.endsWith(id.slice(-12)))!
                return place.events.order(10 + n, order)
              }),
              NOON,
            )
            for (const { place, table, ...rest } of asked) {
              const filter: OrderFilter = {
                ...rest,
                restaurantId: place === null ? null : places[place]!.id,
                tableId: table === null ? null : places[0]!.tables[table]!,
              }
              const wanted = orders
                .filter((order) => fits(order, filter))
                .map(({ id }) => id)
                .toSorted()
                .reverse()
              const found: string[] = []
              for (let beforeId: string | null = null; ;) {
                const page = await search.page(filter, { limit: 3, beforeId, now: NOON })
                found.push(...page.orders.map(({ order }) => order.id))
                beforeId = found.at(-1) ?? null
                if (page.orders.length < 3) break
              }
              expect(found).toEqual(wanted)
            }
          },
        ),
        { numRuns: Number(env.MODEL_RUNS ?? 10) },
      )
    },
  )

  it('says which restaurant each is of, and how fresh the page is', async () => {
    const [place] = places
    const order = orderState({ id: orderIdIn(place!.id) })
    await projector.project([place!.events.order(5, order)], NOON + 5_000)
    const page = await search.page(ANY, { limit: 10, beforeId: null, now: NOON + 60_000 })
    expect(page).toEqual({
      orders: [{ order, restaurantId: place!.id, restaurantName: 'no. 0' }],
      asOf: NOON + 5_000,
    })
    const none = await search.page(
      { ...ANY, userId: 'nobody' },
      { limit: 1, beforeId: null, now: 7 },
    )
    expect(none).toEqual({ orders: [], asOf: 7 })
  })
})

describe('finding a restaurant by its name', () => {
  it.each([
    ['all of them, by name', null, ['no. 0', 'no. 1']],
    ['whatever holds the text, in any case', 'NO. 1', ['no. 1']],
    ['no pattern', 'no%', []],
  ])('%s', async (_, text, names) => {
    const found = await search.restaurants(text, { limit: 10, beforeId: null })
    expect(found.map(({ name }) => name)).toEqual(names)
  })

  it('goes on after the last of a page', async () => {
    const [first] = await search.restaurants(null, { limit: 1, beforeId: null })
    const rest = await search.restaurants(null, { limit: 10, beforeId: first?.id ?? null })
    expect(rest.map(({ name }) => name)).toEqual(['no. 1'])
  })
})

describe('what searching costs', () => {
  const planOf = async (filter: Partial<OrderFilter>): Promise<string> => {
    const query = searchQuery(db, { ...ANY, ...filter }, { limit: 20, beforeId: null }).toSQL()
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query.sql}`)
      .bind(...query.params)
      .all<{ detail: string }>()
    return results.map(({ detail }) => detail).join('\n')
  }

  it.each([
    [{ restaurantId: 'r' }, 'order_index_restaurant (restaurant_id=?'],
    [{ restaurantId: 'r', status: 'COMPLETED' }, 'order_index_restaurant (restaurant_id=?'],
    [{ tableId: idIn('0'.repeat(36)) }, 'order_index_restaurant (restaurant_id=?'],
    [{ userId: 'u' }, 'order_index_user (user_id=?'],
    [{ status: 'CANCELLED' }, 'order_index_status (status=?'],
    [{ paymentStatus: 'REFUND_DUE' }, 'order_index_payment_status (payment_status=?'],
    [{ day: '2026-11-20' }, 'sqlite_autoindex_order_index_1 (id>? AND id<?)'],
    [{ from: 1, to: 2, text: 'x' }, 'sqlite_autoindex_order_index_1 (id>? AND id<?)'],
  ] as const)('%j: an index', async (filter, index) => {
    const plan = await planOf(filter)
    expect(plan).toContain(index)
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('sorts the open ones, of which there are never many', async () => {
    const plan = await planOf({ status: 'open' })
    expect(plan).toContain('SEARCH order_index USING INDEX order_index_status (status=?)')
  })

  it('reads no more than the page where nothing is asked for', async () => {
    const plan = await planOf({})
    expect(plan).toContain('SCAN order_index USING INDEX sqlite_autoindex_order_index_1')
    expect(plan).not.toContain('TEMP B-TREE')
  })
})
