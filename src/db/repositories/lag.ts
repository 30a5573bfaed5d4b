import { once } from '../unavailable.ts'
import type { DestinationLag, LagReader, PartnerLag, RestaurantLag } from './lag-ports.ts'

const DESTINATIONS = `SELECT d.destination_kind AS destinationKind, d.destination_id AS destinationId,
    e.partner_id AS partnerId, sum(d.state = 'PENDING') AS pending,
    min(CASE d.state WHEN 'PENDING' THEN d.created_at END) AS oldestPendingAt,
    min(CASE d.state WHEN 'PENDING' THEN d.next_at END) AS nextTryAt, sum(d.state = 'DEAD') AS dead,
    s.failing_since AS failingSince, s.paused_until AS pausedUntil
  FROM deliveries d
    LEFT JOIN delivery_destinations s ON s.destination_id = d.destination_id
    LEFT JOIN partner_endpoints e ON e.id = d.destination_id
  WHERE d.state IN ('PENDING', 'DEAD')
  GROUP BY d.destination_id
  ORDER BY oldestPendingAt IS NULL, oldestPendingAt, d.destination_id
  LIMIT ?1`

const RESTAURANTS = `SELECT p.restaurant_id AS restaurantId, p.epoch, p.seq AS projectedSeq,
    p.updated_at AS projectedAt, f.contiguous_seq AS feedSeq, f.updated_at AS feedMovedAt
  FROM projection_state p
    LEFT JOIN feed_progress f ON f.restaurant_id = p.restaurant_id AND f.epoch = p.epoch
  WHERE CASE WHEN ?1 IS NULL THEN coalesce(f.contiguous_seq, -1) < p.seq ELSE p.restaurant_id = ?1 END
  ORDER BY coalesce(f.updated_at, 0), p.restaurant_id
  LIMIT ?2`

/** Events past the cursor that the feed would serve; of the restaurant and partner outside. */
const OWED = `FROM feed_events e
    JOIN feed_progress f ON f.restaurant_id = e.restaurant_id AND f.epoch = e.epoch
  WHERE e.restaurant_id = seen.restaurantId AND e.seq <= f.contiguous_seq
    AND (e.epoch, e.seq) > (coalesce(c.epoch, 0), coalesce(c.seq, 0))
    AND EXISTS (SELECT 1 FROM partner_subscriptions s
      WHERE s.partner_id = seen.partnerId AND s.ended_at IS NULL
        AND (s.restaurant_id IS NULL OR s.restaurant_id = e.restaurant_id)
        AND (s.types IS NULL OR e.type IN (SELECT value FROM json_each(s.types))))`

const PARTNERS = `WITH seen AS (
    SELECT DISTINCT s.partner_id AS partnerId, f.restaurant_id AS restaurantId
    FROM partner_subscriptions s
      JOIN feed_progress f ON s.restaurant_id IS NULL OR s.restaurant_id = f.restaurant_id
    WHERE s.ended_at IS NULL AND (?1 IS NULL OR f.restaurant_id = ?1)
  ), late AS (
    SELECT seen.partnerId, seen.restaurantId, c.epoch, c.seq,
      (SELECT e.occurred_at ${OWED} ORDER BY e.epoch, e.seq LIMIT 1) AS oldestAt
    FROM seen LEFT JOIN feed_cursors c
      ON c.partner_id = seen.partnerId AND c.restaurant_id = seen.restaurantId
  ), latest AS (
    SELECT * FROM late WHERE oldestAt IS NOT NULL
    ORDER BY oldestAt, partnerId, restaurantId LIMIT ?2
  )
  SELECT seen.partnerId, seen.restaurantId, seen.oldestAt,
    (SELECT count(*) FROM (SELECT 1 ${OWED} LIMIT ?3)) AS behind
  FROM latest seen LEFT JOIN feed_cursors c
    ON c.partner_id = seen.partnerId AND c.restaurant_id = seen.restaurantId
  ORDER BY seen.oldestAt, seen.partnerId, seen.restaurantId`

/** How far behind everything is that leaves the platform, from D1. */
export function createLagReader(database: D1Database): LagReader {
  const rows = async <T>(text: string, ...values: unknown[]): Promise<T[]> => {
    const { results } = await once(() =>
      database
        .prepare(text)
        .bind(...values)
        .all<T>(),
    )
    return results
  }
  return {
    destinations: (limit) => rows<DestinationLag>(DESTINATIONS, limit),
    restaurants: (restaurantId, limit) => rows<RestaurantLag>(RESTAURANTS, restaurantId, limit),
    partners: (restaurantId, limit, counted) =>
      rows<PartnerLag>(PARTNERS, restaurantId, limit, counted),
  }
}
