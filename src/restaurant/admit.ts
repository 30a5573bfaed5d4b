import { isStaff, STRANGER } from '../domain/actor.ts'
import type { CommandType } from '../domain/commands.ts'
import { belongsTo } from '../domain/ids.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import type { Context } from './context.ts'

/**
 * The head of every entry: is the asker's session still good here? An ended visit refuses its guests
 * altogether; a member keeps the account and goes on without the place at the table.
 */
export function admit(
  cx: Context,
  verb: CommandType | 'query' | 'socket',
): Result<Context, Refusal> {
  const { asker, store } = cx
  // Nobody logs in or sits down as these: there is nothing that could have ended.
  if (asker.role === 'SYSTEM' || asker.sessionId === STRANGER.sessionId) return ok(cx)
  if (store.sessions.isEnded(asker.sessionId))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  if (isStaff(asker) && worksNoLonger(cx))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'MEMBERSHIP_CHANGED' })
  return asker.visit === null ? ok(cx) : atTable(cx, asker.visit.visitId, verb)
}

function atTable(
  cx: Context,
  visitId: string,
  verb: CommandType | 'query' | 'socket',
): Result<Context, Refusal> {
  const here = belongsTo(visitId, cx.key)
  if (here && cx.store.tables.visit(visitId)?.closedAt === null) return ok(cx)
  const guest = cx.asker.role === 'GUEST'
  // A fresh scan is the way out of a visit that has ended.
  if (verb !== 'join-visit') {
    if (here && (guest || verb === 'place-order')) return refuse({ kind: 'VISIT_ENDED' })
    if (!here && guest) return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
  }
  return ok(cx.as({ ...cx.asker, visit: null }))
}

/** The token is from before a dismissal or a change of role. */
function worksNoLonger({ asker, store }: Context): boolean {
  const { userId, membershipVersion = 1 } = asker
  const from = userId === null ? null : store.sessions.membershipFrom(userId)
  return from !== null && membershipVersion < from
}
