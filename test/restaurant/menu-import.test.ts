import { describe, expect, it } from 'vitest'
import { STRANGER } from '../../src/domain/actor.ts'
import { exportedMenu } from '../../src/domain/menu/menu-document.ts'
import type { DocumentItem, MenuDocument } from '../../src/domain/menu/menu-document.ts'
import { partsOf } from '../../src/domain/menu/tagged-text.ts'
import {
  guest,
  openRestaurantObject,
  orderOf,
  OWNER,
  STAFF,
  withItem,
  type TestRestaurant,
} from '../support/restaurant.ts'
import { stocked } from '../support/ordering.ts'

const anItem = (name: string, more: Partial<DocumentItem> = {}): DocumentItem => ({
  name,
  names: {},
  price: 1_000,
  description: null,
  descriptions: {},
  allergens: [],
  tags: [],
  spiceLevel: 0,
  maxPerOrder: null,
  image: null,
  options: [],
  ...more,
})
const aFile = (items: readonly DocumentItem[], id?: string): MenuDocument => ({
  currency: null,
  categories: [{ id, name: '치킨', names: { en: 'Chicken' }, items }],
})
const importing = (document: MenuDocument, mode: 'merge' | 'replace' = 'replace') =>
  ({ type: 'import-menu', mode, document }) as const
const menuOf = (restaurant: TestRestaurant) => restaurant.read(STRANGER, { type: 'menu' })

describe('taking in a menu', () => {
  it('writes all of it and says so once', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    const before = await menuOf(restaurant)
    const events = (await restaurant.events()).length
    const file = aFile([anItem('양념', { allergens: ['chicken'] }), anItem('간장')])
    const summary = await restaurant.done(OWNER, importing(file))
    expect(summary).toEqual({
      menuVersion: before.restaurant.menuVersion + 1,
      categories: { created: 1, changed: 0, removed: 1 },
      items: { created: 2, changed: 0, removed: 1 },
      imagesLeftOut: 0,
    })
    const after = await menuOf(restaurant)
    expect(after.categories).toMatchObject([
      {
        name: '치킨',
        names: { en: 'Chicken' },
        items: [
          { name: '양념', number: 2, allergens: ['chicken'] },
          { name: '간장', number: 3 },
        ],
      },
    ])
    const said = (await restaurant.events()).slice(events)
    expect(said).toMatchObject([
      {
        type: 'MENU_CHANGED',
        subject: { kind: 'restaurant', restaurant: { menuVersion: summary.menuVersion } },
      },
      { subject: { kind: 'menu', items: [], categories: [{ deleted: false }, { deleted: true }] } },
      {
        subject: {
          kind: 'menu',
          categories: [],
          items: [{ name: '양념' }, { name: '간장' }, { id: item.id, deleted: true }],
        },
      },
    ])
    expect(await restaurant.execute(OWNER, { type: 'delete-item', itemId: item.id })).toMatchObject(
      { refusal: { kind: 'NOT_FOUND' } },
    )
  })

  it('brings removed items back under their id and number, for sale', async () => {
    const restaurant = await openRestaurantObject()
    const { category, item } = await withItem(restaurant)
    await restaurant.done(STAFF, {
      type: 'mark-sold-out',
      itemId: item.id,
      soldOut: true,
      until: null,
    })
    await restaurant.done(OWNER, { type: 'delete-item', itemId: item.id })
    await restaurant.done(OWNER, { type: 'delete-category', categoryId: category.id })
    await restaurant.done(OWNER, importing(aFile([anItem('돌아온', { id: item.id })], category.id)))
    expect((await menuOf(restaurant)).categories).toMatchObject([
      { id: category.id, items: [{ id: item.id, number: 1, name: '돌아온', soldOut: false }] },
    ])
    const wanted = orderOf([{ itemId: item.id, quantity: 1 }])
    expect((await restaurant.execute(guest('minsu'), wanted)).ok).toBe(true)
  })

  it('writes nothing of a file that is wrong anywhere', async () => {
    const restaurant = await openRestaurantObject()
    await withItem(restaurant)
    const before = await menuOf(restaurant)
    const wrong = aFile([anItem('하나'), anItem('둘', { price: -1 })])
    expect(await restaurant.execute(OWNER, importing(wrong))).toMatchObject({
      refusal: {
        kind: 'INVALID',
        errors: [{ field: 'categories.0.items.1.price', reason: 'too_small' }],
      },
    })
    expect(await menuOf(restaurant)).toEqual(before)
  })

  it('is silent when the file is what stands', async () => {
    const restaurant = await openRestaurantObject()
    const { category, item } = await withItem(restaurant)
    const before = await menuOf(restaurant)
    const same = {
      currency: 'KRW',
      categories: [
        {
          id: category.id,
          name: '치킨',
          names: {},
          items: [anItem('후라이드 치킨', { id: item.id, price: 18_000 })],
        },
      ],
    } as const
    for (const mode of ['merge', 'replace'] as const)
      await restaurant.done(OWNER, importing(same, mode))
    expect((await menuOf(restaurant)).restaurant).toEqual(before.restaurant)
  })

  it('keeps holds of what it removes: an order that ends still gives its portions back', async () => {
    const restaurant = await openRestaurantObject()
    const { item } = await withItem(restaurant)
    await restaurant.done(OWNER, stocked(item.id, 5))
    const { order } = await restaurant.done(
      guest('minsu'),
      orderOf([{ itemId: item.id, quantity: 2 }]),
    )
    await restaurant.done(OWNER, importing(aFile([])))
    await restaurant.done(guest('minsu'), {
      type: 'cancel-order',
      orderId: order.id,
      reason: null,
    })
    expect(await restaurant.rows('SELECT level, reserved FROM stock')).toEqual([
      { level: 5, reserved: 0 },
    ])
  })

  it('repeats its answer to the same key and does it once', async () => {
    const restaurant = await openRestaurantObject()
    const key = { key: 'k', fingerprint: 'f' }
    const file = aFile([anItem('하나')])
    const first = await restaurant.execute(OWNER, importing(file, 'merge'), key)
    const again = await restaurant.execute(OWNER, importing(file, 'merge'), key)
    expect(again).toEqual({ ...first, replayed: true })
    expect(await restaurant.rows('SELECT count(*) AS items FROM items')).toEqual([{ items: 1 }])
  })
})

describe('a menu of 5,000 items', () => {
  const choices = ['작게', '보통', '크게'].map((name, at) => ({ name, priceDelta: at * 500 }))
  const items = Array.from({ length: 5_000 }, (_, n) =>
    anItem(`메뉴 ${n}`, {
      names: { en: `Dish ${n}` },
      description: '오늘 아침에 들어온 재료로 만든 음식입니다.',
      allergens: ['wheat', 'egg'],
      tags: ['인기'],
      options: [{ name: '크기', required: true, choices }],
    }),
  )

  it('is taken in at once, read, exported and taken in again', async () => {
    const restaurant = await openRestaurantObject()
    const started = performance.now()
    const made = await restaurant.done(OWNER, importing(aFile(items)))
    const importMs = performance.now() - started
    expect(made.items.created).toBe(5_000)
    const readAt = performance.now()
    const ask = { type: 'menu-text', restaurantId: restaurant.id, locale: 'en', known: [] } as const
    const { text } = partsOf(await restaurant.read(STRANGER, ask))
    const buildMs = performance.now() - readAt
    const parsed = JSON.parse(text ?? '') as {
      categories: { items: { name: string }[] }[]
    }
    expect(parsed.categories[0]?.items).toHaveLength(5_000)
    expect(parsed.categories[0]?.items[4_999]?.name).toBe('Dish 4999')
    const menu = await menuOf(restaurant)
    const exported = exportedMenu(menu)
    const orderAt = performance.now()
    const wanted = menu.categories[0]?.items[4_000]
    const option = wanted?.options[0]
    const placed = await restaurant.execute(guest('minsu'), {
      ...orderOf([]),
      lines: [
        {
          itemId: wanted?.id ?? '',
          quantity: 1,
          options: [{ optionId: option?.id ?? '', choice: '보통' }],
        },
      ],
    })
    expect(placed.ok).toBe(true)
    const orderMs = performance.now() - orderAt
    // The kitchen waits for as long as one of these takes.
    expect([importMs < 2_000, buildMs < 1_000, orderMs < 300]).toEqual([true, true, true])
    expect(exported.categories[0]?.items).toHaveLength(5_000)
  })
})
