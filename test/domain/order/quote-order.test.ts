import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../../src/domain/coupon/verdict.ts'
import type { MenuItemWithStock } from '../../../src/domain/menu/menu.ts'
import { quote } from '../../../src/domain/menu/pricing.ts'
import type { RequestedLine } from '../../../src/domain/menu/quote.ts'
import { quoteOrder } from '../../../src/domain/order/quote-order.ts'
import type { RestaurantState } from '../../../src/domain/restaurant/settings.ts'
import { available, wantedPerItem } from '../../../src/domain/stock/stock.ts'
import { anItem, aRestaurant, menuOf, NOW } from '../../support/orders.ts'

const counted = (id: string, level: number, reserved: number, more = {}) =>
  anItem({ id, name: id, stock: { itemId: id, level, reserved }, ...more })
const HEAT = {
  ...{ id: 'heat', name: '맵기', names: { en: 'Heat' }, required: true, min: 1, max: 1 },
  choices: [
    { id: 'mild', name: '순한맛', names: { en: 'Mild' }, priceDelta: 0 },
    { id: 'hot', name: '매운맛', priceDelta: 500 },
  ],
}
const MENU = menuOf(
  anItem({ id: 'chicken', names: { en: 'Fried chicken' }, options: [HEAT] }),
  anItem({ id: 'cola', price: 2_000, categoryId: 'drinks', maxPerOrder: 5 }),
  counted('few', 5, 2, { price: 1_000 }),
  counted('none', 3, 3),
  anItem({ id: 'off', soldOut: true }),
  anItem({ id: 'gone', deleted: true }),
  anItem({ id: 'dear', price: 1_000_000_000 }),
  anItem({
    id: 'strange',
    price: 0,
    options: [{ ...HEAT, choices: [{ id: 'mild', name: '순한맛', priceDelta: -1 }] }],
  }),
)

const hot = { optionId: 'heat', choice: '매운맛' }
const mild = { optionId: 'heat', choice: 'mild' }
const line = (itemId: string, quantity = 1, ...options: RequestedLine['options']) => ({
  ...{ itemId, quantity, options },
})

interface Asked {
  lines: readonly RequestedLine[]
  menu?: ReadonlyMap<string, MenuItemWithStock>
  restaurant?: Partial<RestaurantState>
  codes?: readonly Candidate[]
  atTable?: boolean
  locale?: 'ko' | 'en'
}
const quoted = ({ lines, menu = MENU, restaurant, codes = [], ...asked }: Asked) =>
  quoteOrder(
    { restaurant: aRestaurant(restaurant), menu, codes },
    { lines, atTable: true, locale: 'ko', ...asked },
    NOW,
  )
const problems = (...lines: RequestedLine[]) => quoted({ lines }).lines.map((one) => one.problem)

describe('a line that cannot be ordered', () => {
  it.each<[string, RequestedLine, object]>([
    ['an item that never was here', line('unknown'), { kind: 'ITEM_GONE' }],
    ['an item that has left the menu', line('gone'), { kind: 'ITEM_GONE' }],
    ['an item that is marked sold out', line('off'), { kind: 'SOLD_OUT' }],
    ['an item whose portions are all held', line('none'), { kind: 'SOLD_OUT' }],
    ['more portions than there are', line('few', 4), { kind: 'NOT_ENOUGH', available: 3 }],
    ['more portions than one order may hold', line('cola', 6), { kind: 'ABOVE_LIMIT', limit: 5 }],
    [
      'a choice that has left the menu',
      line('chicken', 1, { optionId: 'heat', choice: '아주 매운맛' }),
      {
        kind: 'OPTION_GONE',
        errors: [
          { field: 'options.0.choice', reason: 'unknown_choice' },
          { field: 'options.heat', reason: 'required_option' },
        ],
      },
    ],
    [
      'an option that has left the menu',
      line('cola', 1, { optionId: 'ice', choice: '많이' }),
      { kind: 'OPTION_GONE', errors: [{ field: 'options.0.option_id', reason: 'unknown_option' }] },
    ],
    [
      'an option that must be chosen',
      line('chicken'),
      { kind: 'OPTIONS_INVALID', errors: [{ field: 'options.heat', reason: 'required_option' }] },
    ],
    [
      'two choices where one may be taken',
      line('chicken', 1, hot, mild),
      { kind: 'OPTIONS_INVALID', errors: [{ field: 'options.heat', reason: 'too_many_choices' }] },
    ],
    [
      'a price below nothing',
      line('strange', 1, mild),
      { kind: 'OPTIONS_INVALID', errors: [{ field: 'options', reason: 'negative_price' }] },
    ],
    ['an amount beyond all bounds', line('dear', 999), { kind: 'TOTAL_TOO_LARGE' }],
  ])('says so: %s', (_, wanted, problem) => {
    const { lines, totalAmount, charges } = quoted({ lines: [wanted, line('cola', 2)] })
    expect(lines.map((one) => one.problem)).toEqual([problem, null])
    expect([totalAmount, charges.subtotalAmount]).toEqual([4_000, 4_000])
  })

  it('is judged after the lines before it, of which those count that can be ordered', () => {
    expect(problems(line('few', 2), line('few', 2), line('few', 1))).toEqual([
      null,
      { kind: 'NOT_ENOUGH', available: 1 },
      null,
    ])
    expect(problems(line('cola', 5), line('cola', 1))).toEqual([
      null,
      { kind: 'ABOVE_LIMIT', limit: 0 },
    ])
  })

  it('still shows what it is and costs, where that is known', () => {
    const { lines } = quoted({ lines: [line('off', 2), line('unknown'), line('chicken')] })
    expect(lines).toMatchObject([
      { item: { number: 1, name: '후라이드 치킨' }, unitPrice: 18_000, total: 36_000 },
      { item: null, unitPrice: null, total: null },
      { item: { name: '후라이드 치킨' }, unitPrice: null, total: null },
    ])
  })
})

describe('the quote of an order', () => {
  it('speaks the language of its reader', () => {
    const [shown] = quoted({ lines: [line('chicken', 1, mild)], locale: 'en' }).lines
    expect(shown).toMatchObject({
      item: { name: 'Fried chicken' },
      options: [{ optionName: 'Heat', choiceName: 'Mild' }],
    })
    expect(quoted({ lines: [line('chicken', 1, hot)], locale: 'en' }).lines).toMatchObject([
      { options: [{ optionName: 'Heat', choiceName: '매운맛', priceDelta: 500 }] },
    ])
  })

  it('has the fees of a table, or of take-away', () => {
    const restaurant = { packagingFeeAmount: 500, serviceFeeBasisPoints: 1_000 }
    const lines = [line('cola', 2)]
    expect(quoted({ lines, restaurant }).totalAmount).toBe(4_400)
    expect(quoted({ lines, restaurant, atTable: false }).totalAmount).toBe(4_500)
    expect(quoted({ lines: [line('off')], restaurant, atTable: false }).totalAmount).toBe(0)
  })

  it('says whether the restaurant is open', () => {
    const closed = quoted({ lines: [], restaurant: { paused: true } })
    expect(closed.restaurant).toMatchObject({ id: 'restaurant-1', open: false, menuVersion: 7 })
    expect(closed.totalAmount).toBe(0)
  })
})

const aCoupon = (code: string, more: object = {}) => ({
  ...{ id: `id-${code}`, code, kind: 'FIXED' as const, value: 1_000, maxDiscount: null },
  ...{ minOrderAmount: 0, itemIds: [], categoryIds: [], startsAt: null, endsAt: null },
  ...{ stackable: false, active: true },
  ...more,
})

describe('codes in a quote', () => {
  const lines = [line('off'), line('chicken', 1, mild), line('cola', 1)]

  it('take off the lines that can be ordered', () => {
    const coupon = aCoupon('HALF', { kind: 'PERCENT', value: 50, categoryIds: ['drinks'] })
    const found = quoted({ lines, codes: [{ code: 'HALF', coupon }] })
    expect(found.coupons).toEqual([
      { code: 'HALF', applicable: true, couponId: 'id-HALF', discount: 1_000 },
    ])
    expect(found.lines.map(({ discount }) => discount)).toEqual([0, 0, 1_000])
    expect([found.totalAmount, found.charges.discountAmount]).toEqual([19_000, 1_000])
  })

  it('each say why they take nothing off, and the others take off what they do', () => {
    const together = aCoupon('TOGETHER', { stackable: true })
    const found = quoted({
      lines,
      codes: [
        { code: 'NOBODYS', reason: 'UNKNOWN' },
        { code: 'TOGETHER', coupon: together },
        { code: 'ALONE', coupon: aCoupon('ALONE') },
        { code: 'RICH', coupon: aCoupon('RICH', { stackable: true, minOrderAmount: 50_000 }) },
        { code: 'OVER', coupon: aCoupon('OVER', { stackable: true, endsAt: NOW }) },
        { code: 'MINE', reason: 'IN_USE' },
        { code: 'TOGETHER', coupon: together },
      ],
    })
    expect(found.coupons).toEqual([
      { code: 'NOBODYS', applicable: false, reason: 'UNKNOWN' },
      { code: 'TOGETHER', applicable: true, couponId: 'id-TOGETHER', discount: 1_000 },
      { code: 'ALONE', applicable: false, reason: 'NOT_STACKABLE' },
      {
        ...{ code: 'RICH', applicable: false, reason: 'BELOW_MIN_ORDER_AMOUNT' },
        minOrderAmount: 50_000,
      },
      { code: 'OVER', applicable: false, reason: 'ENDED' },
      { code: 'MINE', applicable: false, reason: 'IN_USE' },
      { code: 'TOGETHER', applicable: true, couponId: 'id-TOGETHER', discount: 1_000 },
    ])
    expect(found.totalAmount).toBe(19_000)
  })
})

describe('whatever is asked for', () => {
  const anyLine = fc.record({
    itemId: fc.constantFrom(...MENU.keys(), 'unknown'),
    quantity: fc.integer({ min: 1, max: 6 }),
    options: fc.array(
      fc.record({
        optionId: fc.constantFrom('heat', 'ice'),
        choice: fc.constantFrom('mild', '매운맛', '얼음'),
      }),
      { maxLength: 2 },
    ),
  })

  it('lines without a problem can be placed together, at the subtotal that is quoted', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (lines) => {
        const found = quoted({ lines })
        const good = lines.filter((_, index) => found.lines[index]?.problem === null)
        const priced = quote(good, MENU, { currency: 'KRW', menuVersion: 7 })
        expect(priced).toMatchObject({
          ok: true,
          value: { totalAmount: found.charges.subtotalAmount },
        })
        for (const [itemId, quantity] of wantedPerItem(good))
          expect(available(MENU.get(itemId)?.stock ?? null) ?? Infinity).toBeGreaterThanOrEqual(
            quantity,
          )
      }),
    )
  })
})
