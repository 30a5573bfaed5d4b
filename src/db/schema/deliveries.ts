import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DeliveryState, DestinationKind } from '../../domain/outgoing/delivery.ts'

/** What one destination is owed of one event (or, for cards and lines, of one order). */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: text('id').primaryKey(),
    destinationKind: text('destination_kind').$type<DestinationKind>().notNull(),
    /** PUSH: the endpoint's id. Sinks: `<restaurant>:<sink>`. Data platform: `platform`. */
    destinationId: text('destination_id').notNull(),
    /** What is sent once: an event's id, or `order:<id>`. */
    dedupeKey: text('dedupe_key').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    orderId: text('order_id'),
    /** Of what caused the event. */
    traceId: text('trace_id'),
    state: text('state').$type<DeliveryState>().notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: integer('next_at').notNull(),
    leaseUntil: integer('lease_until'),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
  },
  (table) => [
    uniqueIndex('deliveries_once').on(table.destinationId, table.dedupeKey),
    // What is due, by destination.
    index('deliveries_due')
      .on(table.destinationId, table.nextAt)
      .where(sql`${table.state} = 'PENDING'`),
    // The outbox view, and the sweep.
    index('deliveries_state').on(table.state, table.id),
    index('deliveries_restaurant').on(table.restaurantId, table.id),
  ],
)

/** Who is sending to a destination now, and how it has been answering. */
export const deliveryDestinations = sqliteTable('delivery_destinations', {
  destinationId: text('destination_id').primaryKey(),
  /** The run that sends, until when: no other sends meanwhile, so that order holds as far as it can. */
  runId: text('run_id').notNull(),
  busyUntil: integer('busy_until').notNull(),
  /** It asked to be left alone, or does not answer. */
  pausedUntil: integer('paused_until').notNull(),
  /** Since when nothing but failures; null while it takes what it is sent. */
  failingSince: integer('failing_since'),
})

/** Where a partner wants events pushed to. */
export const partnerEndpoints = sqliteTable(
  'partner_endpoints',
  {
    id: text('id').primaryKey(),
    partnerId: text('partner_id').notNull(),
    url: text('url').notNull(),
    /** Sealed `whsec_…` secrets: the newest signs; the one before it signs too until its time is over. */
    secret: text('secret').notNull(),
    previousSecret: text('previous_secret'),
    previousUntil: integer('previous_until'),
    createdAt: integer('created_at').notNull(),
    /** Set by people, or after days of nothing but failures. */
    disabledAt: integer('disabled_at'),
    disabledReason: text('disabled_reason'),
  },
  (table) => [
    // A partner's own.
    index('partner_endpoints_partner').on(table.partnerId),
  ],
)

/** What a partner may see: of which restaurant (null = all), of which types (null = all). */
export const partnerSubscriptions = sqliteTable(
  'partner_subscriptions',
  {
    id: text('id').primaryKey(),
    partnerId: text('partner_id').notNull(),
    restaurantId: text('restaurant_id'),
    types: text('types', { mode: 'json' }).$type<readonly string[] | null>(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    // A partner's own.
    index('partner_subscriptions_partner').on(table.partnerId),
    // Who is owed an event of a restaurant.
    index('partner_subscriptions_restaurant').on(table.restaurantId),
  ],
)

/** Secrets that a partner signs and logs in with: several may stand while one replaces another. */
export const partnerKeys = sqliteTable(
  'partner_keys',
  {
    id: text('id').primaryKey(),
    partnerId: text('partner_id').notNull(),
    /** For comparing (client_credentials). */
    digest: text('digest').notNull(),
    /** For verifying signatures; sealed. */
    sealed: text('sealed').notNull(),
    hint: text('hint').notNull(),
    createdAt: integer('created_at').notNull(),
    /** Null = until it is replaced. */
    endsAt: integer('ends_at'),
  },
  (table) => [
    // A partner's own.
    index('partner_keys_partner').on(table.partnerId),
  ],
)
