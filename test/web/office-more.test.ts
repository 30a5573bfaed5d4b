import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stateOf } from '../../web/office/coupons/coupon-state.ts'
import { isEmpty, missingOf, scopeJson, scopeOf, toggled } from '../../web/office/coupons/scope.ts'
import { inserted } from '../../web/office/menu/moved.ts'
import { lineOf, menuOf, placeInMenu } from '../../web/office/menu/read-file.ts'
import { isSet, keysOf } from '../../web/office/settings/keys.ts'
import { timeZones } from '../../web/office/settings/time-zones.ts'
import { daysUpTo, sumsOf } from '../../web/office/statistics/range.ts'
import type { Day } from '../../web/office/statistics/data.ts'
import type { Restaurant } from '../../web/office/state.ts'
import {
  doAwayWith,
  isAway,
  REGRET_MS,
  regrets,
  sendRegrets,
  takeBack,
} from '../../web/ui/regrets.ts'

afterAll(() => void vi.unstubAllGlobals())

describe('where a coupon stands', () => {
  const now = Date.parse('2026-12-01T00:00:00Z')
  const [before, after] = ['2026-11-30T00:00:00Z', '2026-12-02T00:00:00Z']
  it.each([
    ['running', {}],
    ['running', { starts_at: before, ends_at: after }],
    ['later', { starts_at: after }],
    ['over', { ends_at: before }],
    ['over', { ends_at: '2026-12-01T00:00:00Z' }],
    ['over', { ends_at: before, active: false }],
    ['paused', { active: false }],
    ['paused', { active: false, starts_at: after }],
    ['usedUp', { left: 0 }],
  ] as const)('%s: %j', (state, terms) => {
    const coupon = { active: true, starts_at: null, ends_at: null, left: 3, ...terms }
    expect(stateOf(coupon, now)).toBe(state)
  })
})

describe('what a coupon is for', () => {
  it('is the whole menu where nothing is named, and that is sent as nothing', () => {
    expect(scopeOf(null)).toEqual({ whole: true, items: [], categories: [] })
    expect(scopeJson({ whole: true, items: ['a'], categories: [] })).toEqual({
      item_ids: [],
      category_ids: [],
    })
  })

  it('comes back as it was', () => {
    const coupon = { item_ids: ['a'], category_ids: ['c'] }
    expect(scopeJson(scopeOf(coupon))).toEqual(coupon)
  })

  it('is not nothing: that would be the whole menu', () => {
    expect(isEmpty({ whole: false, items: [], categories: [] })).toBe(true)
    expect(isEmpty({ whole: false, items: ['a'], categories: [] })).toBe(false)
    expect(isEmpty(scopeOf(null))).toBe(false)
  })

  it('takes in an entry once, and lets it go', () => {
    expect(toggled(['a'], 'a', true)).toEqual(['a'])
    expect(toggled(['a'], 'b', true)).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a', false)).toEqual(['b'])
  })

  it('says what has left the menu since', () => {
    const scope = { whole: false, items: ['a', 'b'], categories: ['c'] }
    expect(missingOf(scope, { items: [{ id: 'a' }], categories: [] })).toEqual(['b', 'c'])
  })
})

describe('a menu file', () => {
  it.each([
    ['{"categories": []}', { ok: true, content: { categories: [] } }],
    ['[]', { ok: false, why: 'notMenu' }],
    ['null', { ok: false, why: 'notMenu' }],
    ['{"items": []}', { ok: false, why: 'notMenu' }],
    ['{\n\n oops', { ok: false, why: 'notJson', line: 3 }],
  ])('%s', (text, read) => {
    expect(menuOf(text)).toEqual(read)
  })

  it.each([
    ['Expected property name at position 4 (line 3 column 2)', 3],
    ['Unexpected token o in JSON at position 4', 3],
    ['JSON.parse: expected something at line 2 column 1', 2],
    ['Unexpected end of JSON input', null],
  ])('is wrong where the browser says: %s', (message, line) => {
    expect(lineOf(message, '{\n\n oops')).toBe(line)
  })

  it.each([
    ['categories.0.items.1.price', '디저트 › 호떡 › price'],
    ['categories.0.items.1.options.0.name', '디저트 › 호떡 › options 1 › name'],
    ['categories.1.name', 'categories 2 › name'],
    ['categories', 'categories'],
    ['currency', 'currency'],
  ])('names the place that %s points at', (path, place) => {
    const items = [{ name: '식혜' }, { name: '호떡', options: [{ name: '' }] }]
    expect(placeInMenu(path, { categories: [{ name: '디저트', items }, {}] })).toBe(place)
  })
})

describe('an entry that comes back', () => {
  it.each([
    [0, ['x', 'a', 'b']],
    [1, ['a', 'x', 'b']],
    [9, ['a', 'b', 'x']],
  ])('to place %i', (at, becomes) => {
    expect(inserted(['a', 'b'], at, 'x')).toEqual(becomes)
  })
})

describe('keys of providers', () => {
  const none = { configured: false, hint: null }
  const shown: Restaurant['provider_keys'] = {
    toss: { secret_key: { configured: true, hint: '…1234' }, client_key: none },
    stripe: { secret_key: none, publishable_key: none, webhook_secret: none },
    payaction: { mall_id: none, api_key: none, webhook_key: none },
  }

  it('are told by their hints alone', () => {
    expect(keysOf(shown, 'toss')).toEqual([
      ['secret_key', '…1234'],
      ['client_key', null],
    ])
    expect([isSet(shown, 'toss'), isSet(shown, 'stripe')]).toEqual([true, false])
  })
})

describe('time zones to choose from', () => {
  it('are the browser’s, or some where it has no list', () => {
    expect(timeZones({ supportedValuesOf: () => ['Europe/Berlin'] })).toEqual(['Europe/Berlin'])
    expect(timeZones({})).toContain('Asia/Seoul')
  })
})

describe('several days together', () => {
  it('are named up to the last, over months and leap days', () => {
    expect(daysUpTo('2028-03-01', 3)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01'])
    expect(daysUpTo('2026-11-20', 1)).toEqual(['2026-11-20'])
  })

  it('add up, the best dish first, by its latest name', () => {
    const item = (name: string, menu_id: string, quantity: number) => ({
      menu_id,
      number: 1,
      name,
      quantity,
      revenue: quantity * 10,
      order_count: 1,
    })
    const day = (items: Day['items']): Day => ({
      day: '2026-11-20',
      currency: 'KRW',
      orders: { total: 2, by_status: {} as Day['orders']['by_status'] },
      revenue: 90,
      captured_amount: 100,
      refunded_amount: 10,
      items,
      hours: [],
      average_seconds_to_accept: null,
      average_seconds_to_ready: null,
    })
    const days = [day([item('호떡', 'a', 1), item('식혜', 'b', 3)]), day([item('꿀호떡', 'a', 4)])]
    const sums = sumsOf(days)
    expect(sums).toMatchObject({ orders: 4, revenue: 180, captured: 200, refunded: 20 })
    expect(sums.items).toMatchObject([
      { name: '꿀호떡', quantity: 5, revenue: 50, order_count: 2 },
      { name: '식혜', quantity: 3 },
    ])
  })
})

describe('what was done away with', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const regret = (key: string, answers = true) => {
    const calls: string[] = []
    doAwayWith({
      key,
      text: key,
      send: (leaving) => {
        calls.push(leaving ? 'sent in leaving' : 'sent')
        return Promise.resolve(
          answers ? { ok: true, value: null } : { ok: false, trouble: { status: 409 } as never },
        )
      },
      done: () => calls.push('done'),
      refused: () => calls.push('refused'),
    })
    return calls
  }

  it('is out of sight at once, sent after five seconds, and stays away', async () => {
    const calls = regret('a')
    expect(isAway('a')).toBe(true)
    await vi.advanceTimersByTimeAsync(REGRET_MS - 1)
    expect(calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(calls).toEqual(['sent', 'done'])
    expect([isAway('a'), regrets.value.length]).toEqual([true, 0])
  })

  it('is back when taken back, and was never sent', async () => {
    const calls = regret('b')
    takeBack('b')
    await vi.advanceTimersByTimeAsync(REGRET_MS)
    expect([isAway('b'), calls]).toEqual([false, []])
  })

  it('is sent at once by who leaves, and once', async () => {
    const calls = regret('c')
    await sendRegrets(true)
    await vi.advanceTimersByTimeAsync(REGRET_MS)
    expect(calls).toEqual(['sent in leaving', 'done'])
  })

  it('is back where the server would not have it', async () => {
    const calls = regret('d', false)
    await vi.advanceTimersByTimeAsync(REGRET_MS)
    expect([isAway('d'), calls]).toEqual([false, ['sent', 'refused']])
  })
})
