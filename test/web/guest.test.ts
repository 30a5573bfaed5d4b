import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Trouble } from '../../web/lib/outcome.ts'
import type { Item, Menu, Quote } from '../../web/guest/state.ts'
import { fakeBrowser } from './browser.ts'

fakeBrowser()
const { money } = await import('../../web/lib/format.ts')
const {
  couponTrouble,
  methodsFor,
  newTotalOf,
  obstacleOf,
  sayingOf,
  shortagesOf,
  takesPoints,
  troubleOf,
} = await import('../../web/guest/why.ts')
afterAll(() => void vi.unstubAllGlobals())

const trouble = (more: Partial<Trouble>): Trouble => ({
  status: 409,
  code: 'CONFLICT',
  reason: null,
  message: null,
  details: {},
  retryAfterSeconds: null,
  traceId: null,
  ...more,
})

describe('what keeps a table from ordering', () => {
  const shop = (open: boolean, takesOrders = true): Menu['restaurant'] =>
    ({ open, table_ordering_enabled: takesOrders }) as Menu['restaurant']
  it.each([
    [null, shop(true), null],
    [null, shop(false), 'closed'],
    ['scanAgain', shop(true), 'scanAgain'],
    ['notSeated', shop(false), 'notSeated'],
    ['wrongCode', shop(true, false), 'orderingOff'],
  ] as const)('seat %s', (barred, restaurant, word) => {
    expect(obstacleOf(barred, restaurant)).toBe(word)
  })
})

describe('a line of the cart', () => {
  const item = (more: Partial<Item> = {}): Item =>
    ({
      is_available: true,
      options: [{ id: 'o', choices: [{ id: 'c' }] }],
      ...more,
    }) as unknown as Item
  const line = (choiceId = 'c') => ({ choices: [{ optionId: 'o', choiceId }] })
  type Problem = Quote['items'][number]['problem']
  const quoted = (problem: Problem) => ({ problem })

  it.each([
    ['is on the menu, before any quote', line(), item(), undefined, null],
    ['is fine', line(), item(), quoted(null), null],
    ['has left the menu', line(), undefined, quoted(null), 'lineGone'],
    ['is sold out by the menu', line(), item({ is_available: false }), undefined, 'lineSoldOut'],
    ['has a choice that is gone', line('x'), item(), undefined, 'lineOptions'],
    ['is sold out by the quote', line(), item(), quoted({ reason: 'SOLD_OUT' }), 'lineSoldOut'],
    ['is gone by the quote', line(), item(), quoted({ reason: 'ITEM_GONE' }), 'lineGone'],
    [
      'is more than there is',
      line(),
      item(),
      quoted({ reason: 'NOT_ENOUGH', available: 2 }),
      'lineFew',
    ],
    [
      'is what nothing is left of',
      line(),
      item(),
      quoted({ reason: 'NOT_ENOUGH', available: 0 }),
      'lineSoldOut',
    ],
    [
      'is more than one order may have',
      line(),
      item(),
      quoted({ reason: 'ABOVE_LIMIT', limit: 3 }),
      'lineLimit',
    ],
    [
      'has options that do not fit',
      line(),
      item(),
      quoted({ reason: 'OPTIONS_INVALID' }),
      'lineOptions',
    ],
    ['is too much', line(), item(), quoted({ reason: 'TOTAL_TOO_LARGE' }), 'lineTooLarge'],
  ] as const)('%s', (_, given, shown, quote, word) => {
    expect(troubleOf(given, shown, quote)?.word ?? null).toBe(word)
  })

  it('says how many there are', () => {
    const quote = quoted({ reason: 'NOT_ENOUGH', available: 2 })
    expect(troubleOf(line(), item(), quote)?.values).toEqual({ count: 2 })
  })
})

describe('an order that was not taken', () => {
  it.each([
    [trouble({ reason: 'PRICE_CHANGED' }), 'priceChanged'],
    [trouble({ reason: 'TOO_OLD' }), 'tooOld'],
    [trouble({ reason: 'VISIT_ENDED' }), 'scanAgain'],
    [trouble({ reason: 'SCAN_REQUIRED' }), 'scanFirst'],
    [trouble({ status: 403, reason: 'WRONG_TABLE_CODE' }), 'wrongCode'],
    [trouble({ reason: 'INSUFFICIENT_POINTS', message: 'by the server' }), null],
  ])('is explained', (given, word) => {
    expect(sayingOf(given)).toBe(word)
  })

  it('names what ran out, and the sum that it would come to now', () => {
    const items = [
      { menu_id: '1', name: '치즈볼', available: 2 },
      { menu_id: '2', name: '콜라', available: 0 },
    ]
    expect(shortagesOf(trouble({ reason: 'OUT_OF_STOCK', details: { items } }))).toEqual([
      { name: '치즈볼', left: 2 },
      { name: '콜라', left: 0 },
    ])
    expect(shortagesOf(trouble({ reason: 'PRICE_CHANGED' }))).toEqual([])
    expect(newTotalOf(trouble({ details: { quote: { total_amount: 19_000 } } }))).toBe(19_000)
    expect(newTotalOf(trouble({}))).toBeNull()
  })
})

describe('a coupon that takes nothing off', () => {
  it.each([
    ['UNKNOWN', null, 'couponUnknown'],
    ['ENDED', null, 'couponEnded'],
    ['NOT_STARTED', null, 'couponEarly'],
    ['EXHAUSTED', null, 'couponGone'],
    ['LIMIT_REACHED', null, 'couponLimit'],
    ['IN_USE', null, 'couponInUse'],
    ['ACCOUNT_NEEDED', null, 'couponAccount'],
    ['BELOW_MIN_ORDER_AMOUNT', null, 'couponSmall'],
    ['BELOW_MIN_ORDER_AMOUNT', 90_000, 'couponBelow'],
    ['SOMETHING_NEW', null, 'couponNot'],
    [null, null, 'couponNot'],
  ])('%s, %s', (reason, least, word) => {
    const sum = (amount: number) => money(amount, 'KRW')
    const saying = couponTrouble({ reason, min_order_amount: least }, sum)
    expect(saying.word).toBe(word)
    if (least !== null) expect(saying.values?.sum).toContain('90,000')
  })
})

describe('ways to pay', () => {
  it.each([
    [['CARD', 'POINTS', 'DEPOSIT'], 0, 18_000, ['CARD', 'DEPOSIT']],
    [['CARD', 'POINTS'], 3_000, 18_000, ['CARD']],
    [['CARD', 'POINTS'], 18_000, 18_000, ['POINTS']],
    [['CARD', 'POINTS'], 0, 0, ['CARD']],
    [['POINTS'], 0, 18_000, []],
  ])('%s with %d points of %d', (offered, points, total, left) => {
    expect(methodsFor(offered, { points, total })).toEqual(left)
  })

  it.each([
    [['CARD', 'POINTS'], 'KRW', true],
    [['CARD'], 'KRW', false],
    [['CARD', 'POINTS'], 'USD', false],
  ])('%s in %s: points %s', (methods, currency, taken) => {
    expect(takesPoints({ payment_methods: methods, currency })).toBe(taken)
  })
})
