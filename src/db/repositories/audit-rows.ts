import { sql, type SQL } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { AuditEntry } from '../../domain/audit.ts'
import { auditEntries } from '../schema/administration.ts'

type Db = Pick<DrizzleD1Database, 'insert'>

/** The line of the audit trail, for the batch of the change. Written again under its id it changes nothing. */
export const auditStatement = (db: Db, entry: AuditEntry) =>
  db.insert(auditEntries).values(entry).onConflictDoNothing()

/**
 * The same for a change that is made only where something still holds: `made` asks whether the batch
 * has made it (e.g. `EXISTS (SELECT 1 FROM … WHERE id = … AND change_id = …)`), else there is no line.
 * Or it stands before the change in the batch and asks, by `there`, what the change itself asks.
 */
export const auditStatementWhere = (db: Db, entry: AuditEntry, made: SQL) =>
  db
    .insert(auditEntries)
    .select(
      sql`SELECT ${entry.id}, ${entry.at}, ${entry.actorId}, ${entry.actorRole}, ${entry.action},
        ${entry.subject}, ${entry.subjectId}, ${entry.restaurantId}, ${entry.reason},
        ${JSON.stringify(entry.changes)}, ${entry.traceId} WHERE ${made}`,
    )
    .onConflictDoNothing()

/** Whether the table has a row that fits. */
export const there = (table: SQLiteTable, where: SQL | undefined): SQL =>
  sql`EXISTS (SELECT 1 FROM ${table} WHERE ${where})`
