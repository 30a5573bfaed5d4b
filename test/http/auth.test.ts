import { describe, expect, it } from 'vitest'
import { authRoutes } from '../../src/http/routes/auth.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import { GOOD_PASSWORD, idIn, newEmail, newRestaurantId } from '../support/identity.ts'

interface Tokens {
  access_token: string
  refresh_token: string
  session_id: string
}

async function authWorld() {
  const world = await httpWorld(authRoutes)
  const send = (path: string, body: unknown, token?: string) =>
    world.post(
      `/api/v1/auth/${path}`,
      JSON.stringify(body),
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    )
  const register = async (role = 'CUSTOMER') => {
    const email = newEmail()
    const body = { email, password: GOOD_PASSWORD, name: '김민수', role }
    return { email, tokens: await (await send('register', body)).json<Tokens>() }
  }
  const me = (token: string) =>
    world.ask('/api/v1/auth/me', { headers: { authorization: `Bearer ${token}` } })
  return { ...world, send, register, me }
}

describe('POST /auth/register and /auth/login', () => {
  it('answer with a pair of tokens and the user, not to be cached', async () => {
    const { send } = await authWorld()
    const email = newEmail()
    const created = await send('register', { email, password: GOOD_PASSWORD, name: ' 김민수 ' })
    expect(created.status).toBe(201)
    expect(created.headers.get('cache-control')).toBe('no-store')
    const loggedIn = await send('login', { email, password: GOOD_PASSWORD })
    expect(loggedIn.status).toBe(200)
    for (const response of [created, loggedIn])
      expect(await response.json()).toEqual({
        access_token: expect.any(String) as unknown,
        refresh_token: expect.any(String) as unknown,
        token_type: 'Bearer',
        expires_in: 900,
        user: { id: expect.any(String) as unknown, email, name: '김민수', role: 'CUSTOMER' },
      })
  })

  it('answer 409 to an e-mail that is taken', async () => {
    const { send, register } = await authWorld()
    const { email } = await register()
    const again = await send('register', {
      email: email.toUpperCase(),
      password: GOOD_PASSWORD,
      name: 'B',
    })
    expect(again.status).toBe(409)
    expect(await errorOf(again)).toMatchObject({ code: 'CONFLICT', reason: 'EMAIL_TAKEN' })
  })

  it.each([
    [{}, ['email', 'password', 'name']],
    [{ email: 'x', password: GOOD_PASSWORD, name: 'A' }, ['email']],
    [{ email: `${'a'.repeat(250)}@example.com`, password: GOOD_PASSWORD, name: 'A' }, ['email']],
    [{ email: 'a@example.com', password: 'password123', name: 'A' }, ['password']],
    [{ email: 'a@example.com', password: GOOD_PASSWORD, name: ' ' }, ['name']],
    [{ email: 'a@example.com', password: GOOD_PASSWORD, name: 'a'.repeat(101) }, ['name']],
    [{ email: 'a@example.com', password: GOOD_PASSWORD, name: 'A', role: 'ADMIN' }, ['role']],
  ])('name every field that is wrong in %j', async (body, fields) => {
    const { send } = await authWorld()
    const response = await send('register', body)
    expect(response.status).toBe(400)
    const errors = (await errorOf(response)).details?.errors as { field: string }[]
    expect(errors.map(({ field }) => field)).toEqual(fields)
  })

  it('give the same answer to a wrong password and to an unknown e-mail', async () => {
    const { send, register } = await authWorld()
    const { email } = await register()
    const answers = await Promise.all(
      [email, newEmail()].map((given) => send('login', { email: given, password: 'wrong' })),
    )
    const seen = await Promise.all(
      answers.map(async (response) => ({
        status: response.status,
        challenge: response.headers.get('www-authenticate'),
        error: { ...(await errorOf(response)), trace_id: '' },
      })),
    )
    expect(seen[0]).toMatchObject({ status: 401, error: { reason: 'WRONG_CREDENTIALS' } })
    expect(seen[1]).toEqual(seen[0])
  })
})

describe('POST /auth/refresh', () => {
  it('gives a new pair, and 401 to one that came back too late', async () => {
    const { send, register, world } = await authWorld()
    const { tokens } = await register()
    const next = await send('refresh', { refresh_token: tokens.refresh_token })
    expect(next.status).toBe(200)
    world.now += 61_000
    const reused = await send('refresh', { refresh_token: tokens.refresh_token })
    expect(reused.status).toBe(401)
    expect((await errorOf(reused)).reason).toBe('REFRESH_REUSED')
  })
})

describe('GET /auth/me and POST /auth/logout', () => {
  it('say who I am until I log out', async () => {
    const { send, register, me } = await authWorld()
    const { email, tokens } = await register('OWNER')
    expect(await (await me(tokens.access_token)).json()).toMatchObject({
      email,
      role: 'OWNER',
      memberships: [],
      points: 0,
    })
    expect((await send('logout', {}, tokens.access_token)).status).toBe(204)
    const refused = await me(tokens.access_token)
    expect(refused.status).toBe(401)
    expect((await errorOf(refused)).reason).toBe('SESSION_ENDED')
    expect((await send('logout', {}, tokens.access_token)).status).toBe(401)
  })

  it('refuse guests their account, and callers without a token everything', async () => {
    const { ask, send, me } = await authWorld()
    const guest = await (await send('guest', {})).json<Tokens>()
    expect((await me(guest.access_token)).status).toBe(403)
    expect((await ask('/api/v1/auth/me')).status).toBe(401)
    expect((await send('logout', {})).status).toBe(401)
  })
})

describe('POST /auth/guest', () => {
  const restaurantId = newRestaurantId()
  const [tableId, visitId] = [idIn(restaurantId), idIn(restaurantId)]

  it('answers a scan with token, session, table and visit', async () => {
    const { send, world } = await authWorld()
    world.answer = () => ({
      ok: true,
      value: { visitId, tableId, tableName: 'A1', restaurantId },
      replayed: false,
    })
    const response = await send('guest', { table_id: tableId.toUpperCase(), code: 'code' })
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({
      access_token: expect.any(String) as unknown,
      token_type: 'Bearer',
      expires_in: 12 * 3600,
      session_id: expect.any(String) as unknown,
      restaurant_id: restaurantId,
      table_id: tableId,
      table_name: 'A1',
      visit: { id: visitId, table_id: tableId },
    })
    expect(world.told).toMatchObject([{ command: { type: 'join-visit', tableId, code: 'code' } }])
  })

  it('gives a browsing guest a token, and the same session when asked again with it', async () => {
    const { send } = await authWorld()
    const first = await (await send('guest', {})).json<Tokens>()
    const again = await (await send('guest', {}, first.access_token)).json<Tokens>()
    expect(again.session_id).toBe(first.session_id)
    expect((await send('guest', {}, 'nonsense')).status).toBe(401)
  })

  it('answers 403 to a wrong code', async () => {
    const { send, world } = await authWorld()
    world.answer = () => ({ ok: false, refusal: { kind: 'WRONG_TABLE_CODE' } })
    const response = await send('guest', { table_id: tableId, code: 'guess' })
    expect(response.status).toBe(403)
    expect((await errorOf(response)).reason).toBe('WRONG_TABLE_CODE')
  })

  it.each([
    [{ table_id: tableId }, 'code', 'required'],
    [{ code: 'code' }, 'table_id', 'required'],
    [{ table_id: 'A1', code: 'code' }, 'table_id', 'invalid_format'],
  ])('refuses half a code: %j', async (body, field, reason) => {
    const { send } = await authWorld()
    const response = await send('guest', body)
    expect(response.status).toBe(400)
    expect((await errorOf(response)).details).toMatchObject({ errors: [{ field, reason }] })
  })
})
