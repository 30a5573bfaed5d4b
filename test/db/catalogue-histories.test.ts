import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Commands, CommandType } from '../../src/domain/commands.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import type { MenuItemWithStock } from '../../src/domain/menu/menu.ts'
import { stockStateOf } from '../../src/domain/stock/state.ts'
import { guest, openRestaurantObject, orderOf, OWNER, STAFF } from '../support/restaurant.ts'

vi.setConfig({ testTimeout: 60_000 })

const HOUR = 3_600_000
const projector = createProjector(env.DB)

type Restaurant = Awaited<ReturnType<typeof openRestaurantObject>>

/** What staff, guests and time do to a menu; the numbers choose among what is there. */
const MOVES = [
  'add-category',
  'add-item',
  'edit-item',
  'delete-item',
  'delete-category',
  'rename-category',
  'sell-out',
  'sell-out-for-an-hour',
  'bring-back',
  'picture',
  'turn-items',
  'turn-categories',
  'import-merge',
  'import-replace',
  'count',
  'stop-counting',
  'warn',
  'order',
  'cancel',
  'an-hour-passes',
] as const
const move = fc.record({
  what: fc.constantFrom(...MOVES),
  pick: fc.nat(50),
  amount: fc.integer({ min: 0, max: 4 }),
})
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

/** Plays one move; what the restaurant refuses is refused. */
async function play(restaurant: Restaurant, { what, pick, amount }: Move): Promise<void> {
  const { categories } = await restaurant.read(OWNER, { type: 'menu' })
  const items = categories.flatMap((category) => category.items)
  const among = <T>(all: readonly T[]): T | undefined => all[pick % Math.max(1, all.length)]
  const item = among(items)
  const category = among(categories)
  const tell = <T extends CommandType>(
    command: { type: T } & Commands[T]['input'],
    asker = OWNER,
  ) => restaurant.execute(asker, command)
  const written = { name: `메뉴 ${pick}`, price: amount * 1_000, description: null, options: [] }
  if (what === 'add-category')
    await tell({ type: 'create-category', name: `분류 ${pick}`, position: null })
  if (what === 'an-hour-passes') {
    restaurant.passes(HOUR)
    await restaurant.ringAlarm()
  }
  if (what === 'turn-categories')
    await tell({ type: 'order-categories', ids: categories.map(({ id }) => id).toReversed() })
  if (what === 'turn-items')
    await tell({
      type: 'order-items',
      categoryId: null,
      ids: items.map(({ id }) => id).toReversed(),
    })
  if (what === 'import-merge' || what === 'import-replace')
    await tell({
      type: 'import-menu',
      mode: what === 'import-merge' ? 'merge' : 'replace',
      document: {
        currency: null,
        categories: [
          {
            ...(category && pick % 2 === 0 ? { id: category.id } : {}),
            name: `파일 ${pick}`,
            names: {},
            items: [fileItem(item && pick % 3 === 0 ? item.id : undefined, pick)],
          },
        ],
      },
    })
  if (what === 'cancel') {
    const orders = await restaurant.read(STAFF, {
      type: 'board',
      ...{ status: 'open', tableId: null, businessDay: null, text: null, limit: 5, beforeId: null },
    })
    const order = among(orders)
    if (order) await tell({ type: 'cancel-order', orderId: order.id, reason: 'X' }, SYSTEM)
  }
  if (category === undefined) return
  const categoryId = category.id
  if (what === 'add-item') await tell({ type: 'create-item', categoryId, ...written })
  if (what === 'delete-category') await tell({ type: 'delete-category', categoryId })
  if (what === 'rename-category')
    await tell({ type: 'edit-category', categoryId, name: `새 ${pick}`, names: { en: 'New' } })
  if (item === undefined) return
  const itemId = item.id
  const until = restaurant.now() + HOUR
  if (what === 'edit-item')
    await tell({ type: 'edit-item', itemId, changes: { ...written, categoryId } })
  if (what === 'delete-item') await tell({ type: 'delete-item', itemId })
  if (what === 'sell-out') await tell({ type: 'mark-sold-out', itemId, soldOut: true, until: null })
  if (what === 'sell-out-for-an-hour')
    await tell({ type: 'mark-sold-out', itemId, soldOut: true, until })
  if (what === 'bring-back')
    await tell({ type: 'mark-sold-out', itemId, soldOut: false, until: null })
  if (what === 'picture')
    await tell({ type: 'set-item-image', itemId, image: `${'a'.repeat(64)}.png` })
  if (what === 'count')
    await tell({ type: 'adjust-stock', itemId, change: { set: amount }, reason: 'x' })
  if (what === 'stop-counting')
    await tell({ type: 'adjust-stock', itemId, change: { set: null }, reason: 'x' })
  if (what === 'warn') await tell({ type: 'edit-stock-rules', itemId, changes: { lowAt: amount } })
  if (what === 'order')
    await tell(
      orderOf([{ itemId, quantity: Math.max(1, amount - 1) }]),
      guest(`guest ${pick} ${restaurant.now()}`),
    )
}

const fileItem = (id: string | undefined, pick: number) => ({
  id,
  name: `가져온 ${pick}`,
  names: {},
  price: pick * 100,
  description: null,
  descriptions: {},
  options: [],
  allergens: [],
  tags: ['파일'],
  spiceLevel: 1,
  maxPerOrder: null,
  image: null,
})

/** The object's menu with what was removed, as the read model should have it. */
async function truthOf(restaurant: Restaurant) {
  const section = async (name: 'items' | 'categories') => {
    const { page } = await restaurant.read(SYSTEM, {
      type: 'rebuild-page',
      section: name,
      afterId: null,
      limit: 10_000,
    })
    return page
  }
  const items = await section('items')
  const categories = await section('categories')
  if (items.section !== 'items' || categories.section !== 'categories') throw new Error('sections')
  return {
    products: items.items.map((item: MenuItemWithStock) => {
      const { stock: _, ...bare } = item
      return { item: bare, stock_state: stockStateOf(item), deleted: item.deleted ? 1 : 0 }
    }),
    categories: categories.categories.map(({ deleted, ...rest }) => ({
      ...rest,
      deleted: deleted ? 1 : 0,
    })),
  }
}

async function copyOf(restaurantId: string) {
  const read = async (sql: string) => (await env.DB.prepare(sql).bind(restaurantId).all()).results
  const products = await read(
    'SELECT item, stock_state, deleted FROM product_index WHERE restaurant_id = ? ORDER BY id',
  )
  const categories = await read(
    'SELECT id, name, names, position, deleted FROM category_index WHERE restaurant_id = ? ORDER BY id',
  )
  const parsed = (text: unknown): unknown => JSON.parse(text as string)
  return {
    products: products.map((row) => ({ ...row, item: parsed(row['item']) })),
    categories: categories.map((row) => ({ ...row, names: parsed(row['names']) })),
  }
}

/** The events at least once each, in any order, in batches of any size. */
const deliveries = (events: readonly DomainEvent[], seed: number): DomainEvent[][] =>
  fc.sample(
    fc
      .tuple(fc.array(fc.constantFrom(...events), { maxLength: 8 }), fc.integer({ min: 1, max: 6 }))
      .chain(([again, size]) => {
        const all = [...events, ...again]
        return fc
          .shuffledSubarray(all, { minLength: all.length })
          .map((flat) =>
            Array.from({ length: Math.ceil(flat.length / size) }, (_, n) =>
              flat.slice(n * size, (n + 1) * size),
            ),
          )
      }),
    { numRuns: 1, seed },
  )[0] ?? []

const START: Move[] = [
  { what: 'add-category', pick: 1, amount: 0 },
  { what: 'add-item', pick: 1, amount: 1 },
  { what: 'add-item', pick: 2, amount: 2 },
]

describe('the catalogue', () => {
  it('is the menu after any history, though events come twice, late and in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 5, maxLength: 25 }),
        fc.integer(),
        async (moves, seed) => {
          const restaurant = await openRestaurantObject({ paymentPolicy: 'PREPAID' })
          for (const one of [...START, ...moves]) await play(restaurant, one)
          const events = await restaurant.events()
          for (const batch of deliveries(events, seed)) await projector.project(batch, 1)
          expect(await copyOf(restaurant.id)).toEqual(await truthOf(restaurant))
        },
      ),
      { numRuns: 40 },
    )
  })

  it.each(MOVES)('hears of %s', async (what) => {
    const restaurant = await openRestaurantObject({ paymentPolicy: 'PREPAID' })
    const before: Move[] = [
      ...START,
      { what: 'count', pick: 0, amount: 2 },
      { what: 'sell-out-for-an-hour', pick: 1, amount: 0 },
    ]
    for (const one of before) await play(restaurant, one)
    await play(restaurant, { what, pick: 0, amount: 2 })
    await play(restaurant, { what, pick: 1, amount: 3 })
    await projector.project(await restaurant.events(), 1)
    expect(await copyOf(restaurant.id)).toEqual(await truthOf(restaurant))
  })

  it('has a menu of thousands that came in at once', async () => {
    const restaurant = await openRestaurantObject()
    const items = Array.from({ length: 2_000 }, (_, n) => fileItem(undefined, n))
    await restaurant.done(OWNER, {
      type: 'import-menu',
      mode: 'replace',
      document: { currency: null, categories: [{ name: '전부', names: {}, items }] },
    })
    const events = await restaurant.events()
    const longest = Math.max(...events.map((event) => JSON.stringify(event).length))
    expect(longest).toBeLessThan(40_000)
    await projector.project(events, 1)
    const copy = await copyOf(restaurant.id)
    expect(copy.products).toHaveLength(2_000)
    expect(copy).toEqual(await truthOf(restaurant))
  })
})
