import type { DomainEvent } from '../domain/events.ts'
import { owedOf } from '../domain/outgoing/owed.ts'
import { SINKS, type Sink } from '../domain/restaurant/secrets.ts'
import { portions } from './json-rows.ts'

export interface OutgoingSettings {
  /** Where cards go of restaurants that say nothing of it. */
  cardsByDefault: readonly Sink[]
  /** Whether there is a data platform. */
  dataPlatform: boolean
}

/** What a deployment owes nobody but partners. */
export const PARTNERS_ALONE: OutgoingSettings = { cardsByDefault: [], dataPlatform: false }

const INTO = `INSERT INTO deliveries (id, destination_kind, destination_id, dedupe_key, restaurant_id,
    event_id, event_type, order_id, trace_id, state, attempts, next_at, created_at)`

/** The event's id in front keeps them in its order; what else it is, is drawn. */
const ID = `substr(owed.value ->> 'eventId', 1, 24) || lower(hex(randomblob(6)))`

const OF_EVENT = `owed.value ->> 'restaurantId', owed.value ->> 'eventId',
    owed.value ->> 'eventType', owed.value ->> 'orderId', owed.value ->> 'traceId', 'PENDING', 0, ?2, ?2`

const ONCE = `ON CONFLICT DO NOTHING RETURNING destination_id AS destinationId`

/** A push for every endpoint of the partners that subscribe to it. */
const PUSHES = `${INTO}
  SELECT ${ID}, 'PUSH', endpoint.id, owed.value ->> 'eventId', ${OF_EVENT}
  FROM json_each(?1) AS owed
    JOIN partner_endpoints AS endpoint ON endpoint.disabled_at IS NULL
      AND endpoint.partner_id IN (SELECT partner_id FROM partner_subscriptions
        WHERE ended_at IS NULL
          AND (restaurant_id = owed.value ->> 'restaurantId' OR restaurant_id IS NULL)
          AND (types IS NULL
            OR owed.value ->> 'eventType' IN (SELECT value FROM json_each(types))))
    JOIN partners ON partners.id = endpoint.partner_id AND partners.disabled_at IS NULL
  WHERE true
  ${ONCE}`

/** A card for every sink the restaurant names; of one that is not known yet, whoever sends asks it. */
const CARDS = `${INTO}
  SELECT ${ID}, upper(sink.value), (owed.value ->> 'restaurantId') || ':' || sink.value,
    'order:' || (owed.value ->> 'orderId'), ${OF_EVENT}
  FROM json_each(?1) AS owed
    JOIN json_each(coalesce(
      (SELECT CASE json_type(settings, '$.orderCards') WHEN 'array'
          THEN json_extract(settings, '$.orderCards') ELSE ?3 END
        FROM restaurant_index WHERE id = owed.value ->> 'restaurantId'), ?4)) AS sink
  WHERE true
  ${ONCE}`

const LINES = `${INTO}
  SELECT ${ID}, 'DATA_PLATFORM', 'platform', 'order:' || (owed.value ->> 'orderId'), ${OF_EVENT}
  FROM json_each(?1) AS owed
  WHERE true
  ${ONCE}`

/** The statements by which events become deliveries; each gives the destinations that got one. */
export function owingStatements(
  database: D1Database,
  events: readonly DomainEvent[],
  now: number,
  { cardsByDefault, dataPlatform }: OutgoingSettings,
): D1PreparedStatement[] {
  const owed = events.map(owedOf)
  const pushes = owed.flatMap(({ push }) => push ?? [])
  const orders = owed.flatMap(({ order }) => order ?? [])
  const ofOrders = (text: string, ...more: string[]) =>
    portions(orders).map((json) => database.prepare(text).bind(json, now, ...more))
  return [
    ...portions(pushes).map((json) => database.prepare(PUSHES).bind(json, now)),
    ...ofOrders(CARDS, JSON.stringify(cardsByDefault), JSON.stringify(SINKS)),
    ...(dataPlatform ? ofOrders(LINES) : []),
  ]
}

/** Destinations that the statements' results name. */
export const owedDestinations = (results: readonly D1Result[]): string[] => [
  ...new Set(
    results.flatMap(({ results: rows }) =>
      (rows as { destinationId?: unknown }[]).flatMap(({ destinationId }) =>
        typeof destinationId === 'string' ? [destinationId] : [],
      ),
    ),
  ),
]
