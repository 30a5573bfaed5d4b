import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { describe, expect, it } from 'vitest'
import { createProjector } from '../../src/db/projector.ts'
import type { ProductFilter, ProductSort } from '../../src/db/repositories/catalogue-ports.ts'
import { createCatalogue, productsQuery } from '../../src/db/repositories/catalogue.ts'
import { eventsOf, NOON, restaurantState } from '../support/events.ts'
import { idIn, newRestaurantId } from '../support/identity.ts'
import { anItem } from '../support/orders.ts'

const ALL: ProductFilter = {
  restaurantId: null,
  categoryId: null,
  category: null,
  minPrice: null,
  maxPrice: null,
  available: null,
  tag: null,
  market: null,
}
const SORTS: ProductSort[] = ['price', '-price', 'name', 'newest']

async function planOf(filter: ProductFilter, sort: ProductSort, after = false): Promise<string> {
  const value = sort === 'newest' ? null : sort === 'name' ? '가' : 1
  const key = after ? { value, rowId: 1 } : null
  const page = { sort, limit: 20, after: key, bookmark: null }
  const { sql, params } = productsQuery(drizzle(env.DB), filter, page).toSQL()
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail).join('\n')
}

describe('reading a page of products', () => {
  it.each(SORTS)('by %s goes along an index, without sorting what is not shown', async (sort) => {
    for (const after of [false, true])
      for (const filter of [ALL, { ...ALL, market: 'KR', available: true, tag: 'x' } as const]) {
        const plan = await planOf(filter, sort, after)
        expect(plan).not.toContain('TEMP B-TREE')
        expect(plan).not.toContain('SCAN restaurant_index')
        if (sort === 'name') expect(plan).toContain('product_index_name')
        if (sort.endsWith('price')) expect(plan).toContain('product_index_price')
      }
  })

  it("of one restaurant reads that restaurant's rows alone", async () => {
    for (const sort of SORTS)
      expect(await planOf({ ...ALL, restaurantId: newRestaurantId() }, sort)).toContain(
        'product_index_restaurant',
      )
  })
})

describe('what a list says', () => {
  const catalogue = createCatalogue(env.DB)
  const projector = createProjector(env.DB)
  const page = { sort: 'name', limit: 9, after: null, bookmark: null } as const

  it('is as fresh as the restaurant that moved longest ago, and as now when nothing is there', async () => {
    const [slow, quick] = [eventsOf(), eventsOf()]
    const tag = crypto.randomUUID().slice(0, 30)
    for (const [made, at] of [
      [slow, NOON],
      [quick, NOON + 60_000],
    ] as const) {
      const { restaurantId } = made
      const item = anItem({ id: idIn(restaurantId), tags: [tag] })
      const restaurant = made.restaurant(1, restaurantState(restaurantId))
      const told = { ...made.restaurant(2, restaurantState(restaurantId)) }
      await projector.project([restaurant, { ...told, subject: { kind: 'item', item } }], at)
    }
    const found = await catalogue.list({ ...ALL, tag }, page, NOON + 120_000)
    expect([found.products.length, found.asOf]).toEqual([2, NOON])
    const none = await catalogue.list({ ...ALL, tag: 'nobody' }, page, NOON + 120_000)
    expect([none.products.length, none.asOf]).toEqual([0, NOON + 120_000])
  })

  it('takes settings from before opening hours were kept', async () => {
    const made = eventsOf()
    const {
      openingHours: _h,
      openingExceptions: _e,
      busy: _b,
      ...old
    } = restaurantState(made.restaurantId)
    const item = anItem({ id: idIn(made.restaurantId) })
    const told = made.restaurant(1, old as never)
    await projector.project([told], NOON)
    await projector.project(
      [{ ...made.restaurant(2, old as never), subject: { kind: 'item', item } }],
      NOON,
    )
    const { restaurantId } = made
    const { products } = await catalogue.list({ ...ALL, restaurantId }, page, NOON)
    expect(products).toMatchObject([{ opening: { open: true } }])
  })
})
