import { describe, expect, it } from 'vitest'
import { errorOf } from '../support/http.ts'
import { GOOD_PASSWORD, newEmail } from '../support/identity.ts'
import { restaurantHttp } from '../support/restaurant-http.ts'

interface Given {
  access_token: string
  expires_in: number
  user?: { name: string } | null
  visit?: { id: string; table_id: string } | null
  refresh_token?: string
}

/** A browser as far as cookies go. */
async function browser(environment: 'development' | 'production' = 'development') {
  const world = await restaurantHttp({ environment })
  const origin = environment === 'development' ? 'http://ordersync.test' : 'https://ordersync.test'
  const jar = new Map<string, string>()
  const set: string[] = []
  const send = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await world.ask(`${origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      body: JSON.stringify(body),
    })
    for (const cookie of response.headers.getSetCookie()) {
      set.push(cookie)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0\b/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const register = async () => {
    const email = newEmail()
    await send('/session/register', { email, password: GOOD_PASSWORD, name: '김민수' })
    return email
  }
  const resume = (as: 'guest' | 'member') => send('/session/resume', { as })
  return { ...world, send, register, resume, jar, set }
}

describe('a member’s session on a page', () => {
  it('keeps the refresh token from scripts: it is in a cookie, not in the answer', async () => {
    const { send, set, register } = await browser()
    const email = await register()
    const response = await send('/session/login', { email, password: GOOD_PASSWORD })
    expect(response.status).toBe(200)
    const given = await response.json<Given>()
    expect(given).not.toHaveProperty('refresh_token')
    expect(given.user?.name).toBe('김민수')
    expect(set.at(-1)).toMatch(/^os-member=[^;]+; .*HttpOnly/)
    expect(set.at(-1)).toMatch(/SameSite=Strict/)
  })

  it('is bound to this host and to TLS outside development', async () => {
    const { register, set } = await browser('production')
    await register()
    expect(set[0]).toMatch(/^__Host-os-member=/)
    expect(set[0]).toMatch(/Path=\/;.*Secure/)
    expect(set[0]).not.toMatch(/Domain/)
  })

  it('is resumed by the cookie, again and again', async () => {
    const { register, resume, ask } = await browser()
    await register()
    for (const _ of [1, 2, 3]) {
      const { access_token: token, user } = await (await resume('member')).json<Given>()
      expect(user?.name).toBe('김민수')
      const me = await ask('/api/v1/auth/me', { headers: { authorization: `Bearer ${token}` } })
      expect(me.status).toBe(200)
    }
  })

  it('ends: its tokens are refused, the cookie is gone, resuming is 401', async () => {
    const { register, resume, send, jar, ask } = await browser()
    await register()
    const { access_token: token } = await (await resume('member')).json<Given>()
    expect((await send('/session/end', { as: 'member' })).status).toBe(204)
    expect(jar.size).toBe(0)
    const me = await ask('/api/v1/auth/me', { headers: { authorization: `Bearer ${token}` } })
    expect(me.status).toBe(401)
    expect((await resume('member')).status).toBe(401)
  })

  it('does not begin with a wrong password, and leaves no cookie', async () => {
    const { send, register, jar } = await browser()
    const email = await register()
    jar.clear()
    const refused = await send('/session/login', { email, password: 'something-else-9' })
    expect(refused.status).toBe(401)
    expect((await errorOf(refused)).reason).toBe('WRONG_CREDENTIALS')
    expect(jar.size).toBe(0)
  })

  it('drops a cookie that is worth nothing', async () => {
    const { resume, jar } = await browser()
    jar.set('os-member', 'nonsense')
    expect((await resume('member')).status).toBe(401)
    expect(jar.size).toBe(0)
  })
})

describe('a guest’s session on a page', () => {
  const seated = async () => {
    const world = await browser()
    const { body: table } = await world.call<{ id: string; qr_url: string }>('POST', '/tables', {
      as: world.owner,
      body: { name: 'A1' },
    })
    const code = table.qr_url.split('#')[1] ?? ''
    return { ...world, table, scan: { table_id: table.id, code } }
  }

  it('begins by the table’s code, and is resumed at the same table', async () => {
    const { send, scan, resume, table } = await seated()
    const joined = await send('/session/guest', scan)
    expect(joined.status).toBe(201)
    const first = await joined.json<Given>()
    const again = await (await resume('guest')).json<Given>()
    expect(again.access_token).toBe(first.access_token)
    expect(again.visit?.table_id).toBe(table.id)
    expect(again.expires_in).toBeLessThanOrEqual(first.expires_in)
  })

  it('stays the same when the code is scanned again with its token', async () => {
    const { send, scan } = await seated()
    const sessionOf = async (headers = {}) =>
      (await send('/session/guest', scan, headers)).json<{
        access_token: string
        session_id: string
      }>()
    const first = await sessionOf()
    const second = await sessionOf({ authorization: `Bearer ${first.access_token}` })
    expect(second.session_id).toBe(first.session_id)
  })

  it('leaves a member’s own cookie alone', async () => {
    const { send, scan, register, resume, jar } = await seated()
    await register()
    const { access_token: token } = await (await resume('member')).json<Given>()
    const joined = await send('/session/guest', scan, { authorization: `Bearer ${token}` })
    expect(joined.status).toBe(201)
    expect([...jar.keys()]).toEqual(['os-member'])
  })

  it('is refused with a wrong code', async () => {
    const { send, scan, jar } = await seated()
    const refused = await send('/session/guest', { ...scan, code: 'x'.repeat(22) })
    expect(refused.status).toBe(403)
    expect(jar.size).toBe(0)
  })
})

describe('another site’s page', () => {
  const elsewhere: [string, Record<string, string>][] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['an older browser at another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
  ]
  const calls: [string, unknown][] = [
    ['/session/guest', {}],
    ['/session/login', { email: 'a@example.com', password: 'x' }],
    ['/session/register', { email: 'a@example.com', password: GOOD_PASSWORD, name: 'A' }],
    ['/session/resume', { as: 'member' }],
    ['/session/end', { as: 'member' }],
  ]
  it.each(elsewhere)('begins, resumes and ends nothing: %s', async (_, headers) => {
    const { send, register, resume } = await browser()
    await register()
    for (const [path, body] of calls) expect((await send(path, body, headers)).status).toBe(403)
    expect((await resume('member')).status).toBe(200)
  })

  it('is no page of ours by a form either: only JSON is read', async () => {
    const { ask } = await browser()
    const response = await ask('/session/end', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"as":"member"}',
    })
    expect(response.status).toBe(415)
  })
})
