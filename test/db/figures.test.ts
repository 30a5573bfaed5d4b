import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createFiguresReader, FIGURE_STATEMENTS } from '../../src/db/repositories/figures.ts'
import { atTable } from '../support/story-restaurant.ts'
import { NOON } from '../support/story.ts'

type Figures = Awaited<ReturnType<ReturnType<typeof createFiguresReader>['read']>>

const read = () => createFiguresReader(env.DB).read(NOON)
const seriesOf = ({ counters, gauges }: Figures): Map<string, number> =>
  new Map(
    [...counters, ...gauges].map(({ name, labels, value }) => [
      [name, ...Object.values(labels)].join(' '),
      value,
    ]),
  )

/** The same by reading every row: what no scrape may do. */
async function bruteForce(): Promise<Map<string, number>> {
  const rows = async (text: string) =>
    (await env.DB.prepare(text).all<{ label: string; value: number }>()).results
  const all = new Map<string, number>()
  const add = async (name: string, text: string) => {
    for (const { label, value } of await rows(text)) all.set(`${name} ${label}`.trim(), value)
  }
  const open = "('PENDING', 'ACCEPTED', 'READY')"
  const by = 'FROM order_index GROUP BY 1'
  await add('orders_placed_total', "SELECT '' AS label, count(*) AS value FROM order_index")
  await add(
    'orders_total',
    `SELECT status AS label, count(*) AS value FROM order_index WHERE status NOT IN ${open} GROUP BY 1`,
  )
  await add(
    'orders_open',
    `SELECT status AS label, count(*) AS value FROM order_index WHERE status IN ${open} GROUP BY 1`,
  )
  await add(
    'revenue_total',
    `SELECT currency AS label, sum(state ->> '$.capturedAmount') AS value ${by}`,
  )
  await add(
    'refunds_total',
    `SELECT currency AS label, sum(state ->> '$.refundedAmount') AS value ${by}`,
  )
  await add(
    'coupon_claims',
    'SELECT status AS label, count(*) AS value FROM claim_index GROUP BY 1',
  )
  await add('wallets', "SELECT '' AS label, count(*) AS value FROM wallets")
  await add(
    'wallet_points_total',
    'SELECT type AS label, sum(amount) AS value FROM wallet_entries GROUP BY 1',
  )
  return all
}

async function expectExact(): Promise<Map<string, number>> {
  const figures = seriesOf(await read())
  for (const [series, value] of await bruteForce())
    expect([series, figures.get(series)]).toEqual([series, value])
  return figures
}

describe('what the tables say of the platform', () => {
  it('is zero before anything has happened', async () => {
    const figures = await expectExact()
    expect([...figures.values()].every((value) => value === 0)).toBe(true)
    expect(figures.get('orders_placed_total')).toBe(0)
    expect(figures.get('orders_total COMPLETED')).toBe(0)
    expect(figures.get('dead_letters EXHAUSTED')).toBe(0)
  })

  it('equals a count of every row, whatever has happened to the rows', async () => {
    const { story, place, guest } = await atTable()
    const orders = [await place.ordered(guest), await place.ordered(guest)]
    for (let n = 0; n < 2; n += 1) orders.push(await place.ordered(await place.guest()))
    await story.settle()
    await expectExact()
    const [first, second, third] = orders
    await place.staff.put(`/orders/${first?.order_id}/accept`, {})
    await guest.put(`/orders/${second?.order_id}/cancel`, {})
    await place.staff.put(`/orders/${third?.order_id}/reject`, { reason: '재료 소진' })
    await story.settle()
    const figures = await expectExact()
    expect(figures.get('orders_placed_total')).toBe(4)
    await env.DB.prepare('DELETE FROM order_index WHERE id = ?').bind(first?.order_id).run()
    await expectExact()
  })

  it('counts money by currency, and takes what went back apart', async () => {
    const id = (n: number) => `money-${n}`
    const insert = (n: number, currency: string, captured: number, refunded: number) =>
      env.DB.prepare(
        `INSERT INTO order_index (id, restaurant_id, user_id, session_id, status, payment_status,
          business_day, number, table_id, total_amount, currency, placed_at, state, payments,
          refunds, epoch, seq, generation, updated_at)
        SELECT ?1, restaurant_id, user_id, session_id, 'COMPLETED', 'PAID',
          business_day, number, table_id, total_amount, ?2, placed_at,
          json_object('capturedAmount', ?3, 'refundedAmount', ?4), '[]', '[]', epoch, seq, generation,
          updated_at FROM order_index LIMIT 1`,
      )
        .bind(id(n), currency, captured, refunded)
        .run()
    const before = await expectExact()
    await insert(1, 'KRW', 18_000, 0)
    await insert(2, 'USD', 1_250, 250)
    const paid = await expectExact()
    const moved = (series: string, now: Map<string, number>) =>
      (now.get(series) ?? 0) - (before.get(series) ?? 0)
    expect(moved('revenue_total KRW', paid)).toBe(18_000)
    expect([paid.get('revenue_total USD'), paid.get('refunds_total USD')]).toEqual([1_250, 250])
    await env.DB.prepare(
      `UPDATE order_index SET state = json_set(state, '$.refundedAmount', 5000) WHERE id = ?`,
    )
      .bind(id(1))
      .run()
    const refunded = await expectExact()
    expect(moved('revenue_total KRW', refunded)).toBe(18_000)
    expect(moved('refunds_total KRW', refunded)).toBe(5_000)
  })
})

describe('reading them', () => {
  it('goes through nothing that grows with orders, claims, movements or products', async () => {
    const plans: string[] = []
    for (const text of FIGURE_STATEMENTS) {
      const values = text.includes('?1') ? [text.includes('deliveries') ? 'PENDING' : NOON] : []
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
        .bind(...values)
        .all<{ detail: string }>()
      plans.push(...results.map(({ detail }) => detail))
    }
    const scans = plans.filter((detail) => /^SCAN /.test(detail) && !/SCAN \(/.test(detail))
    expect(scans.sort()).toEqual([
      // One row a restaurant.
      'SCAN f',
      'SCAN platform_totals',
      // What is short, what is open: not the tables.
      'SCAN product_index USING COVERING INDEX product_index_short',
      'SCAN reconciliation_differences USING INDEX reconciliation_differences_owner',
    ])
  })
})
