import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { RefreshToken, Session } from '../../src/db/repositories/ports.ts'
import { createSessionRepository } from '../../src/db/repositories/sessions.ts'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import { mintAccountId } from '../../src/domain/identity/account-id.ts'
import { newEmail, newRestaurantId, random } from '../support/identity.ts'

const sessions = createSessionRepository(env.DB)
const userId = mintAccountId(random)
await createUserRepository(env.DB).insert({
  id: userId,
  email: newEmail(),
  name: 'A',
  role: 'OWNER',
  passwordHash: 'hash',
  createdAt: 1,
})

let made = 0
const tokenOf = (session: Session, expiresAt = 1000): RefreshToken => ({
  digest: `digest ${(made += 1)}`,
  sessionId: session.id,
  expiresAt,
  usedAt: null,
  successorDigest: null,
})

async function newSession(expiresAt?: number) {
  const session: Session = {
    id: mintAccountId(random),
    userId,
    createdAt: 1,
    endedAt: null,
    visit: null,
    device: 'other',
    lastUsedAt: 1,
  }
  const token = tokenOf(session, expiresAt)
  await sessions.insert(session, token)
  return { session, token }
}

describe('sessions in D1', () => {
  it('keep the session and its first token', async () => {
    const { session, token } = await newSession()
    expect(await sessions.byId(session.id)).toEqual(session)
    expect(await sessions.refreshByDigest(token.digest)).toEqual(token)
    expect(await sessions.byId(mintAccountId(random))).toBeNull()
    expect(await sessions.refreshByDigest('unknown')).toBeNull()
  })

  it('exchange a token once, for its successor', async () => {
    const { session, token } = await newSession()
    const successor = tokenOf(session, 2000)
    expect(await sessions.rotate(token.digest, 10, successor)).toBe(true)
    expect(await sessions.refreshByDigest(token.digest)).toEqual({
      ...token,
      usedAt: 10,
      successorDigest: successor.digest,
    })
    expect(await sessions.refreshByDigest(successor.digest)).toEqual(successor)
  })

  it('leave no trace of an exchange that came second', async () => {
    const { session, token } = await newSession()
    const [first, second] = [tokenOf(session), tokenOf(session)]
    await sessions.rotate(token.digest, 10, first)
    expect(await sessions.rotate(token.digest, 11, second)).toBe(false)
    expect(await sessions.refreshByDigest(second.digest)).toBeNull()
    expect((await sessions.refreshByDigest(token.digest))?.successorDigest).toBe(first.digest)
  })

  it('bind to a visit, and to the next one', async () => {
    const { session } = await newSession()
    for (const visitId of ['one', 'two']) {
      await sessions.bindVisit(session.id, { visitId, tableId: 'table' })
      expect((await sessions.byId(session.id))?.visit).toEqual({ visitId, tableId: 'table' })
    }
  })
})

describe('sessions from before devices were kept', () => {
  it('are of no particular device, and were used last when they began', async () => {
    const id = mintAccountId(random)
    const old = 'INSERT INTO sessions (id, user_id, created_at) VALUES (?, ?, ?)'
    await env.DB.prepare(old).bind(id, userId, 7).run()
    expect(await sessions.byId(id)).toMatchObject({ device: 'other', createdAt: 7, lastUsedAt: 7 })
  })
})

describe('ending a session in D1', () => {
  it('notes in the same write whom to tell, oldest first, until each has confirmed', async () => {
    const [early, late] = [await newSession(), await newSession()]
    const [a, b] = [newRestaurantId(), newRestaurantId()]
    await sessions.end(late.session.id, 60, [a])
    await sessions.end(early.session.id, 50, [a, b])
    expect((await sessions.byId(early.session.id))?.endedAt).toBe(50)

    const pending = await sessions.pendingRevocations(10)
    expect(pending.map(({ endedAt }) => endedAt)).toEqual([50, 50, 60])
    await sessions.confirmRevocation(early.session.id, a)
    await sessions.confirmRevocation(late.session.id, a)
    expect(await sessions.pendingRevocations(10)).toEqual([
      { sessionId: early.session.id, restaurantId: b, endedAt: 50 },
    ])
  })

  it('takes more restaurants than D1 takes parameters', async () => {
    const { session } = await newSession()
    const ids = Array.from({ length: 150 }, newRestaurantId)
    await sessions.end(session.id, 70, ids)
    const pending = await sessions.pendingRevocations(1000)
    expect(pending.filter(({ sessionId }) => sessionId === session.id)).toHaveLength(150)
  })

  it('keeps the first end when it is ended again', async () => {
    const { session } = await newSession()
    await sessions.end(session.id, 80, [])
    await sessions.end(session.id, 90, [])
    expect((await sessions.byId(session.id))?.endedAt).toBe(80)
  })

  it('remembers guests who left', async () => {
    const id = mintAccountId(random)
    expect(await sessions.isGuestEnded(id)).toBe(false)
    await sessions.endGuest(id, 1, 100)
    await sessions.endGuest(id, 2, 50)
    expect(await sessions.isGuestEnded(id)).toBe(true)
    await sessions.sweep(60, 100)
    expect(await sessions.isGuestEnded(id)).toBe(true)
  })
})

describe('sweeping sessions', () => {
  it('removes what has expired and keeps what lives', async () => {
    const now = 5000
    const past = await newSession(now - 1)
    const living = await newSession(now - 1)
    const successor = tokenOf(living.session, now + 1)
    await sessions.rotate(living.token.digest, 10, successor)
    const guest = mintAccountId(random)
    await sessions.endGuest(guest, 1, now - 1)

    while ((await sessions.sweep(now, 2)) > 0);

    expect(await sessions.byId(past.session.id)).toBeNull()
    expect(await sessions.refreshByDigest(past.token.digest)).toBeNull()
    expect(await sessions.byId(living.session.id)).not.toBeNull()
    expect(await sessions.refreshByDigest(living.token.digest)).toBeNull()
    expect(await sessions.refreshByDigest(successor.digest)).toEqual(successor)
    expect(await sessions.isGuestEnded(guest)).toBe(false)
  })
})
