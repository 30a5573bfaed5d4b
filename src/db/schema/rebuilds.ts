import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Projection } from '../../domain/rebuilding.ts'

export const rebuildRuns = sqliteTable('rebuild_runs', {
  id: text('id').primaryKey(),
  projection: text('projection').$type<Projection>().notNull(),
  /** Rises with every run, so that the later of two runs wins. */
  generation: integer('generation').notNull().unique('rebuild_runs_generation_unique'),
  startedAt: integer('started_at').notNull(),
})

/** The restaurants of a run, fixed at its start. `afterId` is the page that is owed next. */
export const rebuildRestaurants = sqliteTable(
  'rebuild_restaurants',
  {
    runId: text('run_id')
      .notNull()
      .references(() => rebuildRuns.id),
    restaurantId: text('restaurant_id').notNull(),
    afterId: text('after_id'),
    rowsWritten: integer('rows_written').notNull(),
    rowsSwept: integer('rows_swept').notNull(),
    movedAt: integer('moved_at').notNull(),
    doneAt: integer('done_at'),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.restaurantId] }),
    // The cron's question: which restaurants of a rebuild have not moved for long?
    index('rebuild_restaurants_unfinished')
      .on(table.movedAt)
      .where(sql`${table.doneAt} IS NULL`),
  ],
)
