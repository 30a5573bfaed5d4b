import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { messages } from '../../src/http/messages/index.ts'
import { authRoutes } from '../../src/http/routes/auth.ts'
import { partnerRoutes } from '../../src/http/routes/partners.ts'
import { errorOf, httpWorld } from '../support/http.ts'

interface Created {
  id: string
  client_id: string
  client_secret: string
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

async function partnerWorld() {
  const world = await httpWorld((app) => {
    authRoutes(app)
    partnerRoutes(app)
  })
  const userId = crypto.randomUUID()
  const now = world.deps.now()
  await world.deps.users.insert({
    id: userId,
    email: `${userId}@example.com`,
    name: '관리자',
    role: 'ADMIN',
    passwordHash: 'x',
    createdAt: now,
  })
  const sessionId = crypto.randomUUID()
  await world.deps.sessions.insert(
    { id: sessionId, userId, createdAt: now, endedAt: null, visit: null },
    { digest: sessionId, sessionId, expiresAt: now + 1e9, usedAt: null, successorDigest: null },
  )
  const admin = await world.bearer({
    role: 'ADMIN',
    sessionId,
    userId,
    memberships: [],
    visit: null,
  })
  const path = '/api/v1/admin/integrations/partners'
  const create = async (name = '데이터 플랫폼') => {
    const response = await world.post(path, JSON.stringify({ name }), admin)
    expect(response.status).toBe(201)
    return response.json<Created>()
  }
  const token = (body: unknown, headers: Record<string, string> = {}) =>
    world.post('/api/v1/oauth/token', JSON.stringify(body), headers)
  const form = (fields: Record<string, string> | string, headers: Record<string, string> = {}) =>
    world.post('/api/v1/oauth/token', new URLSearchParams(fields).toString(), {
      ...FORM,
      ...headers,
    })
  const good = ({ client_id, client_secret }: Created) => ({
    grant_type: 'client_credentials',
    client_id,
    client_secret,
  })
  const bearerOf = async (partner: Created) => {
    const { access_token } = await (await token(good(partner))).json<{ access_token: string }>()
    return { authorization: `Bearer ${access_token}` }
  }
  return { ...world, admin, path, create, token, form, good, bearerOf }
}

describe('partners', () => {
  it('are shown their secret once, and nothing keeps it', async () => {
    const { ask, admin, path, create } = await partnerWorld()
    const partner = await create()
    const list = await (await ask(path, { headers: admin })).text()
    expect(list).toContain(partner.client_id)
    const { results } = await env.DB.prepare('SELECT * FROM partners').all()
    for (const kept of [list, JSON.stringify(results)])
      expect(kept).not.toContain(partner.client_secret)
  })

  it('are the administrators’ business alone', async () => {
    const { ask, path, bearer } = await partnerWorld()
    const guest = await bearer({
      role: 'GUEST',
      sessionId: crypto.randomUUID(),
      userId: null,
      memberships: [],
      visit: null,
    })
    expect((await ask(path, { headers: guest })).status).toBe(403)
    expect((await ask(path)).status).toBe(401)
  })
})

describe('POST /oauth/token', () => {
  it('answers as RFC 6749 says, to a form, to JSON, and to Basic authentication', async () => {
    const { create, token, form, good, deps } = await partnerWorld()
    const partner = await create()
    const { client_id, client_secret } = partner
    const basic = { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` }
    const grant = { grant_type: 'client_credentials' }
    for (const response of [
      await token(good(partner)),
      await form(good(partner)),
      await form(grant, basic),
      await token(grant, basic),
    ]) {
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      const body = await response.json<{ access_token: string }>()
      expect(body).toEqual({
        access_token: expect.any(String) as unknown,
        token_type: 'Bearer',
        expires_in: 900,
      })
      const verified = await deps.tokens.verify('access', body.access_token, deps.now())
      expect(verified?.actor).toMatchObject({
        role: 'EXTERNAL',
        userId: null,
        sessionId: partner.id,
      })
    }
  })

  it('answers every wrong pair alike, in our envelope, with the challenge of the scheme tried', async () => {
    const { create, token, form } = await partnerWorld()
    const { client_id } = await create()
    const grant = { grant_type: 'client_credentials' }
    const basic = (text: string) => ({ authorization: `Basic ${text}` })
    const refusals = [
      await token({ ...grant, client_id, client_secret: 'guess' }),
      await token({ ...grant, client_id: crypto.randomUUID(), client_secret: 'guess' }),
      await token(grant),
      await form(grant, basic(btoa(`${client_id}:guess`))),
      await form(grant, basic('%%%')),
      await form(grant, basic(btoa('%ff:%ff'))),
    ]
    for (const response of refusals) {
      expect(response.status).toBe(401)
      const { code, reason, message } = await errorOf(response)
      expect([code, reason]).toEqual(['UNAUTHORIZED', 'WRONG_CLIENT'])
      // A partner has neither e-mail nor password.
      expect(message).toBe(messages.ko.WRONG_CLIENT)
    }
    const challenges = refusals.map((response) => response.headers.get('www-authenticate'))
    expect(challenges.slice(0, 3)).toEqual(['Bearer', 'Bearer', 'Bearer'])
    expect(challenges.slice(3).every((challenge) => challenge?.startsWith('Basic '))).toBe(true)
  })

  it('refuses other grants, fields given twice, and other types', async () => {
    const { token, form, post } = await partnerWorld()
    const other = await token({ grant_type: 'password' })
    expect((await errorOf(other)).details).toMatchObject({ field: 'grant_type' })
    const twice = await form('grant_type=client_credentials&client_id=a&client_id=b')
    expect((await errorOf(twice)).details).toMatchObject({ field: 'client_id', reason: 'repeated' })
    const text = await post('/api/v1/oauth/token', 'x', { 'content-type': 'text/plain' })
    expect(text.status).toBe(415)
  })

  it('is throttled like a log-in', async () => {
    const { create, token, good } = await partnerWorld()
    const partner = await create()
    const guess = { ...good(partner), client_secret: 'guess' }
    for (let n = 0; n < 10; n += 1) expect((await token(guess)).status).toBe(401)
    const refused = await token(good(partner))
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('900')
  })
})

describe('a disabled partner', () => {
  it('is refused from the next request on, tokens included', async () => {
    const { ask, admin, path, create, token, good, bearerOf } = await partnerWorld()
    const partner = await create()
    const headers = await bearerOf(partner)
    expect((await ask('/api/v1/auth/me', { headers })).status).toBe(403)
    const disabled = await ask(`${path}/${partner.id}`, { method: 'DELETE', headers: admin })
    expect(disabled.status).toBe(200)
    const refused = await ask('/api/v1/auth/me', { headers })
    expect(refused.status).toBe(401)
    expect((await errorOf(refused)).reason).toBe('SESSION_ENDED')
    expect((await token(good(partner))).status).toBe(401)
    const again = await ask(`${path}/${partner.id}`, { method: 'DELETE', headers: admin })
    expect(await again.json()).toEqual(await disabled.json())
    const unknown = await ask(`${path}/${crypto.randomUUID()}`, {
      method: 'DELETE',
      headers: admin,
    })
    expect(unknown.status).toBe(404)
  })
})

describe('a partner', () => {
  it('has no session to log out of', async () => {
    const { create, bearerOf, ask } = await partnerWorld()
    const headers = await bearerOf(await create())
    expect((await ask('/api/v1/auth/logout', { method: 'POST', headers })).status).toBe(403)
    expect((await ask('/api/v1/auth/me', { headers })).status).toBe(403)
  })
})
