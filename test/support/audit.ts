import type { AuditEntry } from '../../src/domain/audit.ts'
import { mintTimedId, PLATFORM_KEY } from '../../src/domain/ids.ts'
import { random } from './identity.ts'

/** A line for tests that are about something else. */
export const anAudit = (more: Partial<AuditEntry> = {}): AuditEntry => {
  const at = more.at ?? Date.UTC(2026, 10, 20, 3)
  return {
    ...{ id: mintTimedId(PLATFORM_KEY, at, random), at, actorId: null, actorRole: 'SYSTEM' },
    ...{ action: 'tested', subject: 'user', subjectId: 'nobody', restaurantId: null },
    ...{ reason: null, changes: {}, traceId: null },
    ...more,
  }
}
