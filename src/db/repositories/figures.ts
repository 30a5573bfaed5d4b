import { ORDER_STATUSES } from '../../domain/order/order.ts'
import { CLAIM_STATUSES } from '../../domain/coupon/coupon.ts'
import type { CounterSample, GaugeSample } from '../../domain/metrics/samples.ts'
import { once } from '../unavailable.ts'
import type { FiguresReader } from './figure-ports.ts'

/** A backlog is counted no further than this: the worse it is, the less anybody may wait for it. */
const MOST_COUNTED = 5_000

const TOTALS = 'SELECT what, label, number, amount FROM platform_totals'
const COUPONS = `SELECT count(*) AS live, coalesce(sum(state ->> '$.claimed' >= state ->> '$.totalQuantity'), 0) AS exhausted
  FROM (SELECT state FROM coupon_index WHERE active = 1 AND ends_at IS NULL
    UNION ALL SELECT state FROM coupon_index WHERE active = 1 AND ends_at > ?1)`
const SHORT = `SELECT stock_state AS label, count(*) AS number FROM product_index
  WHERE deleted = 0 AND stock_state <> 'IN_STOCK' GROUP BY stock_state`
/** Ids of deliveries sort by time: the first is the oldest. */
const OWED = `SELECT destination_kind AS label, count(*) AS number, min(created_at) AS oldestAt
  FROM (SELECT destination_kind, created_at FROM deliveries WHERE state = ?1 ORDER BY id LIMIT ${MOST_COUNTED})
  GROUP BY destination_kind`
const LETTERS = `SELECT error_kind AS label, count(*) AS number
  FROM (SELECT error_kind FROM dead_letters WHERE redriven_at IS NULL LIMIT ${MOST_COUNTED})
  GROUP BY error_kind`
const DIFFERENCES = `SELECT count(*) AS number FROM reconciliation_differences WHERE resolved_at IS NULL`
const BEHIND = `SELECT count(*) AS number, min(f.updated_at) AS oldestAt
  FROM projection_state p JOIN feed_progress f ON f.restaurant_id = p.restaurant_id AND f.epoch = p.epoch
  WHERE f.contiguous_seq < p.seq`

/** The statements of a reading, in the order of its answers; a test explains them. */
export const FIGURE_STATEMENTS = [TOTALS, COUPONS, SHORT, OWED, LETTERS, DIFFERENCES, BEHIND]

interface Total {
  what: string
  label: string
  number: number
  amount: number
}
interface Counted {
  label: string
  number: number
  oldestAt?: number | null
}

export function createFiguresReader(database: D1Database): FiguresReader {
  const statement = (text: string, ...values: unknown[]) => database.prepare(text).bind(...values)
  return {
    async read(now) {
      const [totals, coupons, short, waiting, dead, letters, differences, behind] = await once(() =>
        database.batch([
          statement(TOTALS),
          statement(COUPONS, now),
          statement(SHORT),
          statement(OWED, 'PENDING'),
          statement(OWED, 'DEAD'),
          statement(LETTERS),
          statement(DIFFERENCES),
          statement(BEHIND),
        ]),
      )
      const rows = <T>(of: D1Result | undefined): T[] => (of?.results ?? []) as T[]
      const all = rows<Total>(totals)
      const [live] = rows<{ live: number; exhausted: number }>(coupons)
      return {
        counters: countersOf(all),
        gauges: [
          ...gaugesOf(all),
          ...couponGauges(all, live ?? { live: 0, exhausted: 0 }),
          ...by('stock_items', 'state', ['LOW', 'SOLD_OUT'], rows<Counted>(short)),
          ...rows<Counted>(waiting).flatMap((row) => owedGauges(row, now)),
          ...by('outbox_dead', 'destination', [], rows<Counted>(dead)),
          ...by('dead_letters', 'kind', ['MALFORMED', 'EXHAUSTED'], rows<Counted>(letters)),
          plain('reconciliation_differences', rows<Counted>(differences)[0]?.number ?? 0),
          plain('feed_restaurants_behind', rows<Counted>(behind)[0]?.number ?? 0),
        ],
      }
    },
  }
}

const plain = (name: string, value: number): GaugeSample => ({ name, labels: {}, value })

/** A gauge by a label; what there is none of is 0 where it could be there. */
const by = (name: string, label: string, known: readonly string[], rows: readonly Counted[]) =>
  [...new Set([...known, ...rows.map((row) => row.label)])].map((value): GaugeSample => ({
    name,
    labels: { [label]: value },
    value: rows.find((row) => row.label === value)?.number ?? 0,
  }))

/** Orders in these go on; in the others they have ended for good. */
const OPEN: ReadonlySet<string> = new Set(['PENDING', 'ACCEPTED', 'READY'])

const numberOf = (totals: readonly Total[], what: string, label: string): number =>
  totals.find((total) => total.what === what && total.label === label)?.number ?? 0

function countersOf(totals: readonly Total[]): CounterSample[] {
  const of = (what: string) => totals.filter((total) => total.what === what)
  const placed = of('order').reduce((sum, { number }) => sum + number, 0)
  const ended = ORDER_STATUSES.filter((status) => !OPEN.has(status))
  const money = (name: string, what: string): CounterSample[] =>
    of(what).map(({ label, amount }) => ({ name, labels: { currency: label }, value: amount }))
  return [
    { name: 'orders_placed_total', labels: {}, value: placed },
    ...ended.map((status) => ({
      name: 'orders_total',
      labels: { status },
      value: numberOf(totals, 'order', status),
    })),
    ...money('revenue_total', 'captured'),
    ...money('refunds_total', 'refunded'),
    ...of('wallet-entry').flatMap(({ label, number, amount }) => [
      { name: 'wallet_movements_total', labels: { type: label }, value: number },
      { name: 'wallet_points_total', labels: { type: label }, value: amount },
    ]),
  ]
}

const gaugesOf = (totals: readonly Total[]): GaugeSample[] => [
  ...[...OPEN].map((status) => ({
    name: 'orders_open',
    labels: { status },
    value: numberOf(totals, 'order', status),
  })),
  ...CLAIM_STATUSES.map((status) => ({
    name: 'coupon_claims',
    labels: { status },
    value: numberOf(totals, 'claim', status),
  })),
  plain('wallets', numberOf(totals, 'wallet', 'all')),
]

function couponGauges(
  totals: readonly Total[],
  { live, exhausted }: { live: number; exhausted: number },
): GaugeSample[] {
  const states = {
    live: live - exhausted,
    exhausted,
    over: numberOf(totals, 'coupon', 'all') - live,
  }
  return Object.entries(states).map(([state, value]) => ({
    name: 'coupons',
    labels: { state },
    value,
  }))
}

const owedGauges = ({ label, number, oldestAt }: Counted, now: number): GaugeSample[] => [
  { name: 'outbox_backlog', labels: { destination: label }, value: number },
  {
    name: 'outbox_lag_seconds',
    labels: { destination: label },
    value: Math.max(0, now - (oldestAt ?? now)) / 1_000,
  },
]
