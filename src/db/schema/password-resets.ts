import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { users } from './users.ts'

/** The newest link of each account that sets a new password; an older one is gone with its row. */
export const passwordResets = sqliteTable(
  'password_resets',
  {
    userId: text('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the link's token. */
    digest: text('digest').notNull().unique('password_resets_digest_unique'),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    /** Which request used it: one whose answer got lost finds its own work. */
    usedBy: text('used_by'),
  },
  (table) => [
    // The sweep: links past their time.
    index('password_resets_expires_at').on(table.expiresAt),
  ],
)
