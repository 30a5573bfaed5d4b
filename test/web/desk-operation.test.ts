import { afterAll, describe, expect, it, vi } from 'vitest'
import { behindnessOf, restaurantOf } from '../../web/desk/outgoing/destinations.ts'
import type { DestinationLag } from '../../web/desk/outgoing/types.ts'
import { narrowing } from '../../web/desk/filters.ts'
import { errorsOf, draftOf, wishesOf } from '../../web/desk/alerts/rule-drafts.ts'
import { daysOf, lastDays, wrongWith } from '../../web/desk/overview/range.ts'
import { currenciesOf, lagOf, netIn } from '../../web/desk/overview/types.ts'
import { standingOf, valueOf } from '../../web/desk/settings/proposal.ts'
import { fakeBrowser } from './browser.ts'

fakeBrowser()
const { durationText } = await import('../../web/desk/durations.ts')
const { partText } = await import('../../web/desk/counts.ts')
const { locale } = await import('../../web/lib/i18n.ts')
afterAll(() => void vi.unstubAllGlobals())

const NOW = Date.parse('2026-11-20T12:00:00Z')

describe('what may become of a proposal', () => {
  const waiting = {
    state: 'PROPOSED' as const,
    proposed_by: 'a',
    version: 2,
    expires_at: '2026-11-20T13:00:00Z',
  }
  const looker = { id: 'b', settingVersion: 2, now: NOW }
  it.each([
    { name: 'somebody else decides', change: {}, by: {}, is: 'decide' },
    { name: 'nobody decides their own', change: {}, by: { id: 'a' }, is: 'own' },
    {
      name: 'its time is over',
      change: { expires_at: '2026-11-20T12:00:00Z' },
      by: {},
      is: 'EXPIRED',
    },
    { name: 'the setting is another since', change: {}, by: { settingVersion: 3 }, is: 'stale' },
    { name: 'it was decided', change: { state: 'REJECTED' as const }, by: {}, is: 'REJECTED' },
    {
      name: 'it was decided before its time was over',
      change: { state: 'APPROVED' as const, expires_at: '2026-11-01T00:00:00Z' },
      by: {},
      is: 'APPROVED',
    },
  ])('$name', ({ change, by, is }) => {
    expect(standingOf({ ...waiting, ...change }, { ...looker, ...by })).toBe(is)
  })
})

describe('a value that is typed', () => {
  it.each([
    { type: 'integer', text: ' 60 ', is: { ok: true, value: 60 } },
    { type: 'integer', text: '6.5', is: { ok: false } },
    { type: 'integer', text: '', is: { ok: false } },
    { type: 'restaurant', text: '', is: { ok: true, value: null } },
    { type: 'timezone', text: 'Asia/Seoul', is: { ok: true, value: 'Asia/Seoul' } },
    { type: 'timezone', text: ' ', is: { ok: false } },
  ] as const)('$type: "$text"', ({ type, text, is }) => {
    expect(valueOf(type, text)).toEqual(is)
  })
})

describe('alert rules that are edited', () => {
  const rule = (kind: 'http-5xx' | 'order-p95') =>
    ({ kind, enabled: true, fires_at: 11, clears_at: 5, hold_seconds: 0 }) as never
  const rules = [rule('http-5xx'), rule('order-p95')]
  const drafts = (['http-5xx', 'order-p95'] as const).map((kind, at) =>
    draftOf(kind, rules[at] as never),
  )
  const withSecond = (change: object) =>
    drafts.map((draft, at) => (at === 1 ? { ...draft, ...change } : draft))

  it('are sent where they changed alone', () => {
    expect(wishesOf(drafts, rules).wishes).toEqual([])
    const { wishes, errors } = wishesOf(withSecond({ fires_at: '20' }), rules)
    expect(errors.size).toBe(0)
    expect(wishes).toEqual([
      { kind: 'order-p95', enabled: true, fires_at: 20, clears_at: 5, hold_seconds: 0 },
    ])
  })

  it('name the field in which no number stands', () => {
    const { errors } = wishesOf(withSecond({ clears_at: '-1' }), rules)
    expect([...errors]).toEqual([['order-p95.clears_at', 'required']])
  })

  it('show the server’s errors at the rule that was sent, not at the one in its place', () => {
    const { wishes } = wishesOf(withSecond({ clears_at: '30' }), rules)
    const details = { errors: [{ field: 'rules.0.clears_at', reason: 'not_below_fires_at' }] }
    expect([...errorsOf(details, wishes)]).toEqual([['order-p95.clears_at', 'not_below_fires_at']])
    expect(errorsOf({ errors: [{ field: 'body', reason: 'invalid' }] }, wishes).size).toBe(0)
  })
})

describe('the days of statistics', () => {
  it('end with the day that is named', () => {
    expect(lastDays(7, '2026-03-02')).toEqual({ from: '2026-02-24', to: '2026-03-02' })
    expect(daysOf(lastDays(92, '2026-11-20'))).toBe(92)
  })
  it.each([
    { from: '2026-11-20', to: '2026-11-20', is: null },
    { from: '2026-11-21', to: '2026-11-20', is: 'backwards' },
    { from: '2026-08-20', to: '2026-11-20', is: 'tooLong' },
    { from: '', to: '2026-11-20', is: 'missing' },
  ])('$from to $to', ({ from, to, is }) => {
    expect(wrongWith({ from, to })).toBe(is)
  })
})

describe('figures of several currencies', () => {
  it('stand by themselves, those with most orders first', () => {
    const revenue = [
      { currency: 'USD', orders: 1 },
      { currency: 'KRW', orders: 2 },
      { currency: 'USD', orders: 3 },
    ] as never
    expect(currenciesOf({ revenue })).toEqual(['USD', 'KRW'])
    expect(netIn([{ currency: 'USD', net_amount: 5 }] as never, 'KRW')).toBe(0)
  })
})

describe('what goes out', () => {
  const lag: DestinationLag = {
    ...{ destination_kind: 'PUSH' as const, destination_id: 'e', partner_id: 'p' },
    ...{ pending: 1, dead: 2, oldest_pending_at: '2026-11-20T11:00:00Z' },
    ...{ next_try_at: null, failing_since: null, paused_until: null },
  }
  it.each([
    { name: 'fails', change: { failing_since: 'f', paused_until: 'p' }, is: 'failingFor' },
    { name: 'rests', change: { paused_until: 'p' }, is: 'pausedUntil' },
    { name: 'waits for its next try', change: { next_try_at: 'n' }, is: 'nextTry' },
    { name: 'is under way', change: {}, is: 'onItsWay' },
    { name: 'has only what was given up', change: { pending: 0 }, is: 'DEAD' },
  ])('$name', ({ change, is }) => {
    expect(behindnessOf({ ...lag, ...change }).word).toBe(is)
  })

  it('is summed over destinations', () => {
    const later = { ...lag, oldest_pending_at: '2026-11-20T11:30:00Z', failing_since: 'f' }
    expect(lagOf({ destinations: [later, lag] })).toEqual({
      ...{ waiting: 2, dead: 4, failing: 1, oldest: '2026-11-20T11:00:00Z' },
    })
  })

  it('belongs to a restaurant where a channel of its own takes it', () => {
    const at = (destination_kind: 'PUSH' | 'SLACK', destination_id: string) =>
      restaurantOf({ destination_kind, destination_id })
    expect(at('SLACK', 'r:slack')).toBe('r')
    expect(at('PUSH', 'r:slack')).toBeNull()
  })

  it('is narrowed down by what is chosen alone', () => {
    expect(narrowing({ state: 'DEAD', restaurant_id: '' })).toEqual({ state: 'DEAD' })
  })
})

describe('figures as people read them', () => {
  it.each([
    [0, '0 sec'],
    [0.085, '85 ms'],
    [3.24, '3.2 sec'],
    [250, '4 min, 10 sec'],
    [7_200, '2 hr'],
    [183_600, '2 days, 3 hr'],
  ])('%d seconds', (seconds, text) => {
    locale.value = 'en'
    expect(durationText(seconds)).toBe(text.replace(',', ''))
  })

  it.each([
    [0.25, '25%'],
    [0.99995, '99.995%'],
    [0.0001, '0.01%'],
    [1, '100%'],
  ])('the part %d', (part, text) => {
    expect(partText(part)).toBe(text)
  })
})
