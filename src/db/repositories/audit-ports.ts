import type { AuditEntry, AuditSubject } from '../../domain/audit.ts'

/** Null = whatever it is. Times in ms. */
export interface AuditFilter {
  actorId: string | null
  action: string | null
  subject: AuditSubject | null
  subjectId: string | null
  restaurantId: string | null
  /** Not before, and before. */
  from: number | null
  to: number | null
}

/** The audit trail, read; and for changes whose truth is elsewhere, written by itself. */
export interface AuditTrail {
  /** Newest first. */
  page(
    filter: AuditFilter,
    page: { limit: number; beforeId: string | null },
  ): Promise<readonly AuditEntry[]>
  /** The same id again changes nothing. */
  add(entry: AuditEntry): Promise<void>
}
