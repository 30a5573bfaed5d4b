import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Epochs that people began for a restaurant whose object stands as an older copy of itself. */
export const restaurantEpochs = sqliteTable(
  'restaurant_epochs',
  {
    id: text('id').primaryKey(),
    restaurantId: text('restaurant_id').notNull(),
    epoch: integer('epoch').notNull(),
    reason: text('reason').notNull(),
    askedBy: text('asked_by').notNull(),
    askedAt: integer('asked_at').notNull(),
    /** The moment that its object is to be put back to; null where that was done already. */
    restoreTo: integer('restore_to'),
    /** When the object had been told that it will be. */
    markedAt: integer('marked_at'),
    /** When its object knew of it; null until then. */
    begunAt: integer('begun_at'),
    /** The number before its first. */
    startSeq: integer('start_seq'),
  },
  (table) => [
    // Which numbers are taken?
    uniqueIndex('restaurant_epochs_once').on(table.restaurantId, table.epoch),
    // The cron: which were asked for and not begun?
    index('restaurant_epochs_unfinished')
      .on(table.askedAt)
      .where(sql`${table.begunAt} IS NULL`),
  ],
)

/** Restores of this database: log-ins from before the newest have ended. */
export const databaseRestores = sqliteTable('database_restores', {
  id: text('id').primaryKey(),
  reason: text('reason').notNull(),
  askedBy: text('asked_by').notNull(),
  markedAt: integer('marked_at').notNull(),
})
