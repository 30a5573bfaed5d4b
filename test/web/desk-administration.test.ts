import { describe, expect, it } from 'vitest'
import type { MoveForm } from '../../web/desk/orders/move-of.ts'
import { fakeBrowser } from './browser.ts'

fakeBrowser()
const { blockersOf, stageOf } = await import('../../web/desk/accounts/erasure-text.ts')
const { queryOf: accountQuery, NO_FILTER: ANY_ACCOUNT } =
  await import('../../web/desk/accounts/filter.ts')
const { changesOf, placeOf, valueText } = await import('../../web/desk/audit/read-entry.ts')
const { startOf, endOf } = await import('../../web/desk/administration/days.ts')
const { aboutOf } = await import('../../web/desk/money/about.ts')
const { dueOf } = await import('../../web/desk/money/due-of.ts')
const { rateOf } = await import('../../web/desk/money/rate-of.ts')
const { leftOf, leftToRefund, moveOf } = await import('../../web/desk/orders/move-of.ts')
const { queryOf, searchesLastMonth, NO_FILTER } =
  await import('../../web/desk/orders/order-filter.ts')
const { liveOf } = await import('../../web/desk/partners/key-state.ts')
const { overlapText } = await import('../../web/desk/partners/types-of.ts')

describe('a list of accounts', () => {
  it('is asked for with what was filled in alone', () => {
    expect(accountQuery(ANY_ACCOUNT)).toEqual({})
    expect(accountQuery({ ...ANY_ACCOUNT, email: ' min ', locked: 'true' })).toEqual({
      email: 'min',
      locked: 'true',
    })
  })
})

describe('erasing somebody', () => {
  it.each([
    [{ restaurants: 3, restaurants_done: 1, done_at: null }, 'restaurants'],
    [{ restaurants: 3, restaurants_done: 3, done_at: null }, 'last-look'],
    [{ restaurants: 0, restaurants_done: 0, done_at: null }, 'last-look'],
    [{ restaurants: 3, restaurants_done: 3, done_at: '2026-11-20T00:00:00.000Z' }, 'done'],
  ] as const)('stands, after %o, at %s', (progress, stage) => {
    expect(stageOf(progress)).toBe(stage)
  })

  it('is told apart by what stands in its way, known or not', () => {
    expect(blockersOf({ blockers: ['LAST_OWNER', 'NEW_ONE', 'OPEN_ORDERS'] })).toEqual([
      'OPEN_ORDERS',
      'LAST_OWNER',
    ])
    expect(blockersOf({})).toEqual([])
  })
})

describe('a search among all orders', () => {
  const now = Date.parse('2026-11-20T12:00:00.000Z')

  it.each([
    ['a word', { words: '치킨' }, true],
    ['a number', { number: 'A001' }, true],
    ['a number of a day', { number: 'A001', day: '2026-11-20' }, false],
    ['a word at a restaurant', { words: '치킨', restaurant: 'r' }, false],
    ['a word of a person', { words: '치킨', person: 'p' }, false],
    ['a state', { status: 'open' }, false],
  ])('for %s looks through the last month alone: %o → %s', (_, part, month) => {
    const wanted = { ...NO_FILTER, ...part }
    expect(searchesLastMonth(wanted)).toBe(month)
    expect(queryOf(wanted, now).from).toBe(month ? '2026-10-21T12:00:00.000Z' : undefined)
  })

  it('counts that month from the day that was said last', () => {
    const wanted = { ...NO_FILTER, words: '치킨', to: '2026-06-30' }
    const { from = '', to = '' } = queryOf(wanted, now)
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * 24 * 3_600_000)
  })

  it('takes a day from its beginning to its end', () => {
    expect(Date.parse(endOf('2026-12-31') ?? '') - Date.parse(startOf('2026-12-31') ?? '')).toBe(
      24 * 3_600_000,
    )
    expect(startOf('')).toBeUndefined()
  })
})

describe('a move of an order', () => {
  const form: MoveForm = {
    ...{ reason: '정전', minutes: 15, message: '', unavailable: [], soldOut: ['i'] },
    ...{ how: 'all', amount: 500, lines: [{ line_id: 'l', quantity: 1 }] },
  }

  it.each([
    ['accept', form, { action: 'accept', reason: '정전', estimated_time_minutes: 15 }],
    ['reject', form, { action: 'reject', reason: '정전', sold_out_item_ids: ['i'] }],
    ['cancel', form, { action: 'cancel', reason: '정전' }],
    ['refund', form, { action: 'refund', reason: '정전' }],
    ['refund', { ...form, how: 'amount' }, { action: 'refund', reason: '정전', amount: 500 }],
    ['refund', { ...form, how: 'lines' }, { action: 'refund', reason: '정전', lines: form.lines }],
  ] as const)('sends with %s what belongs to it alone', (move, filled, sent) => {
    expect(moveOf(move, filled)).toEqual(sent)
  })

  it('may pay back what is made and not paid back yet', () => {
    const line = { name: '치킨', quantity: 3, unavailable_quantity: 1, refunded_quantity: 1 }
    const items = [
      { ...line, line_id: 'a' },
      { ...line, line_id: 'b', refunded_quantity: 2 },
    ] as never
    expect(leftOf({ items })).toEqual([{ id: 'a', name: '치킨', most: 1 }])
  })

  it('may pay back what came in, less what is back or promised', () => {
    const payments = [
      { amount: 10_000, refunded_amount: 2_000, status: 'CAPTURED' },
      { amount: 10_000, refunded_amount: 0, status: 'ENDED' },
    ] as const
    const refunds = [
      { amount: 2_000, status: 'DONE' },
      { amount: 1_000, status: 'REQUESTED' },
      { amount: 500, status: 'DUE' },
    ] as const
    expect(leftToRefund({ payments, refunds })).toBe(6_500)
  })
})

describe('a line of the audit trail', () => {
  const words = { nothing: '없음', yes: '예', no: '아니요' }
  const entry = (kind: string, changes = {}) => ({ subject: { kind, id: 'x' }, changes }) as never

  it.each([
    [null, '없음'],
    [true, '예'],
    [1200, '1,200'],
    [[], '없음'],
    [['A', 'B'], 'A, B'],
    ['ADMIN', 'ADMIN'],
  ])('shows %o as %s', (value, text) => {
    expect(valueText(value, words, 'ko')).toBe(text)
  })

  it('leaves out what only the machine reads, and says what stayed as it was', () => {
    const changes = {
      action: { from: 'PENDING', to: 'accept' },
      key: { from: null, to: 'k' },
      partner: { from: 'p', to: 'p' },
    }
    expect(changesOf({ changes }).map(({ field, same }) => [field, same])).toEqual([
      ['action', false],
      ['partner', true],
    ])
  })

  it.each([
    ['user', {}, '#accounts/x'],
    ['order', {}, '#orders/x'],
    ['partner-key', { partner: { from: null, to: 'p' } }, '#partners/p'],
    ['database', {}, null],
  ])('leads from a %s to its page', (kind, changes, place) => {
    expect(placeOf(entry(kind, changes))).toBe(place)
  })
})

describe('money', () => {
  it.each([
    ['1385.5', '1385.5'],
    [' 1,385.50 ', '1385.50'],
    ['0', null],
    ['-3', null],
    ['a lot', null],
  ])('takes the rate %s as %s', (typed, sent) => {
    expect(rateOf(typed)).toBe(sent)
  })

  it('owes of a refund of points what people have to pay', () => {
    const parts = [
      { status: 'DUE', amount: 3_000 },
      { status: 'DONE', amount: 5_000 },
      { status: 'DUE', amount: 200 },
    ] as const
    expect(dueOf({ parts })).toBe(3_200)
  })

  it.each([
    ['DISPUTED', { what: 'order', id: 'o' }],
    ['LEDGER_DEBIT', { what: 'order', id: 'o' }],
    ['WALLET_BALANCE', { what: 'account', id: 'o' }],
    ['LEDGER_STRAY', null],
  ] as const)('leads from %s to %o', (kind, about) => {
    expect(aboutOf({ kind, owner: 'o' })).toEqual(about)
  })
})

describe('how long a key lives on', () => {
  it('is until its end, or until it is replaced', () => {
    const now = Date.parse('2026-11-20T12:00:00.000Z')
    const keys = [
      { id: 'new', ends_at: null },
      { id: 'older', ends_at: '2026-11-20T13:00:00.000Z' },
      { id: 'ended', ends_at: '2026-11-20T12:00:00.000Z' },
    ]
    expect(liveOf(keys, now).map(({ id }) => id)).toEqual(['new', 'older'])
  })

  it.each([
    [0, 'atOnce 0'],
    [3_600, 'hours 1'],
    [86_400, 'days 1'],
    [604_800, 'days 7'],
  ])('%i seconds', (seconds, text) => {
    expect(overlapText(seconds, (word, { count }) => `${word} ${count}`)).toBe(text)
  })
})
