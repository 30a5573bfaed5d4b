import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAvailable } from '../../src/domain/menu/availability.ts'
import type { MenuItemWithStock, StockLevel } from '../../src/domain/menu/menu.ts'
import { businessDayOf } from '../../src/domain/order/business-day.ts'
import type { OrderLine, OrderStatus } from '../../src/domain/order/order.ts'
import type { StockRules } from '../../src/domain/stock/rules.ts'
import { isLow } from '../../src/domain/stock/state.ts'
import { available } from '../../src/domain/stock/stock.ts'
import { accept, cancel, HOUR, MINUTE, reject } from '../support/ordering.ts'
import { guest, openRestaurantObject, OWNER, STAFF, withItem } from '../support/restaurant.ts'

type Wanted = readonly { dish: number; quantity: number }[]
type Step =
  | { kind: 'place'; wanted: Wanted }
  | { kind: 'accept'; which: number; without: boolean }
  | { kind: 'cancel'; which: number }
  | { kind: 'reject'; which: number }
  | { kind: 'adjust'; dish: number; change: { delta: number } | { set: number | null } }
  | { kind: 'rules'; dish: number; changes: StockRules }
  | { kind: 'cut-off'; hour: number }
  | { kind: 'wait'; ms: number }
  | { kind: 'alarm' | 'evict' }

/** Two dishes that are counted from the start, and one that may come to be. */
const dish = fc.nat(2)
const which = fc.nat(20)
const orNull = (most: number, least = 0) =>
  fc.option(fc.integer({ min: least, max: most }), { nil: null })
const STEPS: fc.Arbitrary<Step>[] = [
  fc.record({
    kind: fc.constant('place'),
    wanted: fc.array(fc.record({ dish, quantity: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({ kind: fc.constant('accept'), which, without: fc.boolean() }),
  fc.record({ kind: fc.constant('cancel'), which }),
  fc.record({ kind: fc.constant('reject'), which }),
  fc.record({
    kind: fc.constant('adjust'),
    dish,
    change: fc.oneof(
      fc.integer({ min: -6, max: 6 }).map((delta) => ({ delta })),
      orNull(12).map((set) => ({ set })),
    ),
  }),
  fc.record({
    kind: fc.constant('rules'),
    dish,
    changes: fc.record(
      { lowAt: orNull(6), dailyPortions: orNull(9, 1) },
      { requiredKeys: [], noNullPrototype: true },
    ),
  }),
  fc.record({ kind: fc.constant('cut-off'), hour: fc.integer({ min: 0, max: 23 }) }),
  fc.record({
    kind: fc.constant('wait'),
    ms: fc.constantFrom(1, MINUTE, 8 * MINUTE, 16 * MINUTE, 9 * HOUR, 60 * HOUR),
  }),
  fc.record({ kind: fc.constantFrom('alarm', 'evict') }),
]
const WEIGHTS = [8, 4, 2, 2, 3, 3, 1, 4, 2]
const history = fc.array(
  fc.oneof(...STEPS.map((arbitrary, at) => ({ arbitrary, weight: WEIGHTS[at] ?? 1 }))),
  { minLength: 10, maxLength: 40 },
)

/** Orders wait a quarter of an hour for their money, and ten minutes for the kitchen. */
async function open() {
  const restaurant = await openRestaurantObject({
    unpaidHoldSeconds: 900,
  })
  const items: MenuItemWithStock[] = []
  for (const name of ['후라이드', '양념', '콜라'])
    items.push((await withItem(restaurant, { name })).item)
  for (const { id: itemId } of items.slice(0, 2))
    await restaurant.done(STAFF, {
      type: 'adjust-stock',
      itemId,
      change: { set: 6 },
      reason: '개시',
    })
  return { restaurant, items: items.map(({ id }) => id) }
}
type World = Awaited<ReturnType<typeof open>>

async function ordersOf({ restaurant }: World) {
  const rows = await restaurant.rows(
    'SELECT id, status, session_id, accepted_at, lines FROM orders ORDER BY id',
  )
  return rows.map(({ id, status, session_id, accepted_at, lines }) => ({
    id: id as string,
    guest: session_id as string,
    status: status as OrderStatus,
    accepted: accepted_at !== null,
    lines: JSON.parse(lines as string) as OrderLine[],
  }))
}
type Orders = Awaited<ReturnType<typeof ordersOf>>

/** Everything due by now is decided, and then read. */
async function look(world: World) {
  const menu = await world.restaurant.read(OWNER, { type: 'menu' })
  const items = menu.categories.flatMap((category) => category.items)
  return { items, restaurant: menu.restaurant, orders: await ordersOf(world) }
}
type Seen = Awaited<ReturnType<typeof look>>

async function take(world: World, step: Step): Promise<void> {
  const { restaurant, items } = world
  restaurant.passes(1)
  switch (step.kind) {
    case 'place':
      return place(world, step.wanted)
    case 'accept':
    case 'cancel':
    case 'reject': {
      const pending = (await look(world)).orders.filter(({ status }) => status === 'PENDING')
      const order = pending[step.which % Math.max(1, pending.length)]
      if (order === undefined) return
      if (step.kind === 'cancel') await restaurant.done(guest(order.guest), cancel(order.id))
      else if (step.kind === 'reject') await restaurant.done(STAFF, reject(order.id))
      else await cook(world, order, step.without)
      return
    }
    case 'adjust': {
      const { change } = step
      const itemId = items[step.dish]!
      const [level] = await restaurant.read(STAFF, { type: 'stock-levels', itemId })
      const { stock } = level!
      const outcome = await restaurant.execute(STAFF, {
        type: 'adjust-stock',
        itemId,
        change,
        reason: '실사',
      })
      const held = heldOf((await look(world)).orders, itemId)
      const after = 'set' in change ? change.set : (stock?.level ?? NaN) + change.delta
      expect(outcome.ok, 'corrections never go below what is held').toBe(
        after === null || after >= held,
      )
      return
    }
    case 'rules': {
      const changes = step.changes
      const outcome = await restaurant.execute(STAFF, {
        type: 'edit-stock-rules',
        itemId: items[step.dish]!,
        changes,
      })
      const [level] = await restaurant.read(STAFF, {
        type: 'stock-levels',
        itemId: items[step.dish]!,
      })
      expect(outcome.ok).toBe(level!.stock !== null)
      return
    }
    case 'cut-off':
      await restaurant.done(OWNER, {
        type: 'edit-restaurant',
        changes: { businessDayCutoffHour: step.hour },
      })
      return
    case 'wait':
      restaurant.passes(step.ms)
      return
    case 'alarm':
      await restaurant.ringAlarm()
      return
    case 'evict':
      await restaurant.evict()
  }
}

async function place(world: World, wanted: Wanted): Promise<void> {
  const { restaurant, items } = world
  const lines = wanted.map((line) => ({
    itemId: items[line.dish]!,
    quantity: line.quantity,
    options: [],
  }))
  // The object is asked for the order first: nobody has looked since what fell due.
  const outcome = await restaurant.execute(guest(crypto.randomUUID()), {
    type: 'place-order',
    table: null,
    lines,
    paymentMethod: 'CARD',
    expectedTotal: null,
    specialRequests: null,
  })
  const { items: after } = await look(world)
  const fits = after.every(({ id, stock }) => {
    const asked = lines.filter(({ itemId }) => itemId === id).map(({ quantity }) => quantity)
    const left = available(stock)
    const more = outcome.ok ? 0 : asked.reduce((sum, quantity) => sum + quantity, 0)
    return left === null || left >= more
  })
  expect(fits, 'an order is taken where there are portions, and only there').toBe(outcome.ok)
}

async function cook({ restaurant }: World, { id, lines }: Orders[number], without: boolean) {
  await restaurant.done(STAFF, {
    type: 'settle-order',
    orderId: id,
    amount: null,
    by: 'CASH',
    note: null,
  })
  const most = lines.find(({ quantity }) => quantity > 1)
  const left = without && most ? [{ lineId: most.id, quantity: 1 }] : []
  await restaurant.done(STAFF, accept(id, { unavailableLines: left }))
}

const portionsOf = (orders: Orders, itemId: string): number =>
  orders
    .flatMap(({ lines }) => lines)
    .filter((line) => line.itemId === itemId)
    .reduce((sum, line) => sum + line.quantity - line.unavailableQuantity, 0)
const heldOf = (orders: Orders, itemId: string): number =>
  portionsOf(
    orders.filter(({ status }) => status === 'PENDING'),
    itemId,
  )

async function logAddsUp({ restaurant }: World, { items, orders }: Seen): Promise<void> {
  const rows = await restaurant.rows('SELECT * FROM stock_movements ORDER BY id')
  for (const { id, stock } of items) {
    const own = rows.filter((row) => row.item_id === id)
    let level: unknown = null
    for (const row of own) {
      expect(row.level_before, 'each movement begins where the one before ended').toBe(level)
      level = row.level_after
    }
    expect(level, 'the level is what its movements add up to').toBe(stock?.level ?? null)
    const days = own.filter(({ kind }) => kind === 'DAILY').map(({ reason }) => reason as string)
    expect(days, 'a day begins once, and none after a later one').toEqual([...new Set(days)].sort())
    for (const { order_id, level_before, level_after } of own.filter(
      ({ kind }) => kind === 'SOLD',
    )) {
      const order = orders.filter((one) => one.id === order_id && one.accepted)
      expect(Number(level_before) - Number(level_after)).toBe(portionsOf(order, id))
    }
  }
  const sold = rows.filter(({ kind }) => kind === 'SOLD')
  const once = new Set(sold.map((row) => `${String(row.order_id)}/${String(row.item_id)}`))
  expect(once.size, 'what an order has of a dish is sold once').toBe(sold.length)
}

/** Whoever reads the events knows of every dish whether there is some, and whether it is low. */
async function eventsTell({ restaurant }: World, { items }: Seen): Promise<void> {
  const events = await restaurant.events()
  for (const item of items) {
    let low = false
    let known = item
    for (const { type, subject } of events) {
      if (subject.kind !== 'item' || subject.item.id !== item.id) continue
      known = subject.item
      if (type !== 'STOCK_LOW' && type !== 'STOCK_ENOUGH') continue
      expect(type === 'STOCK_LOW', 'each crossing is told once').toBe(!low)
      low = !low
    }
    expect(low).toBe(isLow(item.stock))
    expect(isAvailable(known)).toBe(isAvailable(item))
  }
}

async function holds(world: World): Promise<void> {
  const seen = await look(world)
  const { restaurant } = world
  const { timezone, businessDayCutoffHour } = seen.restaurant
  const today = businessDayOf(restaurant.now(), timezone, businessDayCutoffHour)
  const daily: StockLevel[] = []
  for (const { id, stock } of seen.items) {
    if (stock === null) continue
    expect(stock.reserved, 'held is what pending orders hold').toBe(heldOf(seen.orders, id))
    expect(stock.level, 'no more is held than there is').toBeGreaterThanOrEqual(stock.reserved)
    if (stock.dailyPortions == null) continue
    daily.push(stock)
    expect(stock.portionsDay! >= today, 'the day that runs has its portions').toBe(true)
  }
  const waiting = await restaurant.rows("SELECT due FROM agenda WHERE kind = 'daily-portions'")
  expect(waiting).toHaveLength(daily.length === 0 ? 0 : 1)
  for (const { due } of waiting) expect(due).toBeGreaterThan(restaurant.now())
  await logAddsUp(world, seen)
  await eventsTell(world, seen)
}

describe('any history of a stock', () => {
  it('keeps its promises, whoever sleeps and whatever falls due', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await open()
        for (const step of steps) {
          await take(world, step)
          await holds(world)
        }
      }),
      { numRuns: 8 },
    )
  })
})
