import type { TokenKind, TokenService } from './token-port.ts'

/** Tokens of an isolate's busiest minutes; beyond that the oldest are verified anew. */
const REMEMBERED = 2_000

type Verified = Awaited<ReturnType<TokenService['verify']>>
type Known = NonNullable<Verified>

/**
 * Verifies each genuine token once per isolate: a signature does not change, only time does, and that
 * is checked on every call. Whether the session is still open is asked elsewhere, every time.
 */
export function rememberTokens(tokens: TokenService, remembered = REMEMBERED): TokenService {
  const genuine = { access: new Map<string, Known>(), ticket: new Map<string, Known>() }
  return {
    ...tokens,
    async verify(kind: TokenKind, token: string, now: number): Promise<Verified> {
      const ofKind = genuine[kind]
      const known = ofKind.get(token)
      if (known !== undefined) {
        if (known.expiresAt > now) return known
        ofKind.delete(token)
        return null
      }
      const verified = await tokens.verify(kind, token, now)
      if (verified === null) return null
      const [oldest] = ofKind.keys()
      if (ofKind.size >= remembered && oldest !== undefined) ofKind.delete(oldest)
      ofKind.set(token, verified)
      return verified
    },
  }
}
