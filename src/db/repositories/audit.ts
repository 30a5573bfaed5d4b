import { and, desc, eq, gte, inArray, lt } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { AUDIT_SUBJECTS } from '../../domain/audit.ts'
import { firstTimedId } from '../../domain/ids.ts'
import { auditEntries } from '../schema/administration.ts'
import { once, repeatable } from '../unavailable.ts'
import type { AuditFilter, AuditTrail } from './audit-ports.ts'
import { auditStatement } from './audit-rows.ts'

/** The audit trail, in D1. Ids sort by time, so that a span of time is one of ids. */
export function createAuditTrail(database: D1Database): AuditTrail {
  const db = drizzle(database)
  const { id, actorId, action, subjectId, restaurantId } = auditEntries
  return {
    page: (filter, { limit, beforeId }) =>
      once(() =>
        db
          .select()
          .from(auditEntries)
          .where(
            and(
              filter.actorId === null ? undefined : eq(actorId, filter.actorId),
              filter.action === null ? undefined : eq(action, filter.action),
              ofSubject(filter),
              filter.subjectId === null ? undefined : eq(subjectId, filter.subjectId),
              filter.restaurantId === null ? undefined : eq(restaurantId, filter.restaurantId),
              filter.from === null ? undefined : gte(id, firstTimedId(filter.from)),
              filter.to === null ? undefined : lt(id, firstTimedId(filter.to)),
              beforeId === null ? undefined : lt(id, beforeId),
            ),
          )
          .orderBy(desc(id))
          .limit(limit)
          .all(),
      ),

    async add(entry) {
      await repeatable(() => auditStatement(db, entry).run())
    },
  }
}

/** An id without its kind is looked for under each: only so is it found by the index. */
function ofSubject({ subject, subjectId }: AuditFilter) {
  if (subject !== null) return eq(auditEntries.subject, subject)
  return subjectId === null ? undefined : inArray(auditEntries.subject, AUDIT_SUBJECTS)
}
