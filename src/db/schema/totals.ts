import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Sums over whole tables, kept by triggers with the rows themselves: nobody counts orders by reading
 * them all. `what` names the table, `label` the group within it.
 */
export const platformTotals = sqliteTable(
  'platform_totals',
  {
    what: text('what').notNull(),
    label: text('label').notNull(),
    number: integer('number').notNull(),
    amount: integer('amount').notNull(),
  },
  (table) => [primaryKey({ columns: [table.what, table.label] })],
)
