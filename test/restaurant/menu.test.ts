import { describe, expect, it } from 'vitest'
import { STRANGER } from '../../src/domain/actor.ts'
import type { Commands } from '../../src/domain/commands.ts'
import { partsOf } from '../../src/domain/menu/tagged-text.ts'
import type { Menu } from '../../src/domain/queries.ts'
import {
  guest,
  openRestaurantObject,
  orderOf,
  OWNER,
  STAFF,
  withItem,
  type TestRestaurant,
} from '../support/restaurant.ts'

const HOUR = 3_600_000

interface Shown {
  restaurant: { open: boolean }
}

function menuOf(restaurant: TestRestaurant): Promise<Menu> {
  return restaurant.read(STRANGER, { type: 'menu' })
}

const newItem = (
  categoryId: string,
  name: string,
): { type: 'create-item' } & Commands['create-item']['input'] => ({
  type: 'create-item',
  categoryId,
  name,
  price: 1_000,
  description: null,
  options: [],
})

describe('keeping a menu', () => {
  it('shows categories and items in the order of the owner', async () => {
    const restaurant = await openRestaurantObject()
    const category = (name: string, position: number | null = null) =>
      restaurant.done(OWNER, { type: 'create-category', name, position })
    const chicken = await category('치킨')
    const drinks = await category('음료')
    const first = await category('오늘의 메뉴', 0)
    await restaurant.done(OWNER, newItem(chicken.id, '후라이드'))
    const cola = await restaurant.done(OWNER, newItem(drinks.id, '콜라'))
    await restaurant.done(OWNER, newItem(chicken.id, '양념'))
    await restaurant.done(OWNER, { type: 'edit-category', categoryId: first.id, position: 9 })
    await restaurant.done(OWNER, {
      type: 'edit-item',
      itemId: cola.id,
      changes: { categoryId: chicken.id, position: 1 },
    })
    const { categories } = await menuOf(restaurant)
    expect(categories.map(({ name, items }) => [name, items.map((item) => item.name)])).toEqual([
      ['치킨', ['후라이드', '콜라', '양념']],
      ['음료', []],
      ['오늘의 메뉴', []],
    ])
  })

  it('never gives the number of a removed item again', async () => {
    const restaurant = await openRestaurantObject()
    const { category, item } = await withItem(restaurant)
    const second = await restaurant.done(OWNER, newItem(category.id, '양념'))
    expect([item.number, second.number]).toEqual([1, 2])
    await restaurant.done(OWNER, { type: 'delete-item', itemId: second.id })
    const third = await restaurant.done(OWNER, newItem(category.id, '간장'))
    expect(third.number).toBe(3)
    const { categories } = await menuOf(restaurant)
    expect(categories[0]?.items.map(({ number }) => number)).toEqual([1, 3])
  })

  it('removes an item once under one key, and says so again', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    const removal = { type: 'delete-item', itemId: item.id } as const
    const again = { key: 'k', fingerprint: 'f' }
    const answers = [
      await restaurant.execute(OWNER, removal, again),
      await restaurant.execute(OWNER, removal, again),
    ]
    expect(answers).toEqual([
      { ok: true, value: null, replayed: false },
      { ok: true, value: null, replayed: true },
    ])
  })

  it('keeps a category until its last item is gone', async () => {
    const restaurant = await openRestaurantObject()
    const { category, item } = await withItem(restaurant)
    const removal = { type: 'delete-category', categoryId: category.id } as const
    expect(await restaurant.execute(OWNER, removal)).toEqual({
      ok: false,
      refusal: { kind: 'CATEGORY_NOT_EMPTY', categoryId: category.id },
    })
    await restaurant.done(OWNER, { type: 'delete-item', itemId: item.id })
    await restaurant.done(OWNER, removal)
    expect((await menuOf(restaurant)).categories).toEqual([])
    expect(await restaurant.execute(OWNER, removal)).toMatchObject({
      refusal: { kind: 'NOT_FOUND', what: 'category' },
    })
    expect(await restaurant.execute(OWNER, newItem(category.id, '유령'))).toMatchObject({
      refusal: { errors: [{ field: 'category_id', reason: 'unknown_category' }] },
    })
  })

  it('mints ids of options once and keeps them through an edit', async () => {
    const restaurant = await openRestaurantObject()
    const spice = { name: '맵기', required: true, choices: [{ name: '순한맛', priceDelta: 0 }] }
    const { item } = await withItem(restaurant, { options: [spice] })
    const [option] = item.options
    const [mild] = option?.choices ?? []
    const edited = await restaurant.done(OWNER, {
      type: 'edit-item',
      itemId: item.id,
      changes: {
        options: [
          {
            id: option?.id,
            name: '맵기',
            required: true,
            choices: [
              { id: mild?.id, name: '순한맛', priceDelta: 0 },
              { name: '매운맛', priceDelta: 500 },
            ],
          },
        ],
      },
    })
    expect(edited.options[0]?.id).toBe(option?.id)
    expect(edited.options[0]?.choices[0]?.id).toBe(mild?.id)
    const ids = edited.options[0]?.choices.map(({ id }) => id.slice(-12))
    expect(ids).toEqual([restaurant.key, restaurant.key])
  })

  it('answers ids it does not have as unknown', async () => {
    const restaurant = await openRestaurantObject()
    const id = restaurant.id
    const edits = [
      { type: 'edit-item', itemId: id, changes: {} },
      { type: 'delete-item', itemId: id },
      { type: 'mark-sold-out', itemId: id, soldOut: true, until: null },
      { type: 'adjust-stock', itemId: id, change: { set: 1 }, reason: 'x' },
      { type: 'edit-category', categoryId: id },
      { type: 'delete-category', categoryId: id },
    ] as const
    for (const edit of edits)
      expect(await restaurant.execute(OWNER, edit)).toMatchObject({
        refusal: { kind: 'NOT_FOUND' },
      })
  })
})

describe('the version of a menu', () => {
  it('rises with every change and goes out with the state', async () => {
    const restaurant = await openRestaurantObject()
    const version = async () => (await menuOf(restaurant)).restaurant.menuVersion
    let before = await version()
    const { category, item } = await withItem(restaurant)
    const changes = [
      { type: 'edit-category', categoryId: category.id, name: '닭' },
      { type: 'edit-item', itemId: item.id, changes: { price: 19_000 } },
      { type: 'mark-sold-out', itemId: item.id, soldOut: true, until: null },
      { type: 'mark-sold-out', itemId: item.id, soldOut: false, until: null },
      { type: 'edit-restaurant', changes: { paused: true } },
      { type: 'delete-item', itemId: item.id },
      { type: 'delete-category', categoryId: category.id },
    ] as const
    for (const change of changes) {
      await restaurant.done(OWNER, change)
      expect(await version()).toBeGreaterThan(before)
      before = await version()
    }
    const said = (await restaurant.events()).map(({ type, subject }) => [type, subject.kind])
    expect(said.slice(-changes.length)).toEqual([
      ['MENU_CHANGED', 'category'],
      ['MENU_CHANGED', 'item'],
      ['SOLD_OUT', 'item'],
      ['MENU_CHANGED', 'item'],
      ['RESTAURANT_CHANGED', 'restaurant'],
      ['MENU_CHANGED', 'item'],
      ['MENU_CHANGED', 'category'],
    ])
  })

  it('spares a reader who has it the menu', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    const { id: restaurantId } = restaurant
    const ask = async (known: readonly string[]) => {
      const wanted = { type: 'menu-text', restaurantId, locale: 'ko', known } as const
      return partsOf(await restaurant.read(STRANGER, wanted))
    }
    const { tag, text } = await ask([])
    expect(text).not.toBeNull()
    expect(await ask(['1.1-ko', tag])).toEqual({ tag, text: null })
    const refused = { type: 'edit-item', itemId: item.id, changes: { price: -1 } } as const
    expect((await restaurant.execute(OWNER, refused)).ok).toBe(false)
    expect((await ask([tag])).text).toBeNull()
    await restaurant.evict()
    expect((await ask([tag])).text).toBeNull()
    await restaurant.done(OWNER, {
      type: 'mark-sold-out',
      itemId: item.id,
      soldOut: true,
      until: null,
    })
    const later = await ask([tag])
    expect(later.tag).not.toBe(tag)
    expect(later.text).not.toBeNull()
  })

  it('gives way at closing time, though nobody changed anything', async () => {
    const noon = { open: '10:00', close: '13:00' }
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
    const openingHours = Object.fromEntries(days.map((day) => [day, [noon]])) as Record<
      (typeof days)[number],
      { open: string; close: string }[]
    >
    const restaurant = await openRestaurantObject({ openingHours })
    const ask = async (known: readonly string[]) => {
      const { id: restaurantId } = restaurant
      const wanted = { type: 'menu-text', restaurantId, locale: 'ko', known } as const
      const { tag, text } = partsOf(await restaurant.read(STRANGER, wanted))
      const shown = text === null ? null : (JSON.parse(text) as Shown)
      return { tag, open: shown?.restaurant.open }
    }
    const open = await ask([])
    expect(open.open).toBe(true)
    restaurant.passes(HOUR - 1)
    expect((await ask([open.tag])).open).toBeUndefined()
    restaurant.passes(1)
    expect((await ask([open.tag])).open).toBe(false)
    restaurant.passes(21 * HOUR)
    expect((await ask([open.tag])).open).toBe(true)
  })

  it('stays when a change is refused', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    const before = (await menuOf(restaurant)).restaurant.menuVersion
    const wrong = { type: 'edit-item', itemId: item.id, changes: { price: -1 } } as const
    expect((await restaurant.execute(OWNER, wrong)).ok).toBe(false)
    expect((await menuOf(restaurant)).restaurant.menuVersion).toBe(before)
  })
})

describe('marking an item sold out', () => {
  const marked = (itemId: string, soldOut: boolean, until: number | null = null) =>
    ({ type: 'mark-sold-out', itemId, soldOut, until }) as const

  async function isSoldOut(restaurant: TestRestaurant): Promise<boolean | undefined> {
    return (await menuOf(restaurant)).categories[0]?.items[0]?.soldOut
  }

  it('refuses orders for it, says so once, and takes it back', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    await restaurant.done(STAFF, marked(item.id, true))
    await restaurant.done(STAFF, marked(item.id, true))
    const wanted = orderOf([{ itemId: item.id, quantity: 1 }])
    expect(await restaurant.execute(guest('minsu'), wanted)).toMatchObject({
      refusal: { kind: 'OUT_OF_STOCK', items: [{ itemId: item.id }] },
    })
    expect((await restaurant.events()).filter(({ type }) => type === 'SOLD_OUT')).toHaveLength(1)
    await restaurant.done(STAFF, marked(item.id, false))
    expect((await restaurant.execute(guest('minsu'), wanted)).ok).toBe(true)
  })

  it('ends by the alarm at the time that was named, through an eviction', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    await restaurant.done(STAFF, marked(item.id, true, restaurant.now() + HOUR))
    await restaurant.evict()
    restaurant.passes(HOUR - 60_000)
    await restaurant.ringAlarm()
    expect(await restaurant.rows('SELECT sold_out FROM items')).toEqual([{ sold_out: 1 }])
    restaurant.passes(60_000)
    await restaurant.ringAlarm()
    expect(await restaurant.rows('SELECT sold_out, sold_out_until FROM items')).toEqual([
      { sold_out: 0, sold_out_until: null },
    ])
    const last = (await restaurant.events()).at(-1)
    expect(last).toMatchObject({ type: 'MENU_CHANGED', subject: { item: { soldOut: false } } })
  })

  it('ends on time though the alarm is late: an order just after goes through', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    await restaurant.done(STAFF, marked(item.id, true, restaurant.now() + HOUR))
    restaurant.passes(HOUR)
    const wanted = orderOf([{ itemId: item.id, quantity: 1 }])
    expect((await restaurant.execute(guest('minsu'), wanted)).ok).toBe(true)
  })

  it('stays when staff made it last until taken back', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    await restaurant.done(STAFF, marked(item.id, true, restaurant.now() + HOUR))
    await restaurant.done(STAFF, marked(item.id, true))
    restaurant.passes(2 * HOUR)
    await restaurant.ringAlarm()
    expect(await isSoldOut(restaurant)).toBe(true)
  })

  it('refuses an end in the past', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    expect(await restaurant.execute(STAFF, marked(item.id, true, restaurant.now()))).toMatchObject({
      refusal: { kind: 'INVALID', errors: [{ field: 'until', reason: 'in_the_past' }] },
    })
    expect(await isSoldOut(restaurant)).toBe(false)
  })
})

describe('settings', () => {
  const edited = (changes: Commands['edit-restaurant']['input']['changes']) =>
    ({ type: 'edit-restaurant', changes }) as const

  it('change what is named and survive an eviction', async () => {
    const restaurant = await openRestaurantObject()
    await restaurant.done(OWNER, edited({ name: '더 맛있는 치킨집', businessDayCutoffHour: 4 }))
    await restaurant.evict()
    expect(await restaurant.read(STAFF, { type: 'restaurant' })).toMatchObject({
      id: restaurant.id,
      name: '더 맛있는 치킨집',
      businessDayCutoffHour: 4,
      timezone: 'Asia/Seoul',
    })
  })

  it('refuse what makes no sense and stay as they are', async () => {
    const restaurant = await openRestaurantObject()
    const before = await restaurant.read(STAFF, { type: 'restaurant' })
    const wrong = edited({ name: 'x', paymentMethods: ['COUNTER'] })
    expect(await restaurant.execute(OWNER, wrong)).toEqual({
      ok: false,
      refusal: {
        kind: 'INVALID',
        errors: [{ field: 'payment_methods', reason: 'counter_needs_postpaid' }],
      },
    })
    expect(await restaurant.read(STAFF, { type: 'restaurant' })).toEqual(before)
  })

  it('keep the currency once there are prices in it', async () => {
    const restaurant = await openRestaurantObject()
    await restaurant.done(OWNER, edited({ currency: 'USD' }))
    await withItem(restaurant)
    expect(await restaurant.execute(OWNER, edited({ currency: 'KRW' }))).toMatchObject({
      refusal: { errors: [{ field: 'currency', reason: 'menu_has_prices' }] },
    })
    expect((await restaurant.execute(OWNER, edited({ currency: 'USD' }))).ok).toBe(true)
  })

  it('set up again answer what stands', async () => {
    const restaurant = await openRestaurantObject()
    await restaurant.done(OWNER, edited({ name: '새 이름' }))
    const {
      menuVersion: _v,
      epoch: _e,
      id,
      createdAt: _c,
      ...settings
    } = await restaurant.read(STAFF, { type: 'restaurant' })
    const again = { type: 'initialize', id, settings: { ...settings, name: '옛 이름' } } as const
    expect(await restaurant.done(OWNER, again)).toMatchObject({ name: '새 이름' })
  })
})
