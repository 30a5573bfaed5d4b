import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Queue messages that were given up; kept until people have had them sent again. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    id: text('id').primaryKey(),
    body: text('body', { mode: 'json' }).$type<unknown>(),
    errorKind: text('error_kind').$type<'MALFORMED' | 'EXHAUSTED'>().notNull(),
    firstSeenAt: integer('first_seen_at').notNull(),
    redrivenAt: integer('redriven_at'),
  },
  (table) => [
    // The daily sweep: letters sent again long ago.
    index('dead_letters_redriven_at').on(table.redrivenAt),
  ],
)
