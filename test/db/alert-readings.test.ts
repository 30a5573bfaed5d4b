import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { createAlertReader, READING_STATEMENTS } from '../../src/db/repositories/alert-readings.ts'
import { mintTimedId } from '../../src/domain/ids.ts'
import {
  ORDER_PAYMENT_STATUSES,
  ORDER_STATUSES,
  type OrderState,
} from '../../src/domain/order/order.ts'
import { rings } from '../../src/domain/order/lifecycle.ts'
import { NOON } from '../support/story.ts'
import { random } from '../support/identity.ts'

const HOUR = 3_600_000
const MOST = 50
const reader = createAlertReader(env.DB)
const read = (firesAt = 1, most = MOST) => reader.read(() => firesAt, NOON, most)

const TABLES = ['alert_states', 'coupon_index', 'product_index', 'order_index', 'deliveries']
beforeEach(() => env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`))))

let made = 0
/** As many columns as the statement reads; the others are anything. */
function insert(table: string, row: Record<string, string | number | null>): D1PreparedStatement {
  const names = Object.keys(row)
  return env.DB.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  ).bind(...Object.values(row))
}
const copied = { epoch: 1, seq: 1, generation: 0, updated_at: NOON }

interface CouponRow {
  restaurantId?: string
  total: number
  claimed: number
  active?: boolean
  endsAt?: number | null
}
const coupon = ({ restaurantId = 'r', total, claimed, active = true, endsAt = null }: CouponRow) =>
  insert('coupon_index', {
    ...{ id: `c${(made += 1)}`, restaurant_id: restaurantId, code: `C${made}`, ends_at: endsAt },
    ...{ active: active ? 1 : 0, created_at: NOON, ...copied },
    state: JSON.stringify({ totalQuantity: total, claimed }),
  })

const product = (restaurantId: string, stockState: string, soldOut = false, deleted = 0) =>
  insert('product_index', {
    ...{
      id: `p${(made += 1)}`,
      restaurant_id: restaurantId,
      category_id: 'c',
      name: 'x',
      price: 1,
    },
    ...{ position: 1, stock_state: stockState, deleted, grams: '', initials: '', jamo: '' },
    ...{ item: JSON.stringify({ soldOut }), ...copied },
  })

type Ringing = Partial<OrderState> & { restaurantId: string; placedAt?: number }
const COLUMNS = {
  ...{ session_id: 's', business_day: '2026-11-20', number: '1', total_amount: 1_000 },
  ...{ currency: 'KRW', payments: '[]', refunds: '[]', ...copied },
}
/** In one statement, however many. */
function orders(states: readonly Ringing[]): D1PreparedStatement {
  const rows = states.map(({ restaurantId, placedAt = NOON, ...state }) => ({
    ...{ id: mintTimedId(restaurantId.padStart(12, '0'), placedAt, random), ...COLUMNS },
    ...{ restaurant_id: restaurantId, placed_at: placedAt, status: state.status },
    ...{ payment_status: state.paymentStatus ?? 'UNPAID', state: JSON.stringify(state) },
  }))
  const names = Object.keys(rows[0]!)
  const values = names.map((name) => `value ->> '${name}'`).join(', ')
  return env.DB.prepare(
    `INSERT INTO order_index (${names.join(', ')}) SELECT ${values} FROM json_each(?)`,
  ).bind(JSON.stringify(rows))
}

describe('coupons that are nearly gone', () => {
  it.each([
    ['half of it is left', { total: 1_000, claimed: 500 }, 0],
    ['a little more than a tenth is left', { total: 1_000, claimed: 899 }, 0],
    ['a tenth is left', { total: 1_000, claimed: 900 }, 1],
    ['nothing is left', { total: 1_000, claimed: 1_000 }, 1],
    ['ten are left of a few', { total: 40, claimed: 30 }, 1],
    ['eleven are left of a few', { total: 40, claimed: 29 }, 0],
    ['it is small, and new', { total: 8, claimed: 0 }, 0],
    ['it is small, and half of it is gone', { total: 8, claimed: 4 }, 1],
    ['it is switched off', { total: 40, claimed: 40, active: false }, 0],
    ['it has ended', { total: 40, claimed: 40, endsAt: NOON }, 0],
    ['it ends soon', { total: 40, claimed: 40, endsAt: NOON + 1 }, 1],
  ])('where %s', async (_, row, counted) => {
    await coupon(row).run()
    const { values } = (await read())['coupons-nearly-gone']
    expect(values.get('r') ?? 0).toBe(counted)
  })
})

describe('items of a restaurant that run low', () => {
  it('are those at their threshold and those that ran out, not those marked sold out by hand', async () => {
    await env.DB.batch([
      product('r', 'LOW'),
      product('r', 'SOLD_OUT'),
      product('r', 'SOLD_OUT', true),
      product('r', 'IN_STOCK'),
      product('r', 'LOW', false, 1),
      product('other', 'IN_STOCK'),
    ])
    expect((await read())['low-stock']).toEqual({ values: new Map([['r', 2]]), more: 0 })
  })
})

describe('orders that nobody has seen', () => {
  it('are those that ring, as the board has it, and were found unseen', async () => {
    const seen = [
      { acknowledgedAt: null, unseenSince: NOON },
      { acknowledgedAt: NOON, unseenSince: NOON },
      { acknowledgedAt: null, unseenSince: null },
    ]
    const states = ORDER_STATUSES.flatMap((status) =>
      ORDER_PAYMENT_STATUSES.flatMap((paymentStatus) =>
        (['PREPAID', 'POSTPAID'] as const).flatMap((paymentPolicy) =>
          [0, 1_000].flatMap((capturedAmount) =>
            [0, 1_000].flatMap((refundedAmount) =>
              seen.map((looked) => ({
                ...{ status, paymentStatus, paymentPolicy, capturedAmount, refundedAmount },
                ...{ ...looked, totalAmount: 1_000 },
              })),
            ),
          ),
        ),
      ),
    )
    await orders(states.map((state, n) => ({ ...state, restaurantId: `r${n}` }))).run()
    const expected = states.flatMap((state, n) =>
      rings(state as OrderState) && state.unseenSince !== null ? [`r${n}`] : [],
    )
    const { values } = (await read(1, 5_000))['nobody-listening']
    expect([...values.keys()].toSorted()).toEqual(expected.toSorted())
    expect(expected.length).toBeGreaterThan(10)
  })

  it('are waited for by nobody after a day', async () => {
    const unseen: Partial<OrderState> = {
      ...{ status: 'READY', paymentPolicy: 'POSTPAID', unseenSince: NOON, acknowledgedAt: null },
    }
    await orders([
      { ...unseen, restaurantId: 'old', placedAt: NOON - 25 * HOUR },
      { ...unseen, restaurantId: 'new', placedAt: NOON - 23 * HOUR },
    ]).run()
    expect([...(await read())['nobody-listening'].values.keys()]).toEqual(['new'])
  })
})

describe('restaurants', () => {
  const gone = (restaurantId: string, count: number) =>
    Array.from({ length: count }, () => coupon({ restaurantId, total: 10, claimed: 10 }))
  const standing = (restaurantId: string) =>
    insert('alert_states', {
      ...{ kind: 'coupons-nearly-gone', subject_id: restaurantId, state: 'FIRING', since: NOON },
      ...{ value: 1, evaluated_at: NOON },
    })

  it('are told apart from where a rule fires, the worst first, and the rest is counted', async () => {
    await env.DB.batch([...gone('a', 1), ...gone('b', 3), ...gone('c', 2), ...gone('d', 4)])
    const { values, more } = (await read(2, 2))['coupons-nearly-gone']
    expect([...values]).toEqual([
      ['d', 4],
      ['b', 3],
    ])
    expect(more).toBe(1)
  })

  it('of which an alert stands are heard of until it is over, however many are worse', async () => {
    await env.DB.batch([...gone('a', 1), ...gone('b', 3), ...gone('c', 2), standing('a')])
    const { values, more } = (await read(2, 2))['coupons-nearly-gone']
    expect([...values]).toEqual([
      ['a', 1],
      ['b', 3],
    ])
    expect(more).toBe(1)
  })
})

describe('the oldest delivery', () => {
  it('counts while it waits, from when it was owed', async () => {
    const delivery = (state: string, createdAt: number) =>
      insert('deliveries', {
        id: mintTimedId('0'.repeat(12), createdAt, random),
        ...{ destination_kind: 'PUSH', destination_id: 'd', dedupe_key: `${(made += 1)}` },
        ...{ restaurant_id: 'r', event_id: 'e', event_type: 'NEW_ORDER', state, attempts: 1 },
        ...{ next_at: createdAt, created_at: createdAt },
      })
    await env.DB.batch([
      delivery('DONE', NOON - HOUR),
      delivery('DEAD', NOON - HOUR),
      delivery('PENDING', NOON - 90_500),
      delivery('PENDING', NOON - 10_000),
    ])
    expect((await read())['outbox-lag']).toBe(90)
  })
})

describe('what a reading costs', () => {
  it.each(Object.entries(READING_STATEMENTS))('%s reads no table that grows', async (_, text) => {
    const bound = [...text.matchAll(/\?(\d)/g)].map(([, n]) => Number(n))
    const values = Array.from({ length: Math.max(0, ...bound) }, () => 1)
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
      .bind(...values)
      .all<{ detail: string }>()
    const scans = results
      .map(({ detail }) => detail)
      .filter((detail) => /SCAN (deliveries|product_index|coupon_index|order_index)/.test(detail))
    expect(scans.filter((detail) => !detail.includes('USING INDEX'))).toEqual([])
  })
})
