import { isPartner, type Actor } from '../../domain/actor.ts'
import { membershipAt } from '../../domain/identity/asker.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { TokenKind } from '../../providers/token-port.ts'
import type { Deps } from '../deps.ts'

/** What a caller presented. */
export interface Credential {
  kind: TokenKind
  token: string
}

type AuthDeps = Pick<Deps, 'tokens' | 'sessions' | 'partners' | 'now'>

/**
 * Where the request goes. `restaurantId`: an id carrying the key of the restaurant whose object will
 * answer it. `own`: one of the restaurants the token names. Neither: unknown, or D1 answers.
 */
export interface Destination {
  restaurantId?: string
  own?: boolean
}

/** The actor of a genuine token whose session is open, or whose object will say if not. */
export async function authenticate(
  deps: AuthDeps,
  token: string,
  destination: Destination = {},
  kind: TokenKind = 'access',
): Promise<Result<Actor, Refusal>> {
  const verified = await deps.tokens.verify(kind, token, deps.now())
  if (!verified) return refuse({ kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' })
  const { actor } = verified
  if (objectDecides(actor, destination) || (await sessionIsOpen(deps, actor))) return ok(actor)
  return refuse({ kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
}

/** Log-outs are pushed into the objects that a token names, so that these never wait for D1. */
function objectDecides(actor: Actor, { restaurantId, own }: Destination): boolean {
  if (actor.userId === null) {
    if (!actor.visit) return false
    // A table's guest stays with the table's restaurant unless the request says otherwise.
    return !restaurantId || restaurantKeyOf(restaurantId) === restaurantKeyOf(actor.visit.tableId)
  }
  if (restaurantId) return membershipAt(actor.memberships, restaurantId) !== null
  return own === true && actor.memberships.length > 0
}

/** Asks D1, by one point read. For what D1 answers to a table's guest without asking the object. */
export async function sessionIsOpen(
  { sessions, partners }: Pick<Deps, 'sessions' | 'partners'>,
  actor: Actor,
): Promise<boolean> {
  if (isPartner(actor)) return (await partners.byId(actor.sessionId))?.disabledAt === null
  if (actor.userId === null) return !(await sessions.isGuestEnded(actor.sessionId))
  const session = await sessions.byId(actor.sessionId)
  return session !== null && session.endedAt === null && session.userId === actor.userId
}
