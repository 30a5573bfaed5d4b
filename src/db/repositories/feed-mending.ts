import { portions } from '../json-rows.ts'
import { once, repeatable } from '../unavailable.ts'
import type { FeedArrival, FeedMending } from './restore-ports.ts'

type Bound = readonly [text: string, ...values: (string | number)[]]

/** Rows that are not exactly at their place, and any others between the numbers. */
const CLEAR_PAGE = `DELETE FROM feed_events WHERE restaurant_id = ?1
  AND (seq BETWEEN ?2 AND ?3 OR id IN (SELECT json_extract(value, '$.id') FROM json_each(?4)))
  AND (id, epoch, seq) NOT IN (SELECT json_extract(value, '$.id'), json_extract(value, '$.epoch'),
    json_extract(value, '$.seq') FROM json_each(?4))
  RETURNING seq`

const WRITE_PAGE = `INSERT INTO feed_events (restaurant_id, epoch, seq, id, type, occurred_at, data)
  SELECT json_extract(value, '$.restaurantId'), json_extract(value, '$.epoch'),
    json_extract(value, '$.seq'), json_extract(value, '$.id'), json_extract(value, '$.type'),
    json_extract(value, '$.occurredAt'), json_extract(value, '$.data')
  FROM json_each(?1) WHERE true
  ON CONFLICT (restaurant_id, epoch, seq) DO UPDATE
  SET type = excluded.type, occurred_at = excluded.occurred_at, data = excluded.data
  WHERE (excluded.type, excluded.occurred_at, excluded.data) IS NOT (type, occurred_at, data)
  RETURNING seq`

const ARRIVED = `SELECT epoch, max(contiguous) AS contiguousSeq, max(highest) AS highestSeq FROM (
    SELECT epoch, contiguous_seq AS contiguous, contiguous_seq AS highest
      FROM feed_progress WHERE restaurant_id = ?1
    UNION ALL SELECT epoch, 0, to_seq FROM feed_spans WHERE restaurant_id = ?1
    UNION ALL SELECT epoch, 0, max(seq) FROM feed_events WHERE restaurant_id = ?1 GROUP BY epoch)
  GROUP BY epoch ORDER BY epoch`

const START_AT = `INSERT INTO feed_progress
    (restaurant_id, epoch, start_seq, contiguous_seq, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
  ON CONFLICT (restaurant_id, epoch) DO UPDATE
  SET contiguous_seq = excluded.contiguous_seq, updated_at = excluded.updated_at
  WHERE excluded.contiguous_seq > contiguous_seq`

/** The feed's rows and how far it is, made what an object says. In D1. */
export function createFeedMending(database: D1Database): FeedMending {
  /** All or nothing; gives how many rows each statement returned. */
  const together = async (statements: readonly Bound[]): Promise<number[]> => {
    const prepared = statements.map(([text, ...values]) => database.prepare(text).bind(...values))
    const results = await repeatable(() => database.batch(prepared))
    return results.map((result) => result.results.length)
  }
  const removedBy = async (removing: Bound, others: readonly Bound[]): Promise<number> =>
    (await together([removing, ...others]))[0] ?? 0

  return {
    async arrived(restaurantId) {
      const read = database.prepare(ARRIVED).bind(restaurantId)
      return (await once(() => read.all<FeedArrival>())).results
    },

    async startAt(restaurantId, { epoch, startSeq, hadSeq }, now) {
      await together([[START_AT, restaurantId, epoch, startSeq, hadSeq, now]])
    },

    async mend(restaurantId, { fromSeq, toSeq, rows }) {
      const places = JSON.stringify(rows.map(({ id, epoch, seq }) => ({ id, epoch, seq })))
      const [removed = 0, ...written] = await together([
        [CLEAR_PAGE, restaurantId, fromSeq, toSeq, places],
        ...portions(rows).map((json): Bound => [WRITE_PAGE, json]),
      ])
      return { removed, written: written.reduce((sum, count) => sum + count, 0) }
    },

    endEarlier: (restaurantId, { epoch, epochStart }, now) =>
      removedBy(
        [
          `DELETE FROM feed_events WHERE restaurant_id = ? AND epoch < ? AND seq > ? RETURNING seq`,
          ...([restaurantId, epoch, epochStart] as const),
        ],
        [
          [`DELETE FROM feed_spans WHERE restaurant_id = ? AND epoch < ?`, restaurantId, epoch],
          [
            `UPDATE feed_progress SET contiguous_seq = ?3, updated_at = ?4 WHERE restaurant_id = ?1
              AND epoch = (SELECT max(epoch) FROM feed_progress
                WHERE restaurant_id = ?1 AND epoch < ?2) AND contiguous_seq <> ?3`,
            ...([restaurantId, epoch, epochStart, now] as const),
          ],
          // Nobody waits for the retry of what never was.
          [
            `DELETE FROM feed_marks WHERE restaurant_id = ? AND epoch < ? AND seq > ?
              AND state <> 'LEASED'`,
            ...([restaurantId, epoch, epochStart] as const),
          ],
        ],
      ),

    cutBack: (restaurantId, epoch, { lastSeq, ahead }, now) =>
      removedBy(
        [
          `DELETE FROM feed_events WHERE restaurant_id = ? AND epoch = ? AND seq > ? AND seq <= ?
            RETURNING seq`,
          ...([restaurantId, epoch, lastSeq, ahead] as const),
        ],
        [
          [
            `DELETE FROM feed_spans WHERE restaurant_id = ? AND epoch = ? AND to_seq > ? AND to_seq <= ?`,
            ...([restaurantId, epoch, lastSeq, ahead] as const),
          ],
          [
            `UPDATE feed_progress SET contiguous_seq = ?3, updated_at = ?5 WHERE restaurant_id = ?1
              AND epoch = ?2 AND contiguous_seq > ?3 AND contiguous_seq <= ?4`,
            ...([restaurantId, epoch, lastSeq, ahead, now] as const),
          ],
        ],
      ),
  }
}
