import { isStaff } from '../domain/actor.ts'
import { STRANGER } from '../domain/actor.ts'
import type { CommandType } from '../domain/commands.ts'
import { belongsTo } from '../domain/ids.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Context } from './context.ts'

/**
 * The head of every entry: is the asker's session still good here? An ended visit refuses its guests
 * altogether; a member keeps the account and only loses the place at the table.
 */
export function admit(cx: Context, verb: CommandType | 'query' | 'socket'): Refusal | null {
  const { asker, store } = cx
  // Nobody logs in or sits down as these: there is nothing that could have ended.
  if (asker.role === 'SYSTEM' || asker.sessionId === STRANGER.sessionId) return null
  if (store.sessions.isEnded(asker.sessionId))
    return { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' }
  if (isStaff(asker) && worksNoLonger(cx))
    return { kind: 'UNAUTHENTICATED', reason: 'MEMBERSHIP_CHANGED' }
  // A fresh scan is the way out of a visit that has ended.
  if (asker.visit === null || verb === 'join-visit') return null
  const guest = asker.role === 'GUEST'
  if (!belongsTo(asker.visit.visitId, cx.key))
    return guest ? { kind: 'NOT_FOUND', what: 'restaurant' } : null
  const visit = store.tables.visit(asker.visit.visitId)
  const ended = visit === null || visit.closedAt !== null
  return ended && (guest || verb === 'place-order') ? { kind: 'VISIT_ENDED' } : null
}

/** The token is from before a dismissal or a change of role. */
function worksNoLonger({ asker, store }: Context): boolean {
  const { userId, membershipVersion = 1 } = asker
  const from = userId === null ? null : store.sessions.membershipFrom(userId)
  return from !== null && membershipVersion < from
}

/** A member's claim on a visit that is over or elsewhere counts for nothing. */
export function withoutDeadVisit(cx: Context): Context {
  const { visit } = cx.asker
  if (visit === null) return cx
  const alive =
    belongsTo(visit.visitId, cx.key) && cx.store.tables.visit(visit.visitId)?.closedAt === null
  return alive ? cx : cx.as({ ...cx.asker, visit: null })
}
