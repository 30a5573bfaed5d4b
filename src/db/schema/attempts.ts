import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Tries that count against a limit: one row per account, client or network and window. */
export const loginAttempts = sqliteTable(
  'login_attempts',
  {
    /** What is tried and a keyed digest of who: neither addresses nor e-mails stand here. */
    subject: text('subject').primaryKey(),
    startedAt: integer('started_at').notNull(),
    tries: integer('tries').notNull(),
  },
  (table) => [
    // The sweep: windows that are over.
    index('login_attempts_started_at').on(table.startedAt),
  ],
)
