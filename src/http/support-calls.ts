import type { Actor } from '../domain/actor.ts'
import type { Agent } from '../usecases/support/activity-of.ts'

/** Whoever acts: those whom support's routes admit have an account. */
export function agentOf({ actor, traceId }: { actor: Actor; traceId: string }): Agent {
  const { userId, role } = actor
  if (userId === null) throw new Error(`${role} without an account`)
  return { userId, role, traceId }
}
