import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What administrators have had sent again by a filter, and how much of it there was. */
export const retries = sqliteTable('retries', {
  /** Follows from the command, where it came with a key: a repeat finds it. */
  id: text('id').primaryKey(),
  what: text('what').$type<'DELIVERIES' | 'FEED' | 'DEAD_LETTERS'>().notNull(),
  fingerprint: text('fingerprint').notNull(),
  /** JSON, as it was asked. */
  filter: text('filter').notNull(),
  userId: text('user_id'),
  retried: integer('retried').notNull(),
  more: integer('more', { mode: 'boolean' }).notNull(),
  retriedAt: integer('retried_at').notNull(),
})
