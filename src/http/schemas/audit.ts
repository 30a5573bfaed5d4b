import { z } from '@hono/zod-openapi'
import { ACCOUNT_ROLES } from '../../domain/actor.ts'
import { AUDIT_SUBJECTS } from '../../domain/audit.ts'
import type { AuditEntry, AuditFilter } from '../../usecases/admin/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'
import { instant } from './outbox.ts'

const action = z.string().openapi({ example: 'user-locked' })
const subject = z.enum(AUDIT_SUBJECTS)

export const auditQuery = pageQuery.extend({
  actor_id: idSchema.optional().openapi({ description: 'Who did it' }),
  action: action.min(1).max(64).optional(),
  subject: subject.optional().openapi({ description: 'The kind of thing it was done to' }),
  subject_id: z.string().min(1).max(200).optional(),
  restaurant_id: idSchema.optional(),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Before this' }),
})

interface SentFilter {
  actor_id?: string | undefined
  action?: string | undefined
  subject?: AuditFilter['subject'] | undefined
  subject_id?: string | undefined
  restaurant_id?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const msOf = (time: string | undefined): number | null =>
  time === undefined ? null : Date.parse(time)

export const auditFilterOf = (sent: SentFilter): AuditFilter => ({
  actorId: sent.actor_id ?? null,
  action: sent.action ?? null,
  subject: sent.subject ?? null,
  subjectId: sent.subject_id ?? null,
  restaurantId: sent.restaurant_id ?? null,
  from: msOf(sent.from),
  to: msOf(sent.to),
})

const value = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
  .nullable()
  .openapi({ example: 'CUSTOMER' })

export const auditEntry = z
  .object({
    id: idSchema,
    at: timeSchema,
    actor: z.object({
      id: z.string().nullable().openapi({ description: 'Null: the system by itself' }),
      role: z.enum([...ACCOUNT_ROLES, 'GUEST', 'SYSTEM']),
    }),
    action,
    subject: z.object({ kind: subject, id: z.string() }),
    restaurant_id: z.string().nullable(),
    reason: z.string().nullable(),
    changes: z.record(z.string(), z.object({ from: value, to: value })),
    trace_id: z.string().nullable(),
  })
  .openapi('AuditEntry')

export const auditJson = (entry: AuditEntry) => ({
  id: entry.id,
  at: isoTime(entry.at),
  actor: { id: entry.actorId, role: entry.actorRole },
  action: entry.action,
  subject: { kind: entry.subject, id: entry.subjectId },
  restaurant_id: entry.restaurantId,
  reason: entry.reason,
  changes: entry.changes,
  trace_id: entry.traceId,
})
