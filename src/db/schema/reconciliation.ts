import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DifferenceKind } from '../../domain/reconciliation/difference.ts'
import type { RunKind, Stage, Totals } from '../../domain/reconciliation/run.ts'

/** A reconciliation and the page it is at. A step is written where `version` still holds. */
export const reconciliationRuns = sqliteTable(
  'reconciliation_runs',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<RunKind>().notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    after: text('after'),
    version: integer('version').notNull(),
    /** Only what moved since; 0 = everything. */
    since: integer('since').notNull(),
    asOf: integer('as_of').notNull(),
    startedAt: integer('started_at').notNull(),
    finishedAt: integer('finished_at'),
    /** Who asked for it under which key; null = the cron. */
    command: text('command').unique('reconciliation_runs_command_unique'),
    ordersChecked: integer('orders_checked').notNull(),
    ordersSkipped: integer('orders_skipped').notNull(),
    walletsChecked: integer('wallets_checked').notNull(),
    entriesChecked: integer('entries_checked').notNull(),
    captured: text('captured', { mode: 'json' }).$type<Totals>().notNull(),
    refunded: text('refunded', { mode: 'json' }).$type<Totals>().notNull(),
    differences: integer('differences').notNull(),
  },
  (table) => [
    // One of a kind is under way at a time.
    uniqueIndex('reconciliation_runs_under_way')
      .on(table.kind)
      .where(sql`${table.finishedAt} IS NULL`),
  ],
)

/** What runs have found; resolved by a later one that looked and no longer saw it. */
export const reconciliationDifferences = sqliteTable(
  'reconciliation_differences',
  {
    id: text('id').primaryKey(),
    /** The order, account or payment whose check finds it. */
    owner: text('owner').notNull(),
    subject: text('subject').notNull(),
    kind: text('kind').$type<DifferenceKind>().notNull(),
    expected: integer('expected').notNull(),
    actual: integer('actual').notNull(),
    detail: text('detail'),
    /** The last run that saw it. */
    runId: text('run_id').notNull(),
    firstSeenAt: integer('first_seen_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    resolvedAt: integer('resolved_at'),
  },
  (table) => [
    // A difference is open once; also the list of open ones.
    uniqueIndex('reconciliation_differences_open')
      .on(table.subject, table.kind)
      .where(sql`${table.resolvedAt} IS NULL`),
    // Of what was checked, which are open?
    index('reconciliation_differences_owner')
      .on(table.owner)
      .where(sql`${table.resolvedAt} IS NULL`),
  ],
)
