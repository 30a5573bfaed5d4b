import type { Role } from '../../domain/actor.ts'
import type { AuditEntry, AuditSubject } from '../../domain/audit.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Deps } from '../deps.ts'

/** Who changes something, and in which request. */
export interface Acting {
  userId: string | null
  role: Role
  traceId: string | null
}

/** What is done to what; `changes` holds ids, names of fields, roles, states and settings' values. */
export interface Audited {
  /** A verb in past tense with its subject: `user-locked`. */
  action: string
  subject: AuditSubject
  subjectId: string
  restaurantId?: string | null
  reason?: string | null
  changes?: AuditEntry['changes']
}

/** The line of the audit trail that goes into the batch of the change. */
export function auditOf(
  deps: Pick<Deps, 'now' | 'random'>,
  by: Acting | 'SYSTEM',
  { restaurantId = null, reason = null, changes = {}, ...what }: Audited,
): AuditEntry {
  const at = deps.now()
  const who =
    by === 'SYSTEM'
      ? ({ actorId: null, actorRole: 'SYSTEM', traceId: null } as const)
      : { actorId: by.userId, actorRole: by.role, traceId: by.traceId }
  const id = mintTimedId(PLATFORM_KEY, at, deps.random)
  return { id, at, ...who, ...what, restaurantId, reason, changes }
}
