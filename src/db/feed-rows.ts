import type { DomainEvent } from '../domain/events.ts'
import { feedEventOf, type FeedEvent } from '../domain/outgoing/feed-event.ts'
import { spansOf } from '../domain/outgoing/spans.ts'
import { portions } from './json-rows.ts'
import type { feedEvents } from './schema/feed.ts'

/** Its data as it is: whoever takes a part out of JSON that is an object gets its text. */
type FeedRow = Omit<typeof feedEvents.$inferInsert, 'data'> & Pick<FeedEvent, 'data'>

const WRITE = `INSERT INTO feed_events (restaurant_id, epoch, seq, id, type, occurred_at, data)
  SELECT value ->> 'restaurantId', value ->> 'epoch', value ->> 'seq', value ->> 'id',
    value ->> 'type', value ->> 'occurredAt', value ->> 'data'
  FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`

const feedRowsOf = (event: DomainEvent): FeedRow[] => {
  const shown = feedEventOf(event)
  if (shown === null) return []
  const { restaurantId, epoch, seq, id, at: occurredAt } = event
  return [{ restaurantId, epoch, seq, id, occurredAt, ...shown }]
}

/** Writes what partners may see of the events; what is there already stays. */
export const feedRowStatements = (
  database: D1Database,
  events: readonly DomainEvent[],
): D1PreparedStatement[] =>
  portions(events.flatMap(feedRowsOf)).map((json) => database.prepare(WRITE).bind(json))

/**
 * A restaurant's first epoch begins at 0, or where the read model was before there was a feed; a later
 * one where the restaurant says so, and until then nothing of it is served. Where a later one comes
 * first of all, the first is begun with it: its events are still to come, and go before.
 */
const BEGIN = `INSERT INTO feed_progress (restaurant_id, epoch, start_seq, contiguous_seq, updated_at)
  SELECT restaurant_id, epoch, start_seq, start_seq, ?2 FROM (
    SELECT value ->> 'restaurantId' AS restaurant_id, value ->> 'epoch' AS epoch,
      coalesce(value ->> 'startSeq', (SELECT seq FROM projection_state
        WHERE restaurant_id = value ->> 'restaurantId' AND epoch = 1), 0) AS start_seq
    FROM json_each(?1) WHERE NOT value ->> 'isBefore' OR NOT EXISTS (
      SELECT 1 FROM projection_state WHERE restaurant_id = value ->> 'restaurantId' AND epoch > 1
      UNION ALL SELECT 1 FROM feed_progress WHERE restaurant_id = value ->> 'restaurantId'))
  WHERE true ON CONFLICT DO NOTHING`

const GIVEN = `SELECT value ->> 'restaurantId' AS restaurant_id, value ->> 'epoch' AS epoch,
  value ->> 'fromSeq' AS from_seq, value ->> 'toSeq' AS to_seq FROM json_each(?1)`

/**
 * As far as the numbers are without a gap, those just given and those that waited for them. What waits
 * is looked at only where something given comes next.
 */
const ADVANCE = `WITH given AS (${GIVEN}),
  touched AS (
    SELECT DISTINCT restaurant_id, epoch, contiguous_seq FROM given JOIN feed_progress
      USING (restaurant_id, epoch)
    WHERE from_seq <= contiguous_seq + 1 AND to_seq > contiguous_seq
  ),
  span AS (
    SELECT restaurant_id, epoch, contiguous_seq, from_seq, to_seq FROM touched JOIN given
      USING (restaurant_id, epoch)
    UNION ALL
    SELECT restaurant_id, epoch, contiguous_seq, from_seq, to_seq FROM touched JOIN feed_spans
      USING (restaurant_id, epoch)
  ),
  walked AS (
    SELECT restaurant_id, epoch, from_seq, to_seq,
      max(contiguous_seq, coalesce(max(to_seq) OVER earlier, 0)) AS had
    FROM span WINDOW earlier AS (PARTITION BY restaurant_id, epoch ORDER BY from_seq, to_seq
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ),
  furthest AS (
    SELECT restaurant_id, epoch,
      coalesce(min(had) FILTER (WHERE from_seq > had + 1), max(max(had, to_seq))) AS seq
    FROM walked GROUP BY restaurant_id, epoch
  )
  UPDATE feed_progress SET contiguous_seq = furthest.seq, updated_at = ?2 FROM furthest
  WHERE furthest.restaurant_id = feed_progress.restaurant_id
    AND furthest.epoch = feed_progress.epoch AND furthest.seq > feed_progress.contiguous_seq`

const CONTIGUOUS = `coalesce((SELECT contiguous_seq FROM feed_progress p
  WHERE p.restaurant_id = s.restaurant_id AND p.epoch = s.epoch), -1)`

const KEEP_AHEAD = `INSERT INTO feed_spans (restaurant_id, epoch, from_seq, to_seq)
  SELECT restaurant_id, epoch, from_seq, to_seq FROM (${GIVEN}) AS s WHERE to_seq > ${CONTIGUOUS}
  ON CONFLICT DO UPDATE SET to_seq = max(to_seq, excluded.to_seq)`

const DROP_REACHED = `DELETE FROM feed_spans WHERE rowid IN (
  SELECT s.rowid FROM (SELECT DISTINCT restaurant_id, epoch FROM (${GIVEN})) AS g
    CROSS JOIN feed_progress p ON p.restaurant_id = g.restaurant_id AND p.epoch = g.epoch
    CROSS JOIN feed_spans s ON s.restaurant_id = p.restaurant_id AND s.epoch = p.epoch
      AND s.from_seq <= p.contiguous_seq
  WHERE s.to_seq <= p.contiguous_seq)`

/**
 * Notes that the numbers are here, shown outside or not. To stand in one batch, after the rows and
 * before the state of the projection moves.
 */
export function arrivedStatements(
  database: D1Database,
  events: readonly DomainEvent[],
  now: number,
): D1PreparedStatement[] {
  const spans = restaurantsOf(events).flatMap((restaurantId) =>
    spansOf(events.filter((event) => event.restaurantId === restaurantId)).map((span) => ({
      restaurantId,
      ...span,
    })),
  )
  const given = JSON.stringify(spans)
  return [
    database.prepare(BEGIN).bind(JSON.stringify(beginningsOf(events)), now),
    database.prepare(ADVANCE).bind(given, now),
    database.prepare(KEEP_AHEAD).bind(given),
    database.prepare(DROP_REACHED).bind(given),
  ]
}

interface Beginning {
  restaurantId: string
  epoch: number
  startSeq: number | null
  /** None of its own events is here: it is begun for the sake of a later one. */
  isBefore: boolean
}

const restaurantsOf = (events: readonly DomainEvent[]): string[] => [
  ...new Set(events.map(({ restaurantId }) => restaurantId)),
]

/** The epochs whose first number can be told from the events. */
const beginningsOf = (events: readonly DomainEvent[]): Beginning[] => [
  ...restaurantsOf(events.filter(({ epoch }) => epoch === 1)).map((restaurantId) => ({
    restaurantId,
    ...{ epoch: 1, startSeq: null, isBefore: false },
  })),
  ...events.flatMap(({ restaurantId, epoch, subject }) =>
    epoch > 1 && subject.kind === 'restaurant' && subject.restaurant.epoch === epoch
      ? [
          { restaurantId, epoch: 1, startSeq: null, isBefore: true },
          {
            ...{ restaurantId, epoch, isBefore: false },
            startSeq: subject.restaurant.epochStart ?? 0,
          },
        ]
      : [],
  ),
]
