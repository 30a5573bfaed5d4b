import { describe, expect, it } from 'vitest'
import { clientIpOf } from '../../src/http/client-ip.ts'
import { httpWorld } from '../support/http.ts'

const APP = 'https://app.example.com'
const preflight = (origin: string, method = 'POST', headers = 'authorization,idempotency-key') => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': headers,
  },
})
const withOrigins = (...corsOrigins: string[]) => httpWorld(undefined, { corsOrigins })
const listOf = (response: Response, header: string): string[] =>
  (response.headers.get(header) ?? '').split(/\s*,\s*/).map((name) => name.toLowerCase())

describe('pages of other origins', () => {
  it('may call when their origin is listed, and read what clients need', async () => {
    const { ask } = await withOrigins(APP, 'https://other.example.com')
    const answer = await ask('/health', { headers: { origin: APP } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(APP)
    expect(listOf(answer, 'access-control-expose-headers')).toEqual(
      expect.arrayContaining(['etag', 'x-request-id', 'idempotent-replayed', 'retry-after']),
    )
    expect(listOf(answer, 'vary')).toContain('origin')
  })

  it('read errors too', async () => {
    const { ask } = await withOrigins(APP)
    const answer = await ask('/api/v1/auth/me', { headers: { origin: APP } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('access-control-allow-origin')).toBe(APP)
  })

  it.each([
    'https://app.example.com.evil.test',
    'https://evil.test',
    'http://app.example.com',
    'https://app.example.com:8443',
    'null',
  ])('are not let in from %s', async (origin) => {
    const { ask } = await withOrigins(APP)
    for (const init of [{ headers: { origin } }, preflight(origin)])
      expect((await ask('/health', init)).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('ask first, and hear which methods and headers are taken', async () => {
    const { ask } = await withOrigins(APP)
    const answer = await ask('/api/v1/orders', preflight(APP))
    expect(answer.status).toBe(204)
    expect(listOf(answer, 'access-control-allow-methods')).toEqual(
      expect.arrayContaining(['get', 'post', 'put', 'patch', 'delete']),
    )
    expect(listOf(answer, 'access-control-allow-headers')).toEqual(
      expect.arrayContaining([
        ...['authorization', 'content-type', 'idempotency-key', 'accept-language', 'x-market'],
        ...['x-session-id', 'x-restaurant-id', 'traceparent', 'if-none-match'],
      ]),
    )
  })

  it('are never let in with credentials that a browser adds by itself', async () => {
    for (const origins of [[APP], ['*']]) {
      const { ask } = await withOrigins(...origins)
      for (const init of [{ headers: { origin: APP } }, preflight(APP)]) {
        const { headers } = await ask('/health', init)
        expect(headers.get('access-control-allow-credentials')).toBeNull()
      }
    }
  })

  it('may all call where the setting says *', async () => {
    const { ask } = await withOrigins('*')
    const answer = await ask('/health', { headers: { origin: 'https://anyone.test' } })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('are not let in without the setting', async () => {
    const { ask } = await withOrigins()
    const answer = await ask('/health', { headers: { origin: APP } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect((await ask('/health', preflight(APP))).status).toBe(404)
  })
})

describe("a caller's address", () => {
  const request = (headers: Record<string, string>) =>
    new Request('http://ordersync.test/', { headers })
  const FORGED = {
    'x-forwarded-for': '198.51.100.1',
    'x-real-ip': '198.51.100.1',
    forwarded: 'for=198.51.100.1',
  }

  it('is what the edge says', () => {
    const sent = request({ ...FORGED, 'cf-connecting-ip': '203.0.113.7' })
    expect(clientIpOf(sent, true)).toBe('203.0.113.7')
  })

  it('is nobody’s own word', () => {
    expect(clientIpOf(request(FORGED), true)).toBe('unknown')
    expect(clientIpOf(request({ 'cf-connecting-ip': '<script>' }), true)).toBe('unknown')
  })

  it('is this machine where the header can be forged', () => {
    expect(clientIpOf(request({ 'cf-connecting-ip': '203.0.113.7' }), false)).toBe('127.0.0.1')
  })
})
