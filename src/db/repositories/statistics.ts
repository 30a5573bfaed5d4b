import { firstTimedId } from '../../domain/ids.ts'
import {
  QUARTER_MS,
  type CountedStatistics,
  type MoneySum,
  type QuarterSum,
  type Spans,
  type TopItem,
  type TopRestaurant,
} from '../../domain/statistics/platform-statistics.ts'
import { once } from '../unavailable.ts'
import type { StatisticsReader, StatisticsWish } from './statistics-ports.ts'

const TOP = 10

/** All of the platform's: by an index that holds every figure. ?1 and ?2 are instants. */
const EVERYBODY = `FROM order_index WHERE placed_at >= ?1 AND placed_at < ?2`
/** One restaurant's: its own orders alone, whose ids begin with their instants. ?3 is the restaurant. */
const ONE = `FROM order_index WHERE restaurant_id = ?3 AND id >= ?1 AND id < ?2`

const STANDS = `status NOT IN ('REJECTED', 'CANCELLED', 'EXPIRED')`
const TAKEN = `status IN ('ACCEPTED', 'READY', 'COMPLETED')`

const quarters = (from: string) => `SELECT placed_at / ${QUARTER_MS} AS quarter, status, currency,
    count(*) AS orders, sum(captured_amount) AS captured, sum(refunded_amount) AS refunded
  ${from} GROUP BY 1, 2, 3`

/** Summed by restaurant first: which market it is in stands with it, once. */
const money = (from: string) => `SELECT r.settings ->> '$.market' AS market, s.currency, s.method,
    sum(s.orders) AS orders, sum(s.captured) AS captured, sum(s.refunded) AS refunded,
    sum(s.refund_due) AS refundDue, sum(s.refunded_orders) AS refundedOrders,
    sum(s.discounted_orders) AS discountedOrders, sum(s.discount) AS discount,
    sum(s.taken) AS taken, sum(s.taken_amount) AS takenAmount
  FROM (SELECT restaurant_id, currency, payment_method AS method, count(*) AS orders,
      sum(captured_amount) AS captured, sum(refunded_amount) AS refunded,
      sum(refund_due_amount) AS refund_due, sum(refunded_amount > 0) AS refunded_orders,
      sum(${STANDS} AND coalesce(discount_amount, 0) > 0) AS discounted_orders,
      sum(CASE WHEN ${STANDS} THEN coalesce(discount_amount, 0) ELSE 0 END) AS discount,
      sum(${TAKEN}) AS taken, sum(CASE WHEN ${TAKEN} THEN total_amount ELSE 0 END) AS taken_amount
    ${from} GROUP BY 1, 2, 3) s
    LEFT JOIN restaurant_index r ON r.id = s.restaurant_id
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

const active = (from: string) => `SELECT count(DISTINCT restaurant_id) AS active ${from}`

const topRestaurants = (
  from: string,
) => `SELECT s.restaurant_id AS id, r.name, s.currency, s.orders,
    s.revenue
  FROM (SELECT restaurant_id, currency, count(*) AS orders,
      sum(captured_amount - refunded_amount) AS revenue
    ${from} AND ${STANDS} GROUP BY 1, 2) s
    LEFT JOIN restaurant_index r ON r.id = s.restaurant_id
  ORDER BY s.orders DESC, s.revenue DESC, s.restaurant_id LIMIT ${TOP}`

const topItems = (from: string) => `SELECT s.item_id AS id, p.name, s.restaurant_id AS restaurantId,
    r.name AS restaurantName, r.settings ->> '$.currency' AS currency, s.orders, s.quantity, s.revenue
  FROM (SELECT item_id, restaurant_id, count(*) AS orders, sum(quantity) AS quantity,
      sum(revenue) AS revenue
    FROM order_items WHERE ${from} AND counted = 1 GROUP BY 1, 2
    ORDER BY 4 DESC, 3 DESC, 1 LIMIT ${TOP}) s
    LEFT JOIN product_index p ON p.id = s.item_id
    LEFT JOIN restaurant_index r ON r.id = s.restaurant_id
  ORDER BY s.quantity DESC, s.orders DESC, s.item_id`

/** The nearest rank: of a hundred spans p95 is the ninety-fifth. */
const percentiles = (span: string, from: string) => `WITH spans AS (
    SELECT max(0, ${span}) AS span ${from} AND ${span} IS NOT NULL
  ), ranked AS (
    SELECT span, row_number() OVER (ORDER BY span) AS rank, count(*) OVER () AS total FROM spans
  )
  SELECT count(*) AS count, max(CASE WHEN rank = (total * 50 + 99) / 100 THEN span END) AS p50,
    max(CASE WHEN rank = (total * 95 + 99) / 100 THEN span END) AS p95 FROM ranked`

const NEW_CUSTOMERS = `SELECT count(*) AS people FROM users
  WHERE role = 'CUSTOMER' AND created_at >= ?1 AND created_at < ?2`

/** Kept with the ledger itself; no wallet is read. */
const POINTS = `SELECT coalesce(sum(CASE label WHEN 'ADD' THEN amount WHEN 'DEDUCT' THEN -amount END), 0)
    AS points FROM platform_totals WHERE what = 'wallet-entry'`

/** The texts of the questions, for the platform or for one restaurant. */
export function statisticsTexts(of: 'everybody' | 'one') {
  const from = of === 'everybody' ? EVERYBODY : ONE
  const items =
    of === 'everybody'
      ? 'placed_at >= ?1 AND placed_at < ?2'
      : 'restaurant_id = ?3 AND placed_at >= ?1 AND placed_at < ?2'
  return {
    quarters: quarters(from),
    money: money(from),
    active: active(from),
    topRestaurants: topRestaurants(from),
    toAccept: percentiles('accepted_at - coalesce(acceptable_at, placed_at)', from),
    toReady: percentiles('ready_at - accepted_at', from),
    topItems: topItems(items),
    newCustomers: NEW_CUSTOMERS,
    points: POINTS,
    moved: `SELECT max(updated_at) AS moved FROM projection_state${
      of === 'one' ? ' WHERE restaurant_id = ?1' : ''
    }`,
  }
}

/** The platform's figures, in D1. */
export function createStatistics(database: D1Database): StatisticsReader {
  return {
    async count({ since, before, restaurantId }: StatisticsWish, now) {
      const texts = statisticsTexts(restaurantId === null ? 'everybody' : 'one')
      const named = restaurantId === null ? [] : [restaurantId]
      const instants = [since, before, ...named]
      const bounds =
        restaurantId === null ? instants : [firstTimedId(since), firstTimedId(before), ...named]
      const ask = (text: string, ...values: unknown[]) => database.prepare(text).bind(...values)
      const answers = await once(() =>
        database.batch<Record<string, unknown>>([
          ask(texts.quarters, ...bounds),
          ask(texts.money, ...bounds),
          ask(texts.active, ...bounds),
          ask(texts.topRestaurants, ...bounds),
          ask(texts.topItems, ...instants),
          ask(texts.toAccept, ...bounds),
          ask(texts.toReady, ...bounds),
          ask(texts.newCustomers, since, before),
          ask(texts.points),
          ask(texts.moved, ...named),
        ]),
      )
      return toStatistics(
        answers.map(({ results }) => results),
        restaurantId === null,
        now,
      )
    },
  }
}

/** In the order in which they were asked. */
function toStatistics(
  answers: readonly (readonly unknown[])[],
  whole: boolean,
  now: number,
): CountedStatistics {
  const [quarterSums, moneySums, actives, restaurants, items, accepts, readies, ...rest] = answers
  const [people, points, moved] = rest.map((rows) => rows[0])
  return {
    quarters: quarterSums as readonly QuarterSum[],
    money: moneySums as readonly MoneySum[],
    activeRestaurants: (actives?.[0] as { active: number }).active,
    topRestaurants: restaurants as readonly TopRestaurant[],
    topItems: items as readonly TopItem[],
    toAccept: accepts?.[0] as Spans,
    toReady: readies?.[0] as Spans,
    newCustomers: whole ? (people as { people: number }).people : null,
    pointsOutstanding: whole ? (points as { points: number }).points : null,
    asOf: (moved as { moved: number | null } | undefined)?.moved ?? now,
  }
}
