import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { drizzle } from 'drizzle-orm/d1'
import { describe, expect, it } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import { boardQuery, createPopularity } from '../../src/db/repositories/popularity.ts'
import type { BoardWish } from '../../src/db/repositories/popularity-ports.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { ORDER_STATUSES, type OrderState } from '../../src/domain/order/order.ts'
import { netOf } from '../../src/domain/order/totals.ts'
import { HOUR_MS, POPULAR_HOURS, TOP_HOURS, windowOf } from '../../src/domain/popularity/window.ts'
import { sumHours } from '../../src/usecases/popularity/sum-hours.ts'
import { eventsOf, NOON, orderIdIn, orderState, restaurantState } from '../support/events.ts'
import { idIn } from '../support/identity.ts'
import { anItem } from '../support/orders.ts'

const projector = createProjector(env.DB)
const popularity = createPopularity(env.DB)
/** In the middle of an hour, so that both ends of a window are parts of one. */
const NOW = NOON + 1_234_567
const DAY = '2026-11-20'

const KINDS = [
  { market: 'KR', currency: 'KRW' },
  { market: 'KR', currency: 'USD' },
  { market: 'US', currency: 'USD' },
] as const
const ITEMS = 4
const GONE = 3

/** Everybody's boards count everything that is there: each world begins empty. */
async function world() {
  const tables = ['order_items', 'item_hours', 'touched_hours', 'product_index', 'restaurant_index']
  for (const table of [...tables, 'order_index', 'projection_state'])
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  await env.DB.prepare('DELETE FROM touched_hours').run()
  return Promise.all(
    KINDS.map(async (kind) => {
      const made = eventsOf()
      const { restaurantId } = made
      const restaurant = restaurantState(restaurantId, kind)
      const items = Array.from({ length: ITEMS }, (_, n) =>
        anItem({ id: idIn(restaurantId), name: `no. ${n}`, deleted: n === GONE }),
      )
      await projector.project(
        [
          made.restaurant(1, restaurant),
          ...items.map((item, n): DomainEvent => ({
            ...made.restaurant(2 + n, restaurant),
            subject: { kind: 'item', item },
          })),
        ],
        NOW,
      )
      return { ...kind, made, restaurantId, itemIds: items.map(({ id }) => id) }
    }),
  )
}
type World = Awaited<ReturnType<typeof world>>

const around = [0, HOUR_MS, TOP_HOURS * HOUR_MS, POPULAR_HOURS * HOUR_MS]
/** How long ago an order was placed: often at the very edge of a window or of an hour. */
const agoMs = fc.oneof(
  fc.integer({ min: 0, max: 8 * 24 * HOUR_MS }),
  fc
    .tuple(fc.constantFrom(...around), fc.integer({ min: -2, max: 2 }))
    .map(([edge, off]) => Math.max(0, edge + off)),
  fc
    .tuple(fc.integer({ min: 0, max: 170 }), fc.integer({ min: -1, max: 1 }))
    .map(([hours, off]) => Math.max(0, (NOW % HOUR_MS) + hours * HOUR_MS + off)),
)
const line = fc.record({
  item: fc.nat(ITEMS - 1),
  quantity: fc.integer({ min: 1, max: 3 }),
  unitPrice: fc.integer({ min: 0, max: 5 }).map((n) => n * 1_000),
  takenOut: fc.integer({ min: 0, max: 3 }),
  discount: fc.integer({ min: 0, max: 500 }),
})
const histories = fc.record({
  orders: fc.array(
    fc.record({
      restaurant: fc.nat(KINDS.length - 1),
      agoMs,
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      statuses: fc.array(fc.constantFrom(...ORDER_STATUSES), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  /** In which order the events arrive, repeats among them; -1: the minute's job runs. */
  arrivals: fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 30 }),
  summedLast: fc.boolean(),
})

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never

/** Every state that each order had, and its last one. */
function livesOf(places: World, { orders }: History) {
  const seqs = places.map(() => 1 + ITEMS)
  const events: DomainEvent[] = []
  const last = orders.map(({ restaurant, agoMs: ago, lines, statuses }) => {
    const { made, restaurantId, itemIds } = places[restaurant]!
    const id = orderIdIn(restaurantId, NOW - ago)
    const states = statuses.map((status, step): OrderState => {
      const final = step === statuses.length - 1
      return orderState({
        id,
        status,
        placedAt: NOW - ago,
        lines: lines.map(({ item, quantity, unitPrice, takenOut, discount }, n) => ({
          id: `${n}`,
          itemId: itemIds[item] ?? '',
          itemNumber: item + 1,
          name: `no. ${item}`,
          options: [],
          unitPrice,
          quantity,
          total: unitPrice * quantity,
          unavailableQuantity: final ? Math.min(takenOut, quantity) : 0,
          discount: Math.min(discount, unitPrice * quantity),
        })),
      })
    })
    for (const state of states) events.push(made.order((seqs[restaurant]! += 1), state))
    return { place: places[restaurant]!, order: states.at(-1)! }
  })
  return { events, last }
}

/** What a board must say, counted from the orders themselves. */
function bruteForce(
  last: ReturnType<typeof livesOf>['last'],
  { restaurantId, market, by, limit }: Wish,
  hours: number,
) {
  const sums = new Map<string, { orderCount: number; quantity: number; revenue: number }>()
  for (const { place, order } of last) {
    if (restaurantId !== null && place.restaurantId !== restaurantId) continue
    if (market !== null && place.market !== market) continue
    if (by === 'revenue' && place.currency !== (market === 'US' ? 'USD' : 'KRW')) continue
    if (order.placedAt <= NOW - hours * HOUR_MS || order.placedAt > NOW) continue
    if (['REJECTED', 'CANCELLED', 'EXPIRED'].includes(order.status)) continue
    for (const itemId of new Set(order.lines.map((one) => one.itemId))) {
      if (place.itemIds.indexOf(itemId) === GONE) continue
      const mine = order.lines.filter((one) => one.itemId === itemId)
      const made = mine.map((one) => [one, one.quantity - one.unavailableQuantity] as const)
      const quantity = made.reduce((sum, [, portions]) => sum + portions, 0)
      if (quantity === 0) continue
      const before = sums.get(itemId) ?? { orderCount: 0, quantity: 0, revenue: 0 }
      sums.set(itemId, {
        orderCount: before.orderCount + 1,
        quantity: before.quantity + quantity,
        revenue: before.revenue + made.reduce((sum, [one, n]) => sum + netOf(one, n), 0),
      })
    }
  }
  const keys = {
    orders: ['orderCount', 'quantity'],
    quantity: ['quantity', 'orderCount'],
    revenue: ['revenue', 'quantity'],
  } as const
  const [first, second] = keys[by]
  return [...sums]
    .map(([id, counts]) => ({ id, ...counts }))
    .sort((a, b) => b[first] - a[first] || b[second] - a[second] || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}

type Wish = Omit<BoardWish, 'window'>

async function board(wish: Wish, hours: number) {
  const { items } = await popularity.boards([{ ...wish, window: windowOf(NOW, hours) }], DAY)
  return (items[0] ?? []).map(({ product, orderCount, quantity, revenue }) => ({
    ...{ id: product.item.id, orderCount, quantity, revenue },
  }))
}

const sumUp = () => sumHours({ popularity, now: () => NOW })

describe('boards of what is ordered most', () => {
  it('say what a count of all orders says, whenever events come and sums are made', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const places = await world()
        const { events, last } = livesOf(places, history)
        for (const at of history.arrivals) {
          const event = events[at]
          if (at === -1) await sumUp()
          else if (event !== undefined) await projector.project([event], NOW)
        }
        // Sooner or later each has come.
        await projector.project(events.toReversed(), NOW)
        if (history.summedLast) await sumUp()
        const wishes: Wish[] = [
          ...[null, ...places.map(({ restaurantId }) => restaurantId)].map((restaurantId) => ({
            ...{ restaurantId, market: null, by: 'orders' as const, limit: 3 },
          })),
          ...(['KR', 'US'] as const).flatMap((market) =>
            (['quantity', 'revenue'] as const).map((by) => ({
              ...{ restaurantId: null, market, by, limit: 5 },
            })),
          ),
        ]
        for (const wish of wishes)
          for (const hours of [POPULAR_HOURS, TOP_HOURS])
            expect(await board(wish, hours), JSON.stringify({ ...wish, hours })).toEqual(
              bruteForce(last, wish, hours),
            )
      }),
      { numRuns: 40 },
    )
  })

  it('are made of sums once an hour has been summed, and of rows while it is touched', async () => {
    const [place] = await world()
    const { made, restaurantId, itemIds } = place!
    const id = orderIdIn(restaurantId, NOW - 5 * HOUR_MS)
    const ordered = (status: OrderState['status']) =>
      orderState({
        id,
        status,
        placedAt: NOW - 5 * HOUR_MS,
        lines: [
          {
            ...{ id: '1', itemId: itemIds[0]!, itemNumber: 1, name: 'no. 0', options: [] },
            ...{ unitPrice: 1_000, quantity: 2, total: 2_000, unavailableQuantity: 0 },
          },
        ],
      })
    const wish: Wish = { restaurantId, market: null, by: 'orders', limit: 3 }
    const counts = async () => (await board(wish, POPULAR_HOURS)).map((one) => one.orderCount)
    const kept = async (table: string) =>
      (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n
    await projector.project([made.order(10, ordered('PENDING'))], NOW)
    expect([await counts(), await kept('touched_hours'), await kept('item_hours')]).toEqual([
      [1],
      1,
      0,
    ])
    expect(await sumUp()).toBe(1)
    expect([await counts(), await kept('touched_hours'), await kept('item_hours')]).toEqual([
      [1],
      0,
      1,
    ])
    // The kept sum is what is read now.
    await env.DB.prepare('UPDATE item_hours SET order_count = 7').run()
    expect(await counts()).toEqual([7])
    await projector.project([made.order(11, ordered('CANCELLED'))], NOW)
    expect(await counts()).toEqual([])
    await sumUp()
    expect([await counts(), await kept('item_hours')]).toEqual([[], 0])
    // A move that changes nothing that counts touches nothing.
    await projector.project([made.order(12, ordered('CANCELLED'))], NOW)
    expect(await kept('touched_hours')).toBe(0)
  })

  it('forget sums that no window reaches', async () => {
    await world()
    const old = Math.floor(NOW / HOUR_MS) - POPULAR_HOURS - 25
    const touch = 'INSERT INTO touched_hours (hour, restaurant_id, touches) VALUES (?, ?, 1)'
    const sum =
      'INSERT INTO item_hours (hour, restaurant_id, item_id, order_count, quantity, revenue) ' +
      "VALUES (?, 'r', 'i', 1, 1, 1)"
    await env.DB.batch([
      env.DB.prepare(touch).bind(old, 'r'),
      env.DB.prepare(sum).bind(old),
      env.DB.prepare(sum).bind(old + 1),
    ])
    expect(await sumUp()).toBe(0)
    const left = await env.DB.prepare(
      'SELECT hour FROM item_hours UNION ALL SELECT hour FROM touched_hours',
    ).all()
    expect(left.results).toEqual([{ hour: old + 1 }])
  })

  it.each([
    ["one restaurant's", 'r', 'order_items_restaurant_placed'],
    ["everybody's", null, 'order_items_placed'],
  ])('read rows by an index: %s', async (_, restaurantId, expected) => {
    const wish = { restaurantId, market: null, by: 'orders', limit: 3 } as const
    const { sql, params } = boardQuery(drizzle(env.DB), {
      ...wish,
      window: windowOf(NOW, POPULAR_HOURS),
    }).toSQL()
    const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...params)
      .all<{ detail: string }>()
    const details = plan.results.map(({ detail }) => detail)
    expect(
      details.filter((step) => /^SCAN (order_items|item_hours|product_index)/.test(step)),
    ).toEqual([])
    expect(details.join('\n')).toContain(`SEARCH order_items USING INDEX ${expected}`)
  })
})
