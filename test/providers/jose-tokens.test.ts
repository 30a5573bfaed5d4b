import { SignJWT, importJWK, UnsecuredJWT, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import { mintAccountId } from '../../src/domain/identity/account-id.ts'
import { createJoseTokens, type SigningJwk } from '../../src/providers/jose-tokens.ts'
import { idIn, newRestaurantId, newSigningKey, random } from '../support/identity.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const restaurantId = newRestaurantId()
const staff: Actor = {
  role: 'OWNER',
  sessionId: mintAccountId(random),
  userId: mintAccountId(random),
  memberships: [{ restaurantId, role: 'OWNER' }],
  visit: { visitId: mintAccountId(random), tableId: idIn(restaurantId) },
}
const guest: Actor = {
  role: 'GUEST',
  sessionId: mintAccountId(random),
  userId: null,
  memberships: [],
  visit: null,
}
const key = await newSigningKey('first')
const tokens = createJoseTokens([key])
const life = { id: mintAccountId(random), issuedAt: NOW, ttlSeconds: 900 }

/** A token as we would sign it, but for what the test changes. */
async function forged(changes: {
  claims?: Record<string, unknown>
  header?: Record<string, string>
  by?: SigningJwk
}): Promise<string> {
  const claims = {
    sub: staff.userId ?? '',
    sid: staff.sessionId,
    role: 'OWNER',
    mem: [[restaurantId, 'OWNER']],
    iss: 'ordersync',
    aud: 'ordersync:access',
    jti: life.id,
    iat: NOW / 1000,
    exp: NOW / 1000 + 900,
    ...changes.claims,
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: 'first', ...changes.header })
    .sign(await importJWK(changes.by ?? key, 'EdDSA'))
}

describe('a token', () => {
  it.each([
    ['a member', staff],
    ['a guest', guest],
  ])('brings %s back as it was', async (_, actor) => {
    const token = await tokens.issue('access', actor, life)
    expect(await tokens.verify('access', token, NOW)).toEqual({
      actor,
      id: life.id,
      expiresAt: NOW + 900_000,
    })
  })

  it('is null from the second it expires', async () => {
    const token = await tokens.issue('access', staff, life)
    expect(await tokens.verify('access', token, NOW + 899_999)).not.toBeNull()
    expect(await tokens.verify('access', token, NOW + 900_000)).toBeNull()
  })

  it('is null where the other kind is asked for', async () => {
    const ticket = await tokens.issue('ticket', staff, life)
    expect(await tokens.verify('access', ticket, NOW)).toBeNull()
    expect(await tokens.verify('ticket', ticket, NOW)).not.toBeNull()
    expect(await tokens.verify('ticket', await tokens.issue('access', staff, life), NOW)).toBeNull()
  })

  it('is null when any part of it was changed', async () => {
    const token = await tokens.issue('access', staff, life)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const other = await tokens.issue('access', guest, life)
    const flip = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1)
    for (const broken of [
      [flip(header), payload, signature],
      [header, flip(payload), signature],
      [header, payload, flip(signature)],
      [header, other.split('.')[1], signature],
      [header, payload, ''],
      [header, payload],
      [],
    ])
      expect(await tokens.verify('access', broken.join('.'), NOW)).toBeNull()
  })

  it.each(['', 'x', 'a.b.c', '..', '한글.한글.한글', `${'A'.repeat(5000)}.e30.e30`])(
    'is null when it is %j',
    async (nonsense) => expect(await tokens.verify('access', nonsense, NOW)).toBeNull(),
  )

  it('is null without a signature (alg none), and signed by another algorithm', async () => {
    const claims = { ...(await readClaims()) }
    expect(await tokens.verify('access', new UnsecuredJWT(claims).encode(), NOW)).toBeNull()
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(new TextEncoder().encode(key.x.padEnd(32, 'x')))
    expect(await tokens.verify('access', hmac, NOW)).toBeNull()
  })

  it('is null with an unknown key id, without one, and signed by a stranger under ours', async () => {
    const stranger = await newSigningKey('first')
    expect(await tokens.verify('access', await forged({}), NOW)).not.toBeNull()
    expect(await tokens.verify('access', await forged({ header: { kid: 'x' } }), NOW)).toBeNull()
    expect(await tokens.verify('access', await forged({ by: stranger }), NOW)).toBeNull()
    const nameless = await new SignJWT({ ...(await readClaims()) })
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK(key, 'EdDSA'))
    expect(await tokens.verify('access', nameless, NOW)).toBeNull()
  })

  it.each([
    [{ iss: 'somebody' }],
    [{ aud: 'ordersync:other' }],
    [{ exp: undefined }],
    [{ jti: undefined }],
    [{ sub: undefined }],
    [{ sub: 'not-an-id' }],
    [{ sid: 7 }],
    [{ role: 'KING' }],
    [{ role: 'GUEST' }],
    [{ sub: staff.sessionId }],
    [{ mem: undefined }],
    [{ mem: [['x', 'OWNER']] }],
    [{ mem: [[restaurantId, 'ADMIN']] }],
    [{ mem: [[restaurantId]] }],
    [{ mem: 'all' }],
    [{ visit: ['x', 'y'] }],
    [{ visit: null }],
    [{ visit: [staff.sessionId] }],
  ])('is null when genuine but with the claims %j', async (claims) => {
    expect(await tokens.verify('access', await forged({ claims }), NOW)).toBeNull()
  })

  async function readClaims(): Promise<Record<string, unknown>> {
    const [, payload = ''] = (await forged({})).split('.')
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Record<
      string,
      unknown
    >
  }
})

describe('changing the signing key', () => {
  it('logs nobody out: the old key still verifies, the new one signs', async () => {
    const old = await tokens.issue('access', staff, life)
    const rotated = createJoseTokens([await newSigningKey('second'), key])
    expect(await rotated.verify('access', old, NOW)).not.toBeNull()
    const fresh = await rotated.issue('access', staff, life)
    expect(decodeProtectedHeader(fresh).kid).toBe('second')
    expect(await tokens.verify('access', fresh, NOW)).toBeNull()
  })

  it('publishes the public halves alone', () => {
    expect(tokens.jwks().keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', kid: 'first', x: key.x, alg: 'EdDSA', use: 'sig' },
    ])
  })
})
