import type { Role } from './actor.ts'

/** What an administrator's change is to: the kind of thing, and its id. */
export const AUDIT_SUBJECTS = [
  'user',
  'order',
  'setting',
  'setting-change',
  'refund-request',
  'alert-rule',
  'alert-channel',
  'partner',
  'partner-key',
  'partner-subscription',
  'partner-endpoint',
  'restaurant',
  'projection',
  'delivery',
  'dead-letter',
  'feed-event',
  'reconciliation',
  'exchange-rate',
  'database',
  'points-charge',
  'points-refund',
] as const
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number]

/**
 * One line of the audit trail, written in the same batch as the change itself. It names ids, fields,
 * roles, states and settings' values; never a person's data, never a secret.
 */
export interface AuditEntry {
  /** Sorts by time (`mintTimedId` of the platform's key). */
  id: string
  at: number
  /** Null where the system acted by itself. */
  actorId: string | null
  actorRole: Role | 'SYSTEM'
  /** A verb in past tense with its subject: `user-locked`, `setting-changed`. */
  action: string
  subject: AuditSubject
  subjectId: string
  restaurantId: string | null
  /** As whoever acted gave it, where a reason is asked for. */
  reason: string | null
  changes: Readonly<Record<string, { from: AuditValue; to: AuditValue }>>
  traceId: string | null
}

export type AuditValue = string | number | boolean | null | readonly string[]
