import type { Actor } from '../domain/actor.ts'
import type { Acting } from '../usecases/admin/audit.ts'

/** Who changes something with this request, for the audit trail. */
export const actingIn = ({ actor, traceId }: { actor: Actor; traceId: string }): Acting => ({
  userId: actor.userId,
  role: actor.role,
  traceId,
})
