import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountRole } from '../../src/domain/actor.ts'
import { hireAt, administration, type Listed } from '../support/administration.ts'
import { GOOD_PASSWORD, newEmail, newNetwork } from '../support/identity.ts'
import { login } from '../../src/usecases/identity/login.ts'
import { refresh } from '../../src/usecases/identity/refresh.ts'
import { register } from '../../src/usecases/identity/register.ts'

interface Account {
  id: string
  email: string
  name: string
  role: AccountRole
  locked_at: string | null
  memberships: { restaurant_id: string; role: string }[]
  sessions: { id: string; current: boolean }[]
  points: number
}
type World = Awaited<ReturnType<typeof administration>>

let world: World
beforeAll(async () => {
  world = await administration()
})

const reason = 'asked for by their manager'
const change = (id: string, body: object, by = world.admin) =>
  by.call<Account>('PATCH', `users/${id}`, { reason, ...body })
const read = async (id: string) => (await world.admin.call<Account>('GET', `users/${id}`)).body
const refusalOf = ({ status, body }: Awaited<ReturnType<typeof change>>) => [
  status,
  body.error.reason,
]
/** Somebody with a password, logged in. */
async function member(role: 'CUSTOMER' | 'OWNER' = 'CUSTOMER', name = '김민수') {
  const email = newEmail()
  const signedIn = await register(world.deps, { email, password: GOOD_PASSWORD, name, role })
  if (!signedIn.ok) throw new Error('not registered')
  const { user, accessToken, refreshToken } = signedIn.value
  const me = () =>
    world.ask('/api/v1/auth/me', { headers: { authorization: `Bearer ${accessToken}` } })
  return { id: user.id, email, accessToken, refreshToken, me }
}
const logIn = (email: string, password = GOOD_PASSWORD) =>
  login(world.deps, { email, password }, newNetwork())

describe('the list of accounts', () => {
  it('is narrowed down by role, e-mail, name, lock and work, and shows no hash', async () => {
    const mark = crypto.randomUUID().slice(0, 8)
    const make = async (name: string, role: AccountRole) => {
      const id = crypto.randomUUID()
      const email = `${mark}_${name.toLowerCase()}%@example.com`
      world.world.now += 1
      const account = { id, email, name: `${name} ${mark}`, role, createdAt: world.world.now }
      await world.deps.users.insert({ ...account, passwordHash: 'a-secret-hash' })
      return id
    }
    const [anna, bert, cora] = [
      await make('Anna', 'SUPPORT'),
      await make('Bert', 'CUSTOMER'),
      await make('Cora', 'CUSTOMER'),
    ]
    const restaurantId = await world.restaurant()
    await hireAt(restaurantId, cora, 'STAFF')
    await change(bert, { locked: true })
    const found = async (query: string) => {
      const { body } = await world.admin.call<Listed<Account>>('GET', `users?${query}`)
      expect(JSON.stringify(body)).not.toContain('a-secret-hash')
      return body.items.map(({ id }) => id)
    }
    expect(await found(`email=${mark.toUpperCase()}_`)).toEqual([cora, bert, anna])
    expect(await found(`email=${mark}_b`)).toEqual([bert])
    expect(await found(`email=${mark}%25`)).toEqual([])
    expect(await found(`q=aNNa%20${mark}`)).toEqual([anna])
    expect(await found(`q=${mark}&role=CUSTOMER`)).toEqual([cora, bert])
    expect(await found(`q=${mark}&locked=true`)).toEqual([bert])
    expect(await found(`q=${mark}&locked=false`)).toEqual([cora, anna])
    expect(await found(`restaurant_id=${restaurantId}&q=${mark}`)).toEqual([cora])
  })

  it.each(['STAFF', 'EXTERNAL', 'GUEST'])('knows that no account is %s', async (role) => {
    const { status, body } = await world.admin.call('GET', `users?role=${role}`)
    expect(status).toBe(400)
    expect(body.error.details).toMatchObject({ field: 'role', reason: 'invalid_value' })
  })

  it('has every account on one page, those of the same moment too', async () => {
    const mark = crypto.randomUUID().slice(0, 8)
    for (let n = 0; n < 5; n += 1)
      await world.deps.users.insert({
        ...{ id: crypto.randomUUID(), email: newEmail(), name: mark, role: 'CUSTOMER' as const },
        ...{ passwordHash: '', createdAt: 5 + Math.floor(n / 3) },
      })
    const seen: string[] = []
    let cursor = ''
    do {
      const path = `users?q=${mark}&limit=2${cursor && `&cursor=${cursor}`}`
      const { body } = await world.admin.call<Listed<Account>>('GET', path)
      seen.push(...body.items.map(({ id }) => id))
      cursor = body.next_cursor ?? ''
    } while (cursor !== '')
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
    const foreign = await world.admin.call('GET', 'users?role=ADMIN&cursor=abc')
    expect(foreign.body.error.details?.field).toBe('cursor')
  })
})

describe('one account', () => {
  it('shows where it works, where it is logged in, and what its wallet holds', async () => {
    const { id, email } = await member()
    const restaurantId = await world.restaurant()
    await hireAt(restaurantId, id, 'STAFF')
    expect(await read(id)).toMatchObject({
      ...{ id, email, role: 'CUSTOMER', locked_at: null, points: 0 },
      memberships: [{ restaurant_id: restaurantId, role: 'STAFF' }],
      sessions: [{ current: false }],
    })
    expect((await world.admin.call('GET', `users/${crypto.randomUUID()}`)).status).toBe(404)
  })
})

describe('another role', () => {
  it('is given, told of, and ends what was signed before it', async () => {
    const { id, email, me, refreshToken } = await member()
    const given = await change(id, { role: 'MARKETING' })
    expect(given.body).toMatchObject({ id, role: 'MARKETING' })
    expect((await me()).status).toBe(401)
    expect((await refresh(world.deps, { refreshToken })).ok).toBe(false)
    expect(await logIn(email)).toMatchObject({ ok: true, value: { user: { role: 'MARKETING' } } })
    const { items } = (
      await world.admin.call<Listed<object>>('GET', `audit?subject=user&subject_id=${id}`)
    ).body
    expect(items).toMatchObject([
      {
        action: 'user-role-changed',
        actor: { id: world.admin.userId },
        changes: { role: { from: 'CUSTOMER', to: 'MARKETING' } },
        reason,
      },
    ])
  })

  it('is one of those that administrators give, and nothing else changes with it', async () => {
    const { id } = await member()
    for (const body of [
      { role: 'STAFF' },
      { role: 'EXTERNAL' },
      { role: 'GUEST' },
      { role: 'SYSTEM' },
      { role: 'ADMIN', email: 'mine@example.com' },
      { role: 'ADMIN', password_hash: 'x' },
      { role: 'ADMIN', erased_at: null },
      { role: 'ADMIN', memberships: [] },
      {},
    ])
      expect((await change(id, body)).status, JSON.stringify(body)).toBe(400)
    const unreasoned = await world.admin.call('PATCH', `users/${id}`, { role: 'ADMIN' })
    expect(unreasoned.body.error.details?.field).toBe('reason')
    expect(await read(id)).toMatchObject({ role: 'CUSTOMER' })
  })

  it('is nobody’s to give who is no administrator', async () => {
    const { id } = await member()
    for (const role of ['SUPPORT', 'INVENTORY', 'MARKETING', 'OWNER', 'CUSTOMER'] as const) {
      const somebody = await world.someone(role)
      expect((await change(id, { role: 'ADMIN' }, somebody)).status).toBe(403)
      expect((await change(somebody.userId, { role: 'ADMIN' }, somebody)).status).toBe(403)
      expect((await somebody.call('GET', 'users')).status).toBe(403)
      expect((await somebody.call('DELETE', `users/${id}/sessions`)).status).toBe(403)
    }
  })

  it('does not change one’s own, though the same again is as it is', async () => {
    const { admin } = world
    expect(refusalOf(await change(admin.userId, { role: 'SUPPORT' }))).toEqual([409, 'OWN_ACCOUNT'])
    expect(refusalOf(await change(admin.userId, { locked: true }))).toEqual([409, 'OWN_ACCOUNT'])
    expect((await change(admin.userId, { role: 'ADMIN', locked: false })).status).toBe(200)
  })

  it('of a log-in that was under way is not the one from before', async () => {
    const { id, email } = await member()
    const { users } = world.deps
    let demoted = false
    const deps = {
      ...world.deps,
      sessions: {
        ...world.deps.sessions,
        insert: async (...args: Parameters<World['deps']['sessions']['insert']>) => {
          if (!demoted) await change(id, { role: 'MARKETING' })
          demoted = true
          await world.deps.sessions.insert(...args)
        },
      },
      users,
    }
    const late = await login(deps, { email, password: GOOD_PASSWORD }, newNetwork())
    expect(late).toMatchObject({ ok: false, refusal: { reason: 'SESSION_ENDED' } })
    expect((await read(id)).sessions).toEqual([])
  })
})

describe('a lock', () => {
  it('shuts out at once and everywhere, until it is opened', async () => {
    const { id, email, me, refreshToken } = await member()
    expect((await me()).status).toBe(200)
    expect((await change(id, { locked: true })).body.locked_at).not.toBeNull()
    expect((await me()).status).toBe(401)
    expect((await refresh(world.deps, { refreshToken })).ok).toBe(false)
    expect(await logIn(email)).toMatchObject({ ok: false, refusal: { kind: 'ACCOUNT_LOCKED' } })
    expect((await change(id, { locked: false })).body.locked_at).toBeNull()
    expect((await me()).status).toBe(401)
    expect((await logIn(email)).ok).toBe(true)
  })

  it('is told to nobody who does not know the password', async () => {
    const { id, email } = await member()
    await change(id, { locked: true })
    const wrong = { kind: 'UNAUTHENTICATED', reason: 'WRONG_CREDENTIALS' }
    expect(await logIn(email, 'not-the-password')).toMatchObject({ ok: false, refusal: wrong })
  })

  it('keeps its first moment when it is closed again', async () => {
    const { id } = await member()
    const first = await change(id, { locked: true })
    world.world.now += 60_000
    const again = await change(id, { locked: true })
    expect(again.body).toEqual(first.body)
  })

  it('reaches a log-in that was under way', async () => {
    const { id, email } = await member()
    const deps = {
      ...world.deps,
      sessions: {
        ...world.deps.sessions,
        insert: async (...args: Parameters<World['deps']['sessions']['insert']>) => {
          await change(id, { locked: true })
          await world.deps.sessions.insert(...args)
        },
      },
    }
    const late = await login(deps, { email, password: GOOD_PASSWORD }, newNetwork())
    expect(late).toMatchObject({ ok: false, refusal: { kind: 'ACCOUNT_LOCKED' } })
    expect((await read(id)).sessions).toEqual([])
  })

  it('is told to every object that the account’s tokens name', async () => {
    const { id } = await member('OWNER')
    const restaurantId = await world.restaurant()
    await hireAt(restaurantId, id, 'STAFF')
    const { sessions } = await read(id)
    world.world.told.length = 0
    await change(id, { locked: true })
    expect(world.world.told).toMatchObject([
      { to: restaurantId, command: { type: 'end-session', sessionId: sessions[0]!.id } },
    ])
    expect(await world.deps.sessions.pendingRevocations(10)).toEqual([])
  })

  it('stays noted for an object that cannot be reached', async () => {
    const { id } = await member('OWNER')
    await hireAt(await world.restaurant(), id, 'STAFF')
    world.world.answer = () => Promise.reject(new Error('away'))
    await change(id, { locked: true })
    world.world.answer = () => ({ ok: true, value: null, replayed: false })
    expect(await world.deps.sessions.pendingRevocations(10)).toHaveLength(1)
    await env.DB.exec('DELETE FROM session_revocations')
  })
})

describe('logging somebody out everywhere', () => {
  it('ends all of their log-ins and is told of once', async () => {
    const { id, email, me } = await member()
    await logIn(email)
    expect((await read(id)).sessions).toHaveLength(2)
    const end = () => world.admin.call('DELETE', `users/${id}/sessions`)
    expect((await end()).status).toBe(204)
    expect((await me()).status).toBe(401)
    expect((await read(id)).sessions).toEqual([])
    expect((await logIn(email)).ok).toBe(true)
    const unknown = await world.admin.call('DELETE', `users/${crypto.randomUUID()}/sessions`)
    expect(unknown.status).toBe(404)
  })
})

describe('the last administrator', () => {
  /** Nobody else administers. */
  async function alone(...kept: readonly { userId: string }[]) {
    const ids = JSON.stringify(kept.map(({ userId }) => userId))
    await env.DB.prepare(
      `UPDATE users SET role = 'CUSTOMER' WHERE role = 'ADMIN' AND id NOT IN (SELECT value FROM json_each(?))`,
    )
      .bind(ids)
      .run()
  }

  it('stays, whichever of two who remove each other is first', async () => {
    for (const wish of [{ role: 'CUSTOMER' }, { locked: true }]) {
      const [one, other] = [await world.someone('ADMIN'), await world.someone('ADMIN')]
      await alone(one, other)
      const answers = await Promise.all([
        change(other.userId, wish, one),
        change(one.userId, wish, other),
      ])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
      const { results } = await env.DB.prepare(
        `SELECT id FROM users WHERE role = 'ADMIN' AND locked_at IS NULL`,
      ).all()
      expect(results).toHaveLength(1)
    }
    world.admin = await world.someone('ADMIN')
  })

  it('is not removed by somebody who no longer administers', async () => {
    const [one, other] = [await world.someone('ADMIN'), await world.someone('ADMIN')]
    const { people } = world.deps
    world.deps.people = {
      ...people,
      byId: async (id) => {
        world.deps.people = people
        await env.DB.prepare(`UPDATE users SET role = 'SUPPORT' WHERE id = ?`)
          .bind(one.userId)
          .run()
        return people.byId(id)
      },
    }
    expect((await change(other.userId, { role: 'CUSTOMER' }, one)).status).toBe(401)
    expect((await people.byId(other.userId))?.role).toBe('ADMIN')
  })
})
