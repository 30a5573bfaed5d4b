import { errors, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWTVerifyResult } from 'jose'
import { toActor, toClaims } from './token-claims.ts'
import type { TokenKind, TokenService } from './token-port.ts'

/** A private Ed25519 key as a JWK (RFC 8037). */
export interface SigningJwk {
  kty: 'OKP'
  crv: 'Ed25519'
  kid: string
  x: string
  d: string
}

const ALGORITHM = 'EdDSA'
const ISSUER = 'ordersync'
const AUDIENCES: Record<TokenKind, string> = {
  access: 'ordersync:access',
  ticket: 'ordersync:ticket',
}

const publicHalf = ({ kty, crv, kid, x }: SigningJwk) => ({ kty, crv, kid, x })

const importKey = async (jwk: { kty: string; crv: string; x: string; d?: string }) =>
  (await importJWK(jwk, ALGORITHM)) as CryptoKey

/** JWTs signed with the first key; every key of the list verifies, so that rotation logs nobody out. */
export function createJoseTokens(keys: readonly SigningJwk[]): TokenService {
  const [signing] = keys
  if (!signing) throw new Error('no key to sign tokens with')
  // Keys, not promises of keys: a request must not wait for what another request has begun.
  const imported = new Map<string, CryptoKey>()
  const once = async (name: string, make: () => Promise<CryptoKey>): Promise<CryptoKey> => {
    const key = imported.get(name) ?? (await make())
    imported.set(name, key)
    return key
  }
  const keyOf = (kid: string | undefined): Promise<CryptoKey> => {
    const jwk = keys.find((key) => key.kid === kid)
    if (!jwk) throw new errors.JWKSNoMatchingKey()
    return once(`verify ${jwk.kid}`, () => importKey(publicHalf(jwk)))
  }

  return {
    async issue(kind, actor, { id, issuedAt, ttlSeconds, opensUntil }) {
      const issuedAtSeconds = Math.floor(issuedAt / 1000)
      const claims = { ...toClaims(actor), ...(opensUntil !== undefined && { until: opensUntil }) }
      return new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: signing.kid })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCES[kind])
        .setJti(id)
        .setIssuedAt(issuedAtSeconds)
        .setExpirationTime(issuedAtSeconds + ttlSeconds)
        .sign(await once(`sign ${signing.kid}`, () => importKey(signing)))
    },

    async verify(kind, token, now) {
      const verified = await genuine(token, ({ kid }) => keyOf(kid), {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCES[kind],
        requiredClaims: ['exp', 'iat', 'jti', 'sub'],
        currentDate: new Date(now),
      })
      if (!verified) return null
      const { jti, exp, until } = verified.payload
      const actor = toActor(verified.payload)
      if (!actor || !jti || exp === undefined) return null
      const opens = typeof until === 'number' ? { opensUntil: until } : {}
      return { actor, id: jti, expiresAt: exp * 1000, ...opens }
    },

    jwks: () => ({
      keys: keys.map((key) => ({ ...publicHalf(key), alg: ALGORITHM, use: 'sig' })),
    }),
  }
}

/** Null for every token that jose refuses; anything else thrown is a bug of ours. */
async function genuine(
  token: string,
  key: (header: { kid?: string }) => Promise<CryptoKey>,
  options: NonNullable<Parameters<typeof jwtVerify>[2]>,
): Promise<JWTVerifyResult | null> {
  try {
    return await jwtVerify(token, key, options)
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
