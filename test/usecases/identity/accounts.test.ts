import { describe, expect, it } from 'vitest'
import { login } from '../../../src/usecases/identity/login.ts'
import { me } from '../../../src/usecases/identity/me.ts'
import { register } from '../../../src/usecases/identity/register.ts'
import { createScryptPasswords } from '../../../src/providers/scrypt-passwords.ts'
import {
  actorOf,
  GOOD_PASSWORD,
  identityWorld,
  newEmail,
  newNetwork,
  openRestaurant,
  random,
  registered,
} from '../../support/identity.ts'

const WRONG = { kind: 'UNAUTHENTICATED', reason: 'WRONG_CREDENTIALS' }

describe('registering', () => {
  it('answers as a log-in, with the e-mail in lower case', async () => {
    const { deps } = await identityWorld()
    const email = newEmail()
    const result = await register(deps, {
      email: email.toUpperCase(),
      password: GOOD_PASSWORD,
      name: '김민수',
      role: 'CUSTOMER',
    })
    expect(result).toMatchObject({
      ok: true,
      value: { expiresInSeconds: 900, user: { email, name: '김민수', role: 'CUSTOMER' } },
    })
    expect((await login(deps, { email, password: GOOD_PASSWORD }, newNetwork())).ok).toBe(true)
  })

  it('refuses an e-mail that is taken in another case', async () => {
    const { deps } = await identityWorld()
    const { user } = await registered(deps)
    const again = await register(deps, {
      email: user.email.toUpperCase(),
      password: GOOD_PASSWORD,
      name: 'B',
      role: 'OWNER',
    })
    expect(again).toEqual({ ok: false, refusal: { kind: 'EMAIL_TAKEN' } })
  })

  it.each([
    ['too_short', 'short'],
    ['common', 'password123'],
  ])('refuses a password that is %s, before it is hashed', async (reason, password) => {
    const { deps, world } = await identityWorld()
    const result = await register(deps, { email: newEmail(), password, name: 'A', role: 'OWNER' })
    expect(result).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'password', reason }] },
    })
    expect(world.hashed).toBe(0)
  })
})

describe('logging in', () => {
  it('answers an unknown e-mail and a wrong password alike, after one scrypt each', async () => {
    const { deps, world } = await identityWorld()
    const { user } = await registered(deps)
    for (const email of [user.email, newEmail()]) {
      world.hashed = 0
      const result = await login(deps, { email, password: 'wrong-mango-41' }, newNetwork())
      expect(result).toEqual({ ok: false, refusal: WRONG })
      expect(world.hashed).toBe(1)
    }
  })

  it('takes the e-mail in any case and starts a session of its own', async () => {
    const { deps } = await identityWorld()
    const first = await registered(deps)
    const result = await login(
      deps,
      {
        email: first.user.email.toUpperCase(),
        password: GOOD_PASSWORD,
      },
      newNetwork(),
    )
    if (!result.ok) throw new Error('refused')
    const [one, two] = [
      await actorOf(deps, first.accessToken),
      await actorOf(deps, result.value.accessToken),
    ]
    expect(two.userId).toBe(one.userId)
    expect(two.sessionId).not.toBe(one.sessionId)
  })

  it('names in the token where the user works', async () => {
    const { deps } = await identityWorld()
    const { user } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    const result = await login(deps, { email: user.email, password: GOOD_PASSWORD }, newNetwork())
    if (!result.ok) throw new Error('refused')
    expect(await actorOf(deps, result.value.accessToken)).toMatchObject({
      role: 'OWNER',
      userId: user.id,
      memberships: [{ restaurantId, role: 'OWNER' }],
    })
  })

  it('hashes again when the parameters have risen', async () => {
    const { deps } = await identityWorld()
    const { user } = await registered(deps)
    const weak = createScryptPasswords(random, { ln: 2, r: 8, p: 1 })
    const before = (await deps.users.byId(user.id))?.passwordHash ?? ''
    await deps.users.renewPasswordHash(user.id, before, await weak.hash(GOOD_PASSWORD))
    expect(
      (await login(deps, { email: user.email, password: GOOD_PASSWORD }, newNetwork())).ok,
    ).toBe(true)
    expect((await deps.users.byId(user.id))?.passwordHash).toMatch(/^\$scrypt\$ln=4,/)
    expect(
      (await login(deps, { email: user.email, password: GOOD_PASSWORD }, newNetwork())).ok,
    ).toBe(true)
  })
})

describe('asking who I am', () => {
  it('says it as D1 has it now, memberships newer than the token included', async () => {
    const { deps } = await identityWorld()
    const { user, accessToken } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    expect(await me(deps, { actor: await actorOf(deps, accessToken) })).toEqual({
      ok: true,
      value: { ...user, memberships: [{ restaurantId, role: 'OWNER' }], points: 0 },
    })
  })
})
