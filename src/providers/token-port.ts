import type { Actor } from '../domain/actor.ts'

export interface IssueOptions {
  /** Becomes `jti`. */
  id: string
  issuedAt: number
  ttlSeconds: number
  /** When what the token opens must end, in ms: a ticket's socket ends with the token it was got by. */
  opensUntil?: number
}

export interface VerifiedToken {
  actor: Actor
  id: string
  expiresAt: number
  opensUntil?: number
}

/** Access tokens are for the API, tickets for one socket (30 s, single use). */
export type TokenKind = 'access' | 'ticket'

export interface TokenService {
  /** Signs the actor into a token of the kind. */
  issue(kind: TokenKind, actor: Actor, options: IssueOptions): Promise<string>
  /** The actor of a genuine, unexpired token of that kind; null for everything else. */
  verify(kind: TokenKind, token: string, now: number): Promise<VerifiedToken | null>
  /** Public halves, for `/.well-known/jwks.json`. */
  jwks(): { keys: readonly Record<string, string>[] }
}
