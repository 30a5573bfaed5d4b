import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * What leaves the platform: every event that partners may see, as they see it. Feed, pushes and cards
 * are made from these rows; they are kept for 45 days, longer than a dead letter can be sent again.
 */
export const feedEvents = sqliteTable(
  'feed_events',
  {
    restaurantId: text('restaurant_id').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    id: text('id').notNull().unique('feed_events_id_unique'),
    type: text('type').notNull(),
    occurredAt: integer('occurred_at').notNull(),
    /** JSON as it goes out. */
    data: text('data').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.restaurantId, table.epoch, table.seq] }),
    // The sweep.
    index('feed_events_occurred_at').on(table.occurredAt),
  ],
)

/**
 * Up to which number every event of a restaurant's epoch has arrived here, shown outside or not: the
 * feed serves no further, since what is missing would come too late.
 */
export const feedProgress = sqliteTable(
  'feed_progress',
  {
    restaurantId: text('restaurant_id').notNull(),
    epoch: integer('epoch').notNull(),
    /** The number before the first of this epoch; the epoch before has to come that far first. */
    startSeq: integer('start_seq').notNull().default(0),
    contiguousSeq: integer('contiguous_seq').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.restaurantId, table.epoch] })],
)

/** Numbers that arrived ahead of a gap; gone once the gap is filled. */
export const feedSpans = sqliteTable(
  'feed_spans',
  {
    restaurantId: text('restaurant_id').notNull(),
    epoch: integer('epoch').notNull(),
    fromSeq: integer('from_seq').notNull(),
    toSeq: integer('to_seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.restaurantId, table.epoch, table.fromSeq] })],
)

/** How far a partner is in a restaurant, and which of its workers holds it now. */
export const feedCursors = sqliteTable(
  'feed_cursors',
  {
    partnerId: text('partner_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    epoch: integer('epoch').notNull(),
    /** Everything up to here is done. */
    seq: integer('seq').notNull(),
    leaseId: text('lease_id'),
    leaseUntil: integer('lease_until'),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.restaurantId] }),
    // What a lease holds.
    index('feed_cursors_lease')
      .on(table.leaseId)
      .where(sql`${table.leaseId} IS NOT NULL`),
  ],
)

/** An event that was handed out: how often, and what became of it. */
export const feedMarks = sqliteTable(
  'feed_marks',
  {
    partnerId: text('partner_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    eventId: text('event_id').notNull(),
    /** LEASED also after its lease is over. DEAD: given up; a notice in its place says so. */
    state: text('state').$type<'LEASED' | 'RETRY' | 'ACKED' | 'DEAD'>().notNull(),
    attempts: integer('attempts').notNull(),
    /** When what was given back is due again; 0 = handed out. */
    notBefore: integer('not_before').notNull(),
    leaseId: text('lease_id').notNull(),
    leaseUntil: integer('lease_until').notNull(),
    markedAt: integer('marked_at').notNull(),
    /** Acknowledged, or its notice was, or nobody did so after the last try. */
    settledAt: integer('settled_at'),
    /** Handed out once more by an administrator, behind the cursor too. */
    redrivenAt: integer('redriven_at'),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.restaurantId, table.epoch, table.seq] }),
    // What a lease handed out; lease ids sort by time, so the sweep too.
    index('feed_marks_lease').on(table.leaseId),
    // The outbox view: what was given up.
    index('feed_marks_dead')
      .on(table.markedAt)
      .where(sql`${table.state} = 'DEAD'`),
    // What is handed out out of turn.
    index('feed_marks_redriven')
      .on(table.partnerId, table.restaurantId)
      .where(sql`${table.redrivenAt} IS NOT NULL`),
  ],
)

/** Nonces of signed calls, until their time stamp would be refused anyway. */
export const partnerNonces = sqliteTable(
  'partner_nonces',
  {
    partnerId: text('partner_id').notNull(),
    nonce: text('nonce').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.nonce] }),
    // The sweep.
    index('partner_nonces_expires_at').on(table.expiresAt),
  ],
)
