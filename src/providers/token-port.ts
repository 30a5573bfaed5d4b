import type { Actor } from '../domain/actor.ts'

/** Access tokens are for the API, tickets for one socket (30 s, single use). */
export type TokenKind = 'access' | 'ticket'

export interface TokenService {
  /** Signs the actor into a token of the kind; `id` becomes `jti`. */
  issue(
    kind: TokenKind,
    actor: Actor,
    options: { id: string; issuedAt: number; ttlSeconds: number },
  ): Promise<string>
  /** The actor of a genuine, unexpired token of that kind; null for everything else. */
  verify(
    kind: TokenKind,
    token: string,
    now: number,
  ): Promise<{ actor: Actor; id: string; expiresAt: number } | null>
  /** Public halves, for `/.well-known/jwks.json`. */
  jwks(): { keys: readonly Record<string, string>[] }
}
