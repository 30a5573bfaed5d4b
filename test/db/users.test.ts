import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import type { User } from '../../src/db/repositories/ports.ts'
import { mintAccountId } from '../../src/domain/identity/account-id.ts'
import { newEmail, random } from '../support/identity.ts'

const users = createUserRepository(env.DB)
const person = (email: string): User => ({
  id: mintAccountId(random),
  email,
  name: '김민수',
  role: 'CUSTOMER',
  passwordHash: 'hash',
  createdAt: 1,
  lockedAt: null,
  erasedAt: null,
})

describe('accounts in D1', () => {
  it('are found by id and by e-mail in any case', async () => {
    const user = person(newEmail())
    expect(await users.insert(user)).toBe(true)
    expect(await users.byId(user.id)).toEqual(user)
    expect(await users.byEmail(user.email.toUpperCase())).toEqual(user)
  })

  it('take an e-mail once, whatever its case', async () => {
    const user = person(newEmail())
    await users.insert(user)
    expect(await users.insert(person(user.email.toUpperCase()))).toBe(false)
    expect((await users.byEmail(user.email))?.id).toBe(user.id)
  })

  it('are taken as inserted when only the answer was lost', async () => {
    const user = person(newEmail())
    await users.insert(user)
    expect(await users.insert(user)).toBe(true)
  })

  it('take a renewed password hash, but not over a password that was set meanwhile', async () => {
    const user = person(newEmail())
    await users.insert(user)
    await users.renewPasswordHash(user.id, user.passwordHash, 'new')
    expect((await users.byId(user.id))?.passwordHash).toBe('new')
    await users.renewPasswordHash(user.id, user.passwordHash, 'late')
    expect((await users.byId(user.id))?.passwordHash).toBe('new')
  })

  it('are null when unknown', async () => {
    expect(await users.byId(mintAccountId(random))).toBeNull()
    expect(await users.byEmail(newEmail())).toBeNull()
  })
})
