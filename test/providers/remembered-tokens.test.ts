import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import { createJoseTokens } from '../../src/providers/jose-tokens.ts'
import { rememberTokens } from '../../src/providers/remembered-tokens.ts'
import { newSigningKey } from '../support/identity.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const GUEST: Actor = {
  role: 'GUEST',
  sessionId: '5f3f4050-8bec-46d9-943a-781ca066b375',
  userId: null,
  memberships: [],
  visit: null,
}

async function world(remembered?: number) {
  const jose = createJoseTokens([await newSigningKey('first')])
  let verified = 0
  const counted = {
    ...jose,
    verify: (...asked: Parameters<typeof jose.verify>) => {
      verified += 1
      return jose.verify(...asked)
    },
  }
  const issue = (n = 0) =>
    jose.issue('access', GUEST, {
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      issuedAt: NOW,
      ttlSeconds: 900,
    })
  return { tokens: rememberTokens(counted, remembered), issue, verified: () => verified }
}

describe('remembering tokens', () => {
  it('checks a signature once and answers the same', async () => {
    const { tokens, issue, verified } = await world()
    const token = await issue()
    const first = await tokens.verify('access', token, NOW)
    expect(first?.actor.sessionId).toBe(GUEST.sessionId)
    expect(await tokens.verify('access', token, NOW + 1)).toEqual(first)
    expect(verified()).toBe(1)
  })

  it('refuses what has expired since, however well remembered', async () => {
    const { tokens, issue } = await world()
    const token = await issue()
    expect(await tokens.verify('access', token, NOW)).not.toBeNull()
    expect(await tokens.verify('access', token, NOW + 900_001)).toBeNull()
    expect(await tokens.verify('access', token, NOW + 900_002)).toBeNull()
  })

  it('remembers a token for its own kind alone', async () => {
    const { tokens, issue } = await world()
    const token = await issue()
    expect(await tokens.verify('access', token, NOW)).not.toBeNull()
    expect(await tokens.verify('ticket', token, NOW)).toBeNull()
  })

  it('remembers no token that was refused', async () => {
    const { tokens, issue, verified } = await world()
    const tampered = `${(await issue()).slice(0, -4)}AAAA`
    expect(await tokens.verify('access', tampered, NOW)).toBeNull()
    expect(await tokens.verify('access', tampered, NOW)).toBeNull()
    expect(verified()).toBe(2)
  })

  it('forgets the oldest when there are too many', async () => {
    const { tokens, issue, verified } = await world(2)
    const all = await Promise.all([1, 2, 3].map(issue))
    for (const token of all) await tokens.verify('access', token, NOW)
    await tokens.verify('access', all[2] ?? '', NOW)
    expect(verified()).toBe(3)
    await tokens.verify('access', all[0] ?? '', NOW)
    expect(verified()).toBe(4)
  })
})
