import { describe, expect, it } from 'vitest'
import { callLimitsOf, type LimitSettings } from '../../src/domain/limits/call-limits.ts'
import { createCallLimiter, type EdgeLimit } from '../../src/http/call-limiter.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import { browsingToken } from '../support/identity.ts'

const PRODUCTION = { ENVIRONMENT: 'production' } as const

const limited = (settings: LimitSettings = {}) =>
  httpWorld(undefined, { limiter: createCallLimiter(callLimitsOf({ ...PRODUCTION, ...settings })) })

type World = Awaited<ReturnType<typeof limited>>

const from = (ip: string, more: Record<string, string> = {}) => ({
  headers: { 'cf-connecting-ip': ip, ...more },
})
const ONE = from('203.0.113.7')

async function statuses(times: number, ask: () => Promise<Response>): Promise<number[]> {
  const seen: number[] = []
  for (let n = 0; n < times; n += 1) seen.push((await ask()).status)
  return [...new Set(seen)]
}

const member = ({ bearer }: World, userId: string = crypto.randomUUID()) =>
  bearer({ role: 'CUSTOMER', sessionId: crypto.randomUUID(), userId, memberships: [], visit: null })
const atTable = ({ bearer }: World, visitId: string) =>
  bearer({
    role: 'GUEST',
    sessionId: crypto.randomUUID(),
    userId: null,
    memberships: [],
    visit: { visitId, tableId: crypto.randomUUID() },
  })

describe('an anonymous caller', () => {
  it.each(['/health', '/nothing', '/.well-known/jwks.json', '/docs', '/api/v1/auth/me'])(
    'is refused at the 61st call in a minute: %s',
    async (path) => {
      const { ask } = await limited()
      expect(await statuses(60, () => ask(path, ONE))).not.toContain(429)
      const refused = await ask(path, ONE)
      expect(refused.status).toBe(429)
      expect((await errorOf(refused)).code).toBe('RATE_LIMIT_EXCEEDED')
    },
  )

  it.each([0, 1, 640, 999])('is told the truth by Retry-After, %s ms into a second', async (ms) => {
    const waits = async (short: number) => {
      const { ask, world } = await limited()
      world.now += ms
      await statuses(60, () => ask('/health', ONE))
      world.now += 20_000
      const after = Number((await ask('/health', ONE)).headers.get('retry-after'))
      expect(Number.isInteger(after)).toBe(true)
      world.now += (after - short) * 1_000
      return (await ask('/health', ONE)).status
    }
    expect(await waits(0)).toBe(200)
    expect(await waits(1)).toBe(429)
  })

  it('keeps nobody else out', async () => {
    const world = await limited()
    await statuses(61, () => world.ask('/health', ONE))
    expect((await world.ask('/health', from('203.0.113.8'))).status).toBe(200)
    const { authorization } = await member(world)
    expect((await world.ask('/health', from('203.0.113.7', { authorization }))).status).toBe(200)
  })

  it('is one with everybody in the same IPv6 network of a subscriber', async () => {
    const { ask } = await limited()
    let host = 0
    const next = () => ask('/health', from(`2001:db8:1:2::${(host += 1).toString(16)}`))
    expect(await statuses(60, next)).toEqual([200])
    expect((await next()).status).toBe(429)
    expect((await ask('/health', from('2001:db8:1:3::1'))).status).toBe(200)
  })

  it.each(['x-forwarded-for', 'x-real-ip', 'true-client-ip', 'forwarded', 'x-client-ip'])(
    'does not get more by sending %s',
    async (header) => {
      const { ask } = await limited()
      let n = 0
      const next = () => ask('/health', from('203.0.113.7', { [header]: `198.51.100.${(n += 1)}` }))
      await statuses(60, next)
      expect((await next()).status).toBe(429)
    },
  )

  it('does not get more by tokens that are none, nor by new browsing sessions', async () => {
    const { ask, deps } = await limited()
    let n = 0
    const invented = () =>
      ask('/health', from('203.0.113.7', { authorization: `Bearer a.${(n += 1)}.c` }))
    expect(await statuses(30, invented)).toEqual([200])
    const browsing = async () => {
      const authorization = `Bearer ${await browsingToken(deps)}`
      return ask('/health', from('203.0.113.7', { authorization }))
    }
    expect(await statuses(30, browsing)).toEqual([200])
    expect((await browsing()).status).toBe(429)
  })
})

describe('callers with a token', () => {
  it('at a table are counted by visit, however many addresses they have', async () => {
    const world = await limited({ RATE_LIMIT_VISIT: 70 })
    const visit = crypto.randomUUID()
    let n = 0
    const next = async () =>
      world.ask('/health', from(`203.0.113.${(n += 1)}`, await atTable(world, visit)))
    expect(await statuses(70, next)).toEqual([200])
    expect((await next()).status).toBe(429)
    const elsewhere = await atTable(world, crypto.randomUUID())
    expect((await world.ask('/health', from('203.0.113.1', elsewhere))).status).toBe(200)
  })

  it('are counted by account, over all their sessions', async () => {
    const world = await limited({ RATE_LIMIT_ACCOUNT: 80 })
    const account = crypto.randomUUID()
    const next = async () => world.ask('/health', { headers: await member(world, account) })
    expect(await statuses(80, next)).toEqual([200])
    expect((await next()).status).toBe(429)
  })
})

describe('stricter limits', () => {
  it('hold for log-ins and registrations of an address together', async () => {
    const { ask } = await limited({ RATE_LIMIT_LOGIN: 3 })
    const post = (path: string) =>
      ask(`/api/v1/auth/${path}`, { ...ONE, method: 'POST', body: 'no JSON' })
    expect(await statuses(2, () => post('login'))).toEqual([415])
    expect((await post('register')).status).toBe(415)
    expect((await post('login')).status).toBe(429)
    expect((await ask('/health', ONE)).status).toBe(200)
  })

  it('hold for guest tokens', async () => {
    const { ask, post } = await limited({ RATE_LIMIT_GUEST_TOKEN: 2 })
    const scan = () => post('/api/v1/auth/guest', '{}', ONE.headers)
    expect(await statuses(2, scan)).toEqual([201])
    expect((await scan()).status).toBe(429)
    expect((await ask('/health', ONE)).status).toBe(200)
  })

  it('leave webhooks a limit of their own', async () => {
    const { ask } = await limited({ RATE_LIMIT_WEBHOOK: 90 })
    const hook = () => ask('/api/v1/payments/webhook/toss', { ...ONE, method: 'POST', body: '{' })
    await statuses(61, () => ask('/health', ONE))
    expect(await statuses(90, hook)).not.toContain(429)
    expect((await hook()).status).toBe(429)
  })
})

describe('the limiter at the edge', () => {
  const withBinding = (binding: EdgeLimit, troubled?: (error: unknown) => void) =>
    httpWorld(undefined, {
      limiter: createCallLimiter(callLimitsOf(PRODUCTION), { anonymous: binding }, troubled),
    })

  it('is asked besides, and its no lasts as long as its period', async () => {
    const asked: string[] = []
    const { ask } = await withBinding({
      limit: ({ key }) => Promise.resolve({ success: asked.push(key) < 2 }),
    })
    expect((await ask('/health', ONE)).status).toBe(200)
    const refused = await ask('/health', ONE)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(asked).toEqual(['203.0.113.7', '203.0.113.7'])
  })

  it('keeps nobody out when it fails, and is heard of', async () => {
    const heard: unknown[] = []
    const broken = { limit: () => Promise.reject(new Error('no')) }
    const { ask } = await withBinding(broken, (error) => heard.push(error))
    expect((await ask('/health', ONE)).status).toBe(200)
    expect(heard).toHaveLength(1)
  })
})
