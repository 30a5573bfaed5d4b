import { COUPON_LEFT, COUPON_LEFT_PERCENT } from '../../domain/alerts/rule.ts'
import { firstTimedId } from '../../domain/ids.ts'
import { once } from '../unavailable.ts'
import type { AlertReader, RestaurantKind, RestaurantReading } from './alert-ports.ts'

/** A backlog is counted no further than this. */
const MOST_COUNTED = 5_000
/** An order that is older is nobody's to wait for. */
const ORDERS_REACH_MS = 24 * 3_600_000

/** Ids of deliveries sort by time: the first is the oldest. */
const OLDEST_OWED = `SELECT created_at AS at FROM deliveries WHERE state = 'PENDING' ORDER BY id LIMIT 1`
const DIFFERENCES = `SELECT count(*) AS number FROM reconciliation_differences WHERE resolved_at IS NULL`
const GIVEN_UP = `SELECT
    (SELECT count(*) FROM (SELECT 1 FROM dead_letters WHERE redriven_at IS NULL LIMIT ${MOST_COUNTED}))
    + (SELECT coalesce(sum(entries), 0) FROM dead_agendas) AS number`

/**
 * What each restaurant comes to, by the restaurant's id. Those that an alert stands of come first: they
 * are heard of until it is over; then the worst.
 */
const worst = (counted: string): string => `WITH counted AS (
    SELECT restaurant_id AS id, count(*) AS value FROM (${counted}) GROUP BY restaurant_id
  ), told AS (
    SELECT id, value, EXISTS (SELECT 1 FROM alert_states s
      WHERE s.kind = ?1 AND s.subject_id = counted.id) AS known
    FROM counted
  )
  SELECT id, value, count(*) OVER () AS total FROM told WHERE known OR value >= ?2
  ORDER BY known DESC, value DESC, id LIMIT ?3`

/** Low, or run out; not what people have marked sold out. */
const LOW = worst(`SELECT restaurant_id FROM product_index
  WHERE deleted = 0 AND stock_state <> 'IN_STOCK'
    AND (stock_state = 'LOW' OR NOT item ->> '$.soldOut')`)

const left = `(state ->> '$.totalQuantity' - state ->> '$.claimed')`
const nearlyGone = `(${left} * 100 <= ${COUPON_LEFT_PERCENT} * state ->> '$.totalQuantity'
    OR ${left} <= ${COUPON_LEFT} AND ${left} * 2 <= state ->> '$.totalQuantity')`
const COUPONS = worst(`SELECT restaurant_id FROM coupon_index
    WHERE active = 1 AND ends_at IS NULL AND ${nearlyGone}
  UNION ALL SELECT restaurant_id FROM coupon_index
    WHERE active = 1 AND ends_at > ?4 AND ${nearlyGone}`)

/** Orders that ring (domain/order/lifecycle.ts) and were found unseen. */
const UNSEEN = worst(`SELECT restaurant_id FROM order_index
  WHERE status <> 'COMPLETED' AND status IN ('PENDING', 'ACCEPTED', 'READY') AND id >= ?4
    AND state ->> '$.unseenSince' IS NOT NULL AND state ->> '$.acknowledgedAt' IS NULL
    AND (state ->> '$.paymentPolicy' = 'POSTPAID' OR payment_status = 'PAID'
      OR payment_status = 'PARTIALLY_REFUNDED' AND captured_amount >= total_amount
      OR payment_status = 'REFUND_DUE' AND captured_amount >= total_amount
        AND refunded_amount < captured_amount)`)

/** The statements of a reading; a test explains them. */
export const READING_STATEMENTS = { OLDEST_OWED, DIFFERENCES, GIVEN_UP, LOW, COUPONS, UNSEEN }

interface Counted {
  id: string
  value: number
  total: number
}

/** What alerts measure of D1, in one batch. */
export function createAlertReader(database: D1Database): AlertReader {
  const statement = (text: string, ...values: unknown[]) => database.prepare(text).bind(...values)
  return {
    async read(firesAt, now, most) {
      const of = (text: string, kind: RestaurantKind, ...more: unknown[]) =>
        statement(text, kind, firesAt(kind), most, ...more)
      const [owed, differences, givenUp, low, coupons, unseen] = await once(() =>
        database.batch([
          statement(OLDEST_OWED),
          statement(DIFFERENCES),
          statement(GIVEN_UP),
          of(LOW, 'low-stock'),
          of(COUPONS, 'coupons-nearly-gone', now),
          of(UNSEEN, 'nobody-listening', firstTimedId(now - ORDERS_REACH_MS)),
        ]),
      )
      const rows = <T>(answer: D1Result | undefined): T[] => (answer?.results ?? []) as T[]
      const number = (answer: D1Result | undefined): number =>
        rows<{ number: number }>(answer)[0]?.number ?? 0
      const oldestAt = rows<{ at: number }>(owed)[0]?.at ?? now
      return {
        'outbox-lag': Math.max(0, Math.floor((now - oldestAt) / 1_000)),
        'reconciliation-differences': number(differences),
        'dead-agenda-entries': number(givenUp),
        'low-stock': readingOf(rows<Counted>(low)),
        'coupons-nearly-gone': readingOf(rows<Counted>(coupons)),
        'nobody-listening': readingOf(rows<Counted>(unseen)),
      }
    },
  }
}

const readingOf = (rows: readonly Counted[]): RestaurantReading => ({
  values: new Map(rows.map(({ id, value }) => [id, value])),
  more: (rows[0]?.total ?? 0) - rows.length,
})
