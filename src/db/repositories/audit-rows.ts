import { sql, type SQL } from 'drizzle-orm'
import type { drizzle } from 'drizzle-orm/d1'
import type { AuditEntry } from '../../domain/audit.ts'
import { auditEntries } from '../schema/administration.ts'

type Db = ReturnType<typeof drizzle>

/** The line of the audit trail, for the batch of the change. Written again under its id it changes nothing. */
export const auditStatement = (db: Db, entry: AuditEntry) =>
  db.insert(auditEntries).values(entry).onConflictDoNothing()

/**
 * The same for a change that is made only where something still holds: `made` asks whether the batch
 * has made it (e.g. `EXISTS (SELECT 1 FROM … WHERE id = … AND change_id = …)`), else there is no line.
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
