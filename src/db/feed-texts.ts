import { ALONE_AFTER, MAX_HANDINGS, NOTICE_HANDINGS } from '../domain/outgoing/lease.ts'

/** So many events past a cursor are looked at, done or of a type that is not wanted among them. */
const LOOKED_AT = 200
/** A lease of several restaurants divides that, down to so many of each. */
const LOOKED_AT_LEAST = 25
/** Restaurants in one lease. */
export const RESTAURANTS_PER_LEASE = 20

/*
 * Parameters throughout: ?1 partner, ?2 now, ?3 lease. Of a pull also ?4 its end, ?5 most events,
 * ?6 the restaurant asked for or null, ?7 the types or null. Of settling ?4 the ids, ?5 not before.
 */

/** Of a cursor. A plus keeps a column's affinity away, which would keep the second part out of the index. */
const placeOf = (cursor: string): string => `(+${cursor}.epoch, +${cursor}.seq)`

/** Later epochs wait until the one before has come as far as they began. */
const OPEN_EPOCH = `NOT EXISTS (SELECT 1 FROM feed_progress before
  WHERE before.restaurant_id = p.restaurant_id AND before.epoch < p.epoch
    AND before.contiguous_seq < (SELECT following.start_seq FROM feed_progress following
      WHERE following.restaurant_id = p.restaurant_id AND following.epoch > before.epoch
      ORDER BY following.epoch LIMIT 1))`

/** What follows the position in its restaurant, in order. */
const ahead = (
  of: string,
  most: string | number = LOOKED_AT,
): string => `SELECT f.rowid AS row, f.epoch, f.seq, f.type
  FROM feed_progress p CROSS JOIN feed_events f
  WHERE p.restaurant_id = ${of}.restaurant_id AND p.epoch >= ${of}.epoch AND ${OPEN_EPOCH}
    AND f.restaurant_id = p.restaurant_id AND f.epoch = p.epoch
    AND f.seq > CASE p.epoch WHEN ${of}.epoch THEN ${of}.seq ELSE p.start_seq END
    AND f.seq <= p.contiguous_seq
  ORDER BY p.epoch, f.seq LIMIT ${most}`

/** Of a lease's restaurant: handing out and passing over look at the same. */
const aheadInLease = (of: string): string =>
  ahead(
    of,
    `max(${LOOKED_AT_LEAST}, ${LOOKED_AT} / max(1, (SELECT count(*) FROM feed_cursors
      WHERE partner_id = ?1 AND lease_id = ?3)))`,
  )

const LIVE = `s.partner_id = ?1 AND s.ended_at IS NULL`

const wanted = (restaurantId: string, type: string): string => `EXISTS (
    SELECT 1 FROM partner_subscriptions s
    WHERE ${LIVE} AND (s.restaurant_id IS NULL OR s.restaurant_id = ${restaurantId})
      AND (s.types IS NULL OR ${type} IN (SELECT value FROM json_each(s.types))))
  AND (?7 IS NULL OR ${type} IN (SELECT value FROM json_each(?7)))`

/** Of a mark that may be missing. Asked only where nobody holds the restaurant, or of another lease. */
const UNDONE = `m.settled_at IS NULL
  AND coalesce(m.attempts, 0) < ${MAX_HANDINGS + NOTICE_HANDINGS}`

/** What was entered by hand: handed out first, wherever the cursor is. */
const redriven = (of: string): string => `FROM feed_marks m INDEXED BY feed_marks_redriven
    CROSS JOIN feed_events e
    ON e.restaurant_id = m.restaurant_id AND e.epoch = m.epoch AND e.seq = m.seq
  WHERE m.partner_id = ?1 AND m.restaurant_id = ${of}.restaurant_id AND m.redriven_at IS NOT NULL
    AND (m.epoch, m.seq) <= ${placeOf(of)} AND m.not_before <= ?2 AND ${UNDONE}
    AND ${wanted('e.restaurant_id', 'e.type')}`

/** 1: due. 0: waits for its retry, and everything behind it with it. Null: nothing is wanted. */
const firstIsDue = (most: number): string => `(SELECT coalesce(m.not_before, 0) <= ?2
  FROM (${ahead('free', most)}) w LEFT JOIN feed_marks m ON m.partner_id = ?1
    AND m.restaurant_id = free.restaurant_id AND m.epoch = w.epoch AND m.seq = w.seq
  WHERE ${UNDONE} AND ${wanted('free.restaurant_id', 'w.type')}
  ORDER BY w.epoch, w.seq LIMIT 1)`

/**
 * Takes the restaurants that have something; whoever comes at the same moment finds them taken. Mostly
 * the very first event tells.
 */
export const CLAIM = `WITH visible AS (
    SELECT s.restaurant_id FROM partner_subscriptions s
      WHERE ${LIVE} AND s.restaurant_id IS NOT NULL AND (?6 IS NULL OR s.restaurant_id = ?6)
    UNION SELECT p.restaurant_id FROM feed_progress p
      WHERE EXISTS (SELECT 1 FROM partner_subscriptions s WHERE ${LIVE} AND s.restaurant_id IS NULL)
        AND (?6 IS NULL OR p.restaurant_id = ?6)
  ), free AS MATERIALIZED (
    SELECT v.restaurant_id, coalesce(c.epoch, 0) AS epoch, coalesce(c.seq, 0) AS seq
    FROM visible v LEFT JOIN feed_cursors c
      ON c.partner_id = ?1 AND c.restaurant_id = v.restaurant_id
    WHERE coalesce(c.lease_until, 0) <= ?2
    ORDER BY coalesce(c.updated_at, 0)
  )
  INSERT INTO feed_cursors (partner_id, restaurant_id, epoch, seq, lease_id, lease_until, updated_at)
  SELECT ?1, restaurant_id, epoch, seq, ?3, ?4, ?2 FROM free
  WHERE EXISTS (${ahead('free', 1)})
      AND CASE coalesce(${firstIsDue(1)}, ${firstIsDue(LOOKED_AT)}, -1) WHEN 1 THEN true
        WHEN -1 THEN (SELECT count(*) FROM (${ahead('free')})) = ${LOOKED_AT} END
    OR EXISTS (SELECT 1 ${redriven('free')})
  LIMIT min(?5, ${RESTAURANTS_PER_LEASE})
  ON CONFLICT DO UPDATE SET lease_id = excluded.lease_id, lease_until = excluded.lease_until,
    updated_at = excluded.updated_at
  WHERE coalesce(feed_cursors.lease_until, 0) <= ?2`

const COLUMNS = `e.restaurant_id, e.epoch, e.seq, e.id,
  coalesce(m.not_before, 0) > ?2 AS waiting, coalesce(m.attempts, 0) >= ${ALONE_AFTER} AS alone`

/** One of each restaurant, then a second, and so on; none overtakes what waits for its retry. */
export const HAND_OUT = `INSERT INTO feed_marks (partner_id, restaurant_id, epoch, seq, event_id,
    state, attempts, not_before, lease_id, lease_until, marked_at)
  SELECT ?1, restaurant_id, epoch, seq, id, 'LEASED', 1, 0, ?3, ?4, ?2 FROM (
    SELECT *, row_number() OVER mine AS place, max(waiting) OVER mine AS stopped,
      max(alone) OVER mine AS parted
    FROM (
      SELECT 0 AS turn, ${COLUMNS} FROM feed_cursors c
        CROSS JOIN feed_marks m INDEXED BY feed_marks_redriven
        CROSS JOIN feed_events e ON e.restaurant_id = m.restaurant_id AND e.epoch = m.epoch
          AND e.seq = m.seq
        WHERE c.partner_id = ?1 AND c.lease_id = ?3 AND m.partner_id = ?1
          AND m.restaurant_id = c.restaurant_id AND m.redriven_at IS NOT NULL
          AND (m.epoch, m.seq) <= ${placeOf('c')} AND m.not_before <= ?2 AND ${UNDONE}
          AND ${wanted('e.restaurant_id', 'e.type')}
      UNION ALL
      SELECT 1, ${COLUMNS} FROM feed_cursors c CROSS JOIN feed_events e
          ON e.rowid IN (SELECT row FROM (${aheadInLease('c')}))
        LEFT JOIN feed_marks m ON m.partner_id = ?1 AND m.restaurant_id = e.restaurant_id
          AND m.epoch = e.epoch AND m.seq = e.seq
        WHERE c.partner_id = ?1 AND c.lease_id = ?3 AND ${UNDONE}
          AND ${wanted('e.restaurant_id', 'e.type')}
    ) WINDOW mine AS (PARTITION BY restaurant_id ORDER BY turn, epoch, seq)
  )
  WHERE stopped = 0 AND (place = 1 OR parted = 0)
  ORDER BY place, restaurant_id LIMIT ?5
  ON CONFLICT DO UPDATE SET attempts = attempts + 1, not_before = 0,
    state = CASE WHEN attempts >= ${MAX_HANDINGS} THEN 'DEAD' ELSE 'LEASED' END,
    lease_id = excluded.lease_id, lease_until = excluded.lease_until, marked_at = excluded.marked_at`

/** What lies before the first that was handed out is done, or not wanted. */
export const PASS_TO_FIRST = `UPDATE feed_cursors AS c SET (epoch, seq) = (first.epoch, first.seq - 1)
  FROM (SELECT m.restaurant_id, m.epoch, m.seq,
      row_number() OVER (PARTITION BY m.restaurant_id ORDER BY m.epoch, m.seq) AS place
    FROM feed_marks m INDEXED BY feed_marks_lease
    CROSS JOIN feed_cursors held
      ON held.partner_id = ?1 AND held.restaurant_id = m.restaurant_id
    WHERE m.partner_id = ?1 AND m.lease_id = ?3
      AND (m.epoch, m.seq) > (held.epoch, held.seq)) AS first
  WHERE c.partner_id = ?1 AND c.lease_id = ?3 AND first.restaurant_id = c.restaurant_id
    AND first.place = 1 AND (first.epoch, first.seq - 1) > (c.epoch, c.seq)`

/** Of all that was looked at nothing is wanted: it is passed over. */
export const PASS_OVER = `UPDATE feed_cursors AS c
  SET (epoch, seq) = (SELECT w.epoch, w.seq FROM (${aheadInLease('held')}) w
      ORDER BY w.epoch DESC, w.seq DESC LIMIT 1),
    lease_id = NULL, lease_until = NULL
  FROM feed_cursors held
  WHERE held.partner_id = ?1 AND held.lease_id = ?3 AND c.rowid = held.rowid
    AND NOT EXISTS (SELECT 1 FROM feed_marks m
      WHERE m.partner_id = ?1 AND m.lease_id = ?3 AND m.restaurant_id = held.restaurant_id)`

export const HANDED_OUT = `SELECT e.id, e.restaurant_id AS restaurantId, e.epoch, e.seq, e.type,
    e.occurred_at AS occurredAt, e.data, m.attempts AS attempt, m.state = 'DEAD' AS dead
  FROM feed_marks m INDEXED BY feed_marks_lease CROSS JOIN feed_events e
    ON e.restaurant_id = m.restaurant_id AND e.epoch = m.epoch AND e.seq = m.seq
  WHERE m.partner_id = ?1 AND m.lease_id = ?3
  ORDER BY m.restaurant_id, m.epoch, m.seq`

/** The lease runs and has handed out all that are named. */
const ALL_HELD = `lease_until > ?2 AND settled_at IS NULL
  AND event_id IN (SELECT value FROM json_each(?4))
  AND NOT EXISTS (SELECT 1 FROM json_each(?4) AS named WHERE named.value NOT IN (
    SELECT event_id FROM feed_marks WHERE partner_id = ?1 AND lease_id = ?3))`

export const SETTLE = `UPDATE feed_marks SET settled_at = ?2,
    state = CASE state WHEN 'DEAD' THEN 'DEAD' ELSE 'ACKED' END
  WHERE partner_id = ?1 AND lease_id = ?3 AND ${ALL_HELD}`

export const GIVE_BACK = `UPDATE feed_marks SET not_before = ?5,
    state = CASE state WHEN 'DEAD' THEN 'DEAD' ELSE 'RETRY' END
  WHERE partner_id = ?1 AND lease_id = ?3 AND not_before = 0 AND ${ALL_HELD}`

/** That time it was handed out does not count. */
export const TAKE_BACK = `UPDATE feed_marks SET attempts = attempts - 1, not_before = ?2,
    state = CASE WHEN attempts - 1 > ${MAX_HANDINGS} THEN 'DEAD' ELSE 'RETRY' END
  WHERE partner_id = ?1 AND lease_id = ?3 AND settled_at IS NULL AND not_before = 0`

/** Up to the last that is settled with nothing unsettled before it. */
const settledEnd = `FROM feed_marks m
  WHERE m.partner_id = c.partner_id AND m.restaurant_id = c.restaurant_id
    AND (m.epoch, m.seq) > ${placeOf('c')} AND m.settled_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM feed_marks u
      WHERE u.partner_id = c.partner_id AND u.restaurant_id = c.restaurant_id
        AND (u.epoch, u.seq) > ${placeOf('c')} AND (u.epoch, u.seq) < (m.epoch, m.seq)
        AND u.settled_at IS NULL)`

const moveCursors = (which: string): string => `UPDATE feed_cursors AS c SET updated_at = ?2,
    (epoch, seq) = (SELECT m.epoch, m.seq ${settledEnd} ORDER BY m.epoch DESC, m.seq DESC LIMIT 1)
  WHERE ${which} AND EXISTS (SELECT 1 ${settledEnd})`

export const MOVE_CURSORS = moveCursors('c.partner_id = ?1 AND c.lease_id = ?3')

/** A restaurant is free as soon as all that was handed out of it is settled or given back. */
export const FREE = `UPDATE feed_cursors AS c SET lease_id = NULL, lease_until = NULL
  WHERE c.partner_id = ?1 AND c.lease_id = ?3 AND NOT EXISTS (SELECT 1 FROM feed_marks m
    WHERE m.partner_id = ?1 AND m.lease_id = ?3 AND m.restaurant_id = c.restaurant_id
      AND m.settled_at IS NULL AND m.not_before = 0)`

export const LEASED = `SELECT event_id AS eventId, lease_until AS leaseUntil,
    settled_at IS NULL AND not_before = 0 AS open
  FROM feed_marks WHERE partner_id = ?1 AND lease_id = ?2`

export const ELSEWHERE = `SELECT e.id FROM json_each(?3) AS named
    CROSS JOIN feed_events e ON e.id = named.value
    CROSS JOIN feed_marks m ON m.partner_id = ?1
      AND m.restaurant_id = e.restaurant_id AND m.epoch = e.epoch AND m.seq = e.seq
  WHERE m.lease_id <> ?2`

/** Whoever holds its notice holds it no longer: acknowledging that must not be taken for the event. */
export const REDRIVE = `UPDATE feed_marks SET state = 'RETRY', attempts = 0, not_before = ?3,
    settled_at = NULL, redriven_at = ?3, lease_id = ?4, lease_until = ?3
  WHERE partner_id = ?1 AND state = 'DEAD' AND (restaurant_id, epoch, seq) = (
    SELECT restaurant_id, epoch, seq FROM feed_events WHERE id = ?2)
  RETURNING event_id`

/** Handed out as often as a notice is, and not acknowledged then either. */
export const CLOSE_GIVEN_UP = `UPDATE feed_marks SET settled_at = ?2
  WHERE state = 'DEAD' AND settled_at IS NULL AND attempts >= ${MAX_HANDINGS + NOTICE_HANDINGS}
    AND (lease_until <= ?2 OR not_before > 0)
  RETURNING event_id`

export const MOVE_CLOSED = moveCursors(`coalesce(c.lease_until, 0) <= ?2
  AND (c.partner_id, c.restaurant_id) IN (SELECT partner_id, restaurant_id FROM feed_marks
    WHERE state = 'DEAD' AND settled_at = ?2)`)

export const SWEEP_EVENTS = `DELETE FROM feed_events WHERE rowid IN (
  SELECT rowid FROM feed_events WHERE occurred_at < ?1 LIMIT ?2)`

/** ?1: sorts before every lease of that time or later. Whatever its state, its event is gone. */
export const SWEEP_OLD_MARKS = `DELETE FROM feed_marks WHERE rowid IN (
  SELECT rowid FROM feed_marks WHERE lease_id < ?1 LIMIT ?2)`

export const SWEEP_MARKS = `DELETE FROM feed_marks WHERE rowid IN (
  SELECT m.rowid FROM feed_marks m JOIN feed_cursors c
    ON c.partner_id = m.partner_id AND c.restaurant_id = m.restaurant_id
  WHERE m.lease_id < ?1 AND m.state = 'ACKED' AND (m.epoch, m.seq) <= (c.epoch, c.seq) LIMIT ?2)`
