import { describe, expect, it } from 'vitest'
import { localeOf } from '../../src/http/locale.ts'
import { networkOf } from '../../src/http/network.ts'
import { errorOf, httpWorld } from '../support/http.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('identifying a request', () => {
  it('answers the id that was sent', async () => {
    const { ask } = await httpWorld()
    const response = await ask('/health', { headers: { 'x-request-id': 'tablet-7.42' } })
    expect(response.headers.get('x-request-id')).toBe('tablet-7.42')
  })

  it.each(['a b', 'x'.repeat(129), '<script>'])('mints one instead of %s', async (sent) => {
    const { ask } = await httpWorld()
    const response = await ask('/health', { headers: { 'x-request-id': sent } })
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
  })

  it('answers one on errors and files too', async () => {
    const { ask } = await httpWorld(undefined, {
      asset: () => Promise.resolve(new Response('css')),
    })
    for (const path of ['/nothing', '/docs/swagger-ui.css', '/docs'])
      expect((await ask(path)).headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
  })

  it('continues the caller’s trace with a span of its own', async () => {
    const { ask } = await httpWorld()
    const sent = `00-${TRACE}-00f067aa0ba902b7-01`
    const response = await ask('/nothing', { headers: { traceparent: sent } })
    expect((await errorOf(response.clone())).trace_id).toBe(TRACE)
    const passedOn = response.headers.get('traceparent')
    expect(passedOn).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`))
    expect(passedOn).not.toBe(sent)
  })

  it.each([
    'nonsense',
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
  ])('starts a new trace on %s', async (traceparent) => {
    const { ask } = await httpWorld()
    const response = await ask('/nothing', { headers: { traceparent } })
    const { trace_id } = await errorOf(response)
    expect(trace_id).toMatch(/^[0-9a-f]{32}$/)
    expect(trace_id).not.toBe(TRACE)
  })
})

describe('choosing a language', () => {
  it.each([
    [undefined, 'ko'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
    ['ko;q=0.5,en;q=0.8', 'en'],
    ['fr,en;q=0.2', 'en'],
    ['fr', 'ko'],
    ['en;q=0', 'ko'],
    ['*', 'ko'],
    [';;,q=,', 'ko'],
  ])('%s is %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale)
  })
})

describe('context headers', () => {
  it.each([
    ['X-Market', 'XX', 'unknown_market'],
    ['X-Session-Id', 'abc', 'invalid_format'],
    ['X-Restaurant-Id', '123', 'invalid_format'],
  ])('refuses %s: %s', async (field, value, reason) => {
    const { ask } = await httpWorld()
    const response = await ask('/health', { headers: { [field]: value } })
    expect(response.status).toBe(400)
    expect((await errorOf(response)).details).toMatchObject({ field, reason })
  })

  it('takes a known market in any case', async () => {
    const { ask } = await httpWorld()
    expect((await ask('/health', { headers: { 'X-Market': 'kr' } })).status).toBe(200)
  })
})

describe('logging', () => {
  it('writes one line with the template, without path, query or address', async () => {
    const { ask, world } = await httpWorld()
    await ask('/docs/secret-name.css?token=tok-xyz', {
      headers: { 'cf-connecting-ip': '203.0.113.77' },
    })
    const lines = world.logged.filter(({ kind }) => kind === 'http')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      method: 'GET',
      route: '/docs/*',
      status: 404,
      network: '203.0.113.0/24',
    })
    const text = JSON.stringify(lines)
    for (const secret of ['secret-name', 'tok-xyz', '113.77']) expect(text).not.toContain(secret)
  })

  it('keeps the path of an unknown route to itself', async () => {
    const { ask, world } = await httpWorld()
    await ask('/api/v1/users/jane@example.com')
    expect(world.logged[0]).toMatchObject({ route: 'unmatched', status: 404 })
    expect(JSON.stringify(world.logged)).not.toContain('jane')
  })

  it('names the route', async () => {
    const { ask, world } = await httpWorld()
    await ask('/docs')
    await ask('/health/live')
    expect(world.logged[0]).toMatchObject({ route: '/docs' })
    expect(world.logged[1]).toMatchObject({ route: '/health/live', level: 'info', status: 200 })
  })

  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:85a3::8a2e:370:7334', '2001:db8:85a3::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['not an address', null],
    ['unknown', null],
  ])('keeps of %s only %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

describe('security headers', () => {
  it('forbid sniffing, framing and everything that a page could load', async () => {
    const { ask } = await httpWorld()
    const { headers } = await ask('/health')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  const onAll = {
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
  const onPages = {
    'cross-origin-opener-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  }
  const carried = async (path: string, type = 'text/css') => {
    const asset = () =>
      Promise.resolve(
        new Response('', { headers: { 'x-powered-by': 'a file server', 'content-type': type } }),
      )
    const { ask } = await httpWorld(undefined, { asset })
    return Object.fromEntries((await ask(path)).headers)
  }

  it.each(['/health', '/nothing', '/docs/swagger-ui.css'])(
    'say no more than data needs on %s',
    async (path) => {
      const headers = await carried(path)
      expect(headers).toMatchObject(onAll)
      for (const name of [...Object.keys(onPages), 'x-powered-by'])
        expect(headers).not.toHaveProperty(name)
    },
  )

  it.each([
    'text/html; charset=utf-8',
    'Text/HTML',
    'application/xhtml+xml',
    'image/svg+xml',
    'application/pdf',
  ])('are all on what is shown as a page: %s', async (type) => {
    expect(await carried('/docs/swagger-ui.css', type)).toMatchObject({ ...onAll, ...onPages })
  })

  it.each(['/docs', '/favicon.ico'])('are all on pages and on ways to others: %s', async (path) => {
    expect(await carried(path)).toMatchObject({ ...onAll, ...onPages })
  })

  it('are not said again to who has the answer already', async () => {
    const { ask } = await httpWorld((app) =>
      app.get('/same', () => new Response(null, { status: 304, headers: { etag: '"1"' } })),
    )
    const { headers } = await ask('/api/v1/same')
    expect([...headers.keys()].sort()).toEqual(['etag', 'traceparent', 'x-request-id'])
  })

  it('keep answers out of caches unless the route says otherwise', async () => {
    const { ask } = await httpWorld()
    const cached = async (path: string) => (await ask(path)).headers.get('cache-control')
    expect(await cached('/health')).toBe('no-store')
    expect(await cached('/nothing')).toBe('no-store')
    expect(await cached('/.well-known/jwks.json')).toBe('public, max-age=300')
  })

  it('ask for HTTPS outside development, and plain HTTP is sent there', async () => {
    const { ask } = await httpWorld(undefined, { environment: 'production' })
    const secure = await ask('https://ordersync.test/health')
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000')
    const plain = await ask('http://ordersync.test/health?a=1')
    expect(plain.status).toBe(308)
    expect(plain.headers.get('location')).toBe('https://ordersync.test/health?a=1')
  })
})
