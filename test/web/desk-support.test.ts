import { describe, expect, it } from 'vitest'
import { queryOf, NO_FILTER } from '../../web/desk/activity/filter.ts'
import { typedAs } from '../../web/desk/customers/query.ts'
import {
  askOf,
  leftOf,
  portionsOf,
  wrongWith,
  type Wish,
} from '../../web/desk/orders/refund-wish.ts'
import { stepsOf } from '../../web/desk/orders/steps.ts'
import { lookAgainIn, standOf } from '../../web/desk/refunds/follow.ts'
import { stateOf, tabOf } from '../../web/desk/refunds/tabs.ts'
import { limitMinutes, wrongWish } from '../../web/desk/support/unmask-wish.ts'

const ID = '018f3a4e-0000-8000-8000-9c1d2e3f4a5b'

describe('what somebody has in hand of a customer', () => {
  it.each([
    ['', 'nothing'],
    ['   ', 'nothing'],
    [ID, 'id'],
    [` ${ID.toUpperCase()} `, 'id'],
    ['A001', 'number'],
    ['b12', 'number'],
    ['a@', 'too-short'],
    ['min@', 'email'],
    ['ki', 'too-short'],
    ['kim', 'name'],
    ['김', 'too-short'],
    ['김민', 'name'],
    ['J Doe 2', 'name'],
  ])('%j is read as %s', (typed, as) => {
    expect(typedAs(typed)).toBe(as)
  })
})

describe('asking for money back', () => {
  const wish: Wish = { kind: 'all', amount: null, portions: {}, reason: ' late ' }

  it.each([
    ['all that is left', wish, null],
    ['nothing but spaces for a reason', { ...wish, reason: '  ' }, 'noReason'],
    ['a sum that is missing', { ...wish, kind: 'amount' as const }, 'noAmount'],
    ['a sum of nothing', { ...wish, kind: 'amount' as const, amount: 0 }, 'noAmount'],
    ['exactly what is left', { ...wish, kind: 'amount' as const, amount: 500 }, null],
    ['more than is left', { ...wish, kind: 'amount' as const, amount: 501 }, 'tooMuch'],
    ['no portions', { ...wish, kind: 'lines' as const, portions: { a: 0 } }, 'noLines'],
    ['a portion', { ...wish, kind: 'lines' as const, portions: { a: 1 } }, null],
  ])('judges %s', (_, given, wrong) => {
    expect(wrongWith(given, 500)).toBe(wrong)
  })

  it.each([
    ['all', { ...wish, amount: 5, portions: { a: 1 } }, { reason: 'late' }],
    ['a sum', { ...wish, kind: 'amount' as const, amount: 5 }, { reason: 'late', amount: 5 }],
    [
      'portions',
      { ...wish, kind: 'lines' as const, amount: 5, portions: { a: 2, b: 0 } },
      { reason: 'late', lines: [{ line_id: 'a', quantity: 2 }] },
    ],
  ])('sends %s and nothing beside', (_, given, sent) => {
    expect(askOf(given)).toEqual(sent)
  })

  it.each([
    ['nothing paid', [{ status: 'PENDING', amount: 900, refunded_amount: 0 }], [], 0],
    ['paid', [{ status: 'COMPLETED', amount: 900, refunded_amount: 0 }], [], 900],
    ['a part went back', [{ status: 'COMPLETED', amount: 900, refunded_amount: 200 }], [], 700],
    [
      'more is promised',
      [{ status: 'COMPLETED', amount: 900, refunded_amount: 200 }],
      [
        { status: 'REQUESTED' as const, amount: 100 },
        { status: 'DUE' as const, amount: 50 },
        { status: 'DONE' as const, amount: 200 },
      ],
      550,
    ],
  ])('knows what is left: %s', (_, payments, refunds, left) => {
    expect(leftOf(payments, refunds)).toBe(left)
  })

  it('offers the portions that were made and not paid back', () => {
    const line = { quantity: 5, unavailable_quantity: 1, refunded_quantity: 2 }
    expect(portionsOf(line)).toBe(2)
  })
})

describe('what an order has been through', () => {
  const none = {
    placed_at: '2026-11-20T03:00:00Z',
    acknowledged_at: null,
    accepted_at: null,
    ready_at: null,
    completed_at: null,
    ended_at: null,
    payments: [],
    refunds: [],
  }

  it('is told oldest first', () => {
    const told = stepsOf({
      ...none,
      accepted_at: '2026-11-20T03:02:00Z',
      acknowledged_at: '2026-11-20T03:01:00Z',
    })
    expect(told.map(({ what }) => what)).toEqual(['placed', 'seen', 'accepted'])
  })

  it.each([
    ['served: its end is that', { completed_at: '2026-11-20T03:09:00Z' }, 'completed'],
    ['ended another way', {}, 'ended'],
  ])('ends once, %s', (_, more, last) => {
    const told = stepsOf({ ...none, ended_at: '2026-11-20T03:09:00Z', ...more })
    expect(told.map(({ what }) => what)).toEqual(['placed', last])
  })
})

describe('following a refund request', () => {
  it.each([
    ['APPROVED', [], 0, 1_500],
    ['APPROVED', [], 8, 10_000],
    ['REQUESTED', [], 0, 10_000],
    ['DONE', [{ status: 'REQUESTED' as const }], 0, 1_500],
    ['DONE', [{ status: 'DONE' as const }], 0, null],
    ['DONE', [{ status: 'DUE' as const }], 0, null],
    ['FAILED', [], 0, null],
    ['REFUSED', [], 0, null],
  ] as const)('%s with %j, looked at %i times: again in %s ms', (state, refunds, looks, wait) => {
    expect(lookAgainIn({ state, refunds }, looks)).toBe(wait)
  })

  it.each([
    ['somebody else', { state: 'REQUESTED', requested_by: 'kim', customer_id: 'lee' }, 'decides'],
    ['who asked', { state: 'REQUESTED', requested_by: 'me', customer_id: null }, 'asked-it'],
    ['who ordered', { state: 'REQUESTED', requested_by: 'kim', customer_id: 'me' }, 'ordered-it'],
    ['once decided', { state: 'DONE', requested_by: 'me', customer_id: null }, 'decided'],
  ] as const)('says how %s stands to it', (_, request, stand) => {
    expect(standOf(request, 'me')).toBe(stand)
  })

  it.each([
    ['', 'requested', 'REQUESTED'],
    ['failed', 'failed', 'FAILED'],
    ['all', 'all', null],
    ['nonsense', 'requested', 'REQUESTED'],
  ])('#refunds/%s shows %s', (within, tab, state) => {
    expect(tabOf(within)).toBe(tab)
    expect(stateOf(tabOf(within))).toBe(state)
  })
})

describe('seeing something in clear', () => {
  it.each([
    [[], 'a good reason', 'unmaskNone'],
    [['email'], 'too short', 'unmaskShort'],
    [['email'], 'ten signs.', null],
  ])('%j because %j: %s', (fields, reason, wrong) => {
    expect(wrongWish(fields, reason)).toBe(wrong)
  })

  it.each([
    [429, 600, 10],
    [429, 5, 1],
    [429, null, 1],
    [403, 600, null],
  ])('after %i with %s seconds to wait says %s minutes', (status, seconds, minutes) => {
    const trouble = {
      ...{ status, code: '', reason: null, message: null, details: {}, traceId: null },
      retryAfterSeconds: seconds,
    }
    expect(limitMinutes(trouble)).toBe(minutes)
  })
})

describe('what is asked of the record', () => {
  it('leaves out what is left empty, and tells times as instants', () => {
    const from = '2026-11-20T12:00'
    expect(queryOf({ ...NO_FILTER, actor: ` ${ID} `, from })).toEqual({
      actor_id: ID,
      from: new Date(from).toISOString(),
    })
    expect(queryOf({ ...NO_FILTER, to: 'nonsense' })).toEqual({})
  })
})
