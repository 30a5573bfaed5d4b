import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { SESSION_DEVICES } from '../../domain/identity/device.ts'
import { users } from './users.ts'

export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    visitId: text('visit_id'),
    visitTableId: text('visit_table_id'),
    device: text('device', { enum: SESSION_DEVICES }).notNull().default('other'),
    /** When its refresh token was exchanged last; null until then. */
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [
    // Which log-ins of this user are open? Also asked of a restaurant's staff, for their tablets.
    index('sessions_open_by_user')
      .on(table.userId)
      .where(sql`${table.endedAt} IS NULL`),
  ],
)

export const refreshTokens = sqliteTable(
  'refresh_tokens',
  {
    digest: text('digest').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    successorDigest: text('successor_digest'),
  },
  (table) => [
    // The sweep: tokens past their time.
    index('refresh_tokens_expires_at').on(table.expiresAt),
    // The sweep: has this session any token left? Also the cascade from sessions.
    index('refresh_tokens_session_id').on(table.sessionId),
  ],
)

export const endedGuestSessions = sqliteTable(
  'ended_guest_sessions',
  {
    id: text('id').primaryKey(),
    endedAt: integer('ended_at').notNull(),
    /** After this every token of the session has expired by itself. */
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    // The sweep: log-outs that no living token can contradict any more.
    index('ended_guest_sessions_expires_at').on(table.expiresAt),
  ],
)

/** Log-outs that an object has not confirmed yet; confirmed ones are deleted. */
export const sessionRevocations = sqliteTable(
  'session_revocations',
  {
    sessionId: text('session_id').notNull(),
    /** Any id that carries the restaurant's key: its own, or the table's of a visit. */
    restaurantId: text('restaurant_id').notNull(),
    endedAt: integer('ended_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.restaurantId] }),
    // The cron's question: what is still to be pushed, oldest first?
    index('session_revocations_ended_at').on(table.endedAt),
  ],
)
