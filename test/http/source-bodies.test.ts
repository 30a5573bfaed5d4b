import { describe, expect, it } from 'vitest'
import {
  counterMethod,
  foodsOf,
  isOver,
  itemNamed,
  linesFrom,
  sourceOrder,
  sourcePaymentStatus,
} from '../../src/http/source/bodies.ts'

type Menu = Parameters<typeof foodsOf>[0]
type Item = Menu['categories'][number]['items'][number]

const item = (more: Partial<Item> = {}): Item => ({
  ...{ id: 'id-1', number: 1, name: '콜라', price: 2_000, description: null, image_url: null },
  ...{ is_available: true, allergens: [], tags: [], spice_level: 0, max_per_order: null },
  options: [],
  ...more,
})
const menuOf = (name: string, items: Item[], methods: string[] = []): Menu => ({
  restaurant: { payment_methods: methods } as unknown as Menu['restaurant'],
  menu_version: 1,
  categories: [{ id: 'c', name, items }],
})
const ORIGIN = 'https://ordersync.example'

describe('a dish', () => {
  it.each([
    ['음료', [], 'drinks'],
    ['음료/주류', [], 'drinks'],
    ['시원한 음료수', [], 'drinks'],
    ['주류', [], 'drinks'],
    ['Drinks', [], 'drinks'],
    ['Soft Drink', [], 'drinks'],
    ['BEVERAGES', [], 'drinks'],
    ['Liquor', [], 'drinks'],
    ['치킨', [], 'menu'],
    ['안주', [], 'menu'],
    ['Drinking food', [], 'menu'],
    ['Mains', ['drinks'], 'drinks'],
    ['사이드', ['음료'], 'drinks'],
    ['Mains', ['popular'], 'menu'],
  ])('under %s with tags %j is among the %s', (name, tags, category) => {
    expect(foodsOf(menuOf(name, [item({ tags })]), ORIGIN)).toMatchObject([{ category }])
  })

  it('is told by its number, with a picture that can be fetched', () => {
    const dish = item({ number: 7, image_url: '/images/k/a.webp', is_available: false })
    expect(foodsOf(menuOf('치킨', [dish]), ORIGIN)).toEqual([
      {
        id: 7,
        name: '콜라',
        price: 2_000,
        category: 'menu',
        description: null,
        image: `${ORIGIN}/images/k/a.webp`,
        sold_out: true,
      },
    ])
  })

  it('is found by number or id', () => {
    const menu = menuOf('치킨', [item(), item({ id: 'id-2', number: 2 })])
    expect(itemNamed(menu, 2)?.id).toBe('id-2')
    expect(itemNamed(menu, 'id-1')?.number).toBe(1)
    expect(itemNamed(menu, '2')).toBeNull()
  })
})

const option = (min: number, deltas: number[]) => ({
  ...{ id: `o${min}`, name: '맛', required: min > 0, min, max: 3 },
  choices: deltas.map((price_delta, at) => ({ id: `c${at}`, name: `${at}`, price_delta })),
})

describe('lines', () => {
  it('take of every option as many as must be, and none that costs more', () => {
    const options = [option(0, [0]), option(1, [500, 0, 0]), option(2, [0, 0, 0])]
    expect(linesFrom(menuOf('치킨', [item({ options })]), [{ food_id: 1, quantity: 3 }])).toEqual({
      items: [
        {
          menu_id: 'id-1',
          quantity: 3,
          options: [
            { option_id: 'o1', choice: 'c1' },
            { option_id: 'o2', choice: 'c0' },
            { option_id: 'o2', choice: 'c1' },
          ],
        },
      ],
    })
  })

  it('say which of them is unknown', () => {
    const lines = [1, 9, 8].map((food_id) => ({ food_id, quantity: 1 }))
    expect(linesFrom(menuOf('치킨', [item()]), lines)).toEqual({ unknownAt: 1 })
  })
})

describe('paying at the counter', () => {
  it.each([
    [['DEPOSIT', 'CARD', 'COUNTER'], 'COUNTER'],
    [['DEPOSIT', 'STRIPE', 'CARD'], 'CARD'],
    [['POINTS', 'STRIPE'], 'STRIPE'],
    [['DEPOSIT', 'POINTS'], 'COUNTER'],
  ])('of %j is %s', (methods, method) => {
    expect(counterMethod(menuOf('치킨', [], methods))).toBe(method)
  })
})

type Order = Parameters<typeof sourceOrder>[0]
type Money = Parameters<typeof sourcePaymentStatus>[0]

describe('an order', () => {
  it.each([
    ['DEPOSIT', 0, 'pre_order'],
    ['DEPOSIT', 1_999, 'pre_order'],
    ['DEPOSIT', 2_000, 'completed'],
    ['COUNTER', 0, 'completed'],
    ['CARD', 0, 'completed'],
  ])('by %s with %i of 2000 in is %s', (payment_method, captured_amount, status) => {
    const line = { number: 1, quantity: 3, unavailable_quantity: 1, total: 2_000 }
    const order = { order_id: 'o', table: { id: 't', name: 'A1' }, items: [line] }
    const money = { payment_method, captured_amount, total_amount: 2_000 }
    expect(sourceOrder({ ...order, ...money } as unknown as Order)).toEqual({
      ...{ id: 'o', table: 't', status, total_amount: 2_000 },
      items: [{ food: 1, quantity: 2, total_price: 2_000 }],
    })
    const told = { ...money, order_id: 'o', payments: [{ method: payment_method }] }
    expect(sourcePaymentStatus(told as unknown as Money)).toMatchObject({ order_id: 'o', status })
  })

  it('of no table has none', () => {
    const order = { order_id: 'o', table: null, items: [] } as unknown as Order
    expect(sourceOrder(order).table).toBeNull()
  })

  it.each([
    ['PENDING', false],
    ['ACCEPTED', false],
    ['READY', false],
    ['COMPLETED', false],
    ['REJECTED', true],
    ['CANCELLED', true],
    ['EXPIRED', true],
  ] as const)('that is %s is over: %s', (status, over) => {
    expect(isOver({ status })).toBe(over)
  })
})
