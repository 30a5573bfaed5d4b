import type { TokenKind, TokenService } from './token-port.ts'

/** Tokens of an isolate's busiest minutes; beyond that the oldest are verified anew. */
const REMEMBERED = 2_000

type Verified = Awaited<ReturnType<TokenService['verify']>>

/**
 * Verifies each genuine token once per isolate: a signature does not change, only time does, and that
 * is checked on every call. Whether the session is still open is asked elsewhere, every time.
 */
export function rememberTokens(tokens: TokenService, remembered = REMEMBERED): TokenService {
  const genuine = new Map<string, NonNullable<Verified>>()
  return {
    ...tokens,
    async verify(kind: TokenKind, token: string, now: number): Promise<Verified> {
      const key = `${kind} ${token}`
      const known = genuine.get(key)
      if (known !== undefined) {
        if (known.expiresAt > now) return known
        genuine.delete(key)
        return null
      }
      const verified = await tokens.verify(kind, token, now)
      if (verified === null) return null
      const [oldest] = genuine.keys()
      if (genuine.size >= remembered && oldest !== undefined) genuine.delete(oldest)
      genuine.set(key, verified)
      return verified
    },
  }
}
