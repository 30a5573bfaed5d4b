import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import type { App, HttpBindings } from '../../src/http/context.ts'
import type { EdgeCache } from '../../src/http/middleware/edge-cache.ts'
import { defineRoute } from '../../src/http/route.ts'
import { httpWorld } from '../support/http.ts'

/** A cache as the runtime has it: answers by address, told apart by nothing else. */
function memoryCache(): EdgeCache {
  const kept = new Map<string, Response>()
  return {
    match: (key) => Promise.resolve(kept.get(key)?.clone() ?? null),
    put: (key, answer) => Promise.resolve(void kept.set(key, answer)),
  }
}

/** A public read with a price in it; `asked` says how often its truth was asked for. */
async function shop(bindings: Partial<HttpBindings> = {}) {
  const truth = { price: 18_000, asked: 0, fails: null as Error | null, missing: false }
  const route = (app: App) =>
    defineRoute(
      app,
      {
        method: 'get',
        path: '/price',
        operationId: 'getPrice',
        summary: 'What it costs',
        tag: 'Test',
        permission: 'public',
        cached: {},
        idempotency: 'none',
        success: { status: 200, description: 'The price', schema: z.object({ price: z.number() }) },
        refusals: ['NOT_FOUND'],
      },
      (c) => {
        truth.asked += 1
        if (truth.fails) throw truth.fails
        if (truth.missing) return { ok: false, refusal: { kind: 'NOT_FOUND', what: 'price' } }
        const headers = { ETag: `"${truth.price}"`, 'Cache-Control': 'public, s-maxage=30' }
        if (c.req.header('if-none-match') === headers.ETag) return c.body(null, 304, headers)
        return c.json({ price: truth.price, in: c.var.locale }, 200, headers)
      },
    )
  const http = await httpWorld(route, { edgeCache: memoryCache(), ...bindings })
  const ask = (headers: Record<string, string> = {}, path = '/api/v1/price') =>
    http.ask(path, { headers })
  const price = async (headers?: Record<string, string>): Promise<number> =>
    (await (await ask(headers)).json<{ price: number }>()).price
  return { ...http, truth, ask, price }
}

describe('public reads at the edge', () => {
  it('are answered without asking for the truth again, with their age', async () => {
    const { ask, truth, world } = await shop()
    await ask()
    world.now += 12_000
    const again = await ask()
    expect(await again.json()).toMatchObject({ price: 18_000 })
    expect(truth.asked).toBe(1)
    expect(again.headers.get('age')).toBe('12')
    expect(again.headers.get('etag')).toBe('"18000"')
    expect(again.headers.get('cache-control')).toBe('public, s-maxage=30')
    expect(again.headers.get('content-type')).toContain('application/json')
  })

  it('say a new price after thirty seconds at the latest', async () => {
    const { price, truth, world } = await shop()
    await price()
    truth.price = 20_000
    world.now += 29_999
    expect(await price()).toBe(18_000)
    world.now += 1
    expect(await price()).toBe(20_000)
  })

  it('say it at once to whoever shows a token', async () => {
    const { price, truth } = await shop()
    await price()
    truth.price = 20_000
    expect(await price({ authorization: 'Bearer x' })).toBe(20_000)
  })

  it('keep nothing of what was answered to a token', async () => {
    const { price, truth } = await shop()
    await price({ authorization: 'Bearer x' })
    truth.price = 20_000
    expect(await price()).toBe(20_000)
  })

  it('are kept by language', async () => {
    const { ask } = await shop()
    const inLanguage = async (tag: string) => (await ask({ 'accept-language': tag })).json()
    await inLanguage('ko')
    expect(await inLanguage('en-US')).toMatchObject({ in: 'en' })
    expect(await inLanguage('ko-KR')).toMatchObject({ in: 'ko' })
  })

  it('are not kept apart by queries that nobody reads', async () => {
    const { ask, truth } = await shop()
    for (const query of ['', '?a=1', '?a=2']) await ask({}, `/api/v1/price${query}`)
    expect(truth.asked).toBe(1)
  })

  it('answer 304 to whoever has them already', async () => {
    const { ask, truth } = await shop()
    await ask()
    const known = await ask({ 'if-none-match': '"18000"' })
    expect([known.status, await known.text()]).toEqual([304, ''])
    expect((await ask({ 'if-none-match': '"17000"' })).status).toBe(200)
    expect(truth.asked).toBe(1)
  })

  it('are fresh again when the truth says that nothing changed', async () => {
    const { ask, truth, world } = await shop()
    await ask()
    world.now += 31_000
    expect((await ask({ 'if-none-match': '"18000"' })).status).toBe(304)
    expect((await ask()).status).toBe(200)
    expect(truth.asked).toBe(2)
  })

  it('never keep an error', async () => {
    const { ask, truth } = await shop()
    truth.missing = true
    expect((await ask()).status).toBe(404)
    truth.missing = false
    expect((await ask()).status).toBe(200)
    truth.fails = new Error('a bug')
    expect((await ask({ 'accept-language': 'en' })).status).toBe(500)
    truth.fails = null
    expect((await ask({ 'accept-language': 'en' })).status).toBe(200)
  })

  it('ask for the truth every time where nothing counts as fresh', async () => {
    const { price, truth } = await shop({ edgeCacheSeconds: 0 })
    await price()
    truth.price = 20_000
    expect(await price()).toBe(20_000)
  })

  it('do without a cache where there is none', async () => {
    const { ask, truth } = await shop({ edgeCache: null })
    await ask()
    expect((await ask()).status).toBe(200)
    expect(truth.asked).toBe(2)
  })

  it('hold nothing of the caller they were made for', async () => {
    const { ask } = await shop({ corsOrigins: ['https://a.test', 'https://b.test'] })
    const first = await ask({ origin: 'https://a.test' })
    const second = await ask({ origin: 'https://b.test' })
    expect(second.headers.get('access-control-allow-origin')).toBe('https://b.test')
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
  })
})

describe('while what answers fails', () => {
  it('the last answer is given, and says that it is old', async () => {
    const { ask, truth, world } = await shop({ corsOrigins: ['https://a.test'] })
    await ask()
    world.now += 3_600_000
    truth.fails = new StorageUnavailableError(new Error('overloaded'))
    const stale = await ask({ origin: 'https://a.test' })
    expect(stale.status).toBe(200)
    expect(await stale.json()).toMatchObject({ price: 18_000 })
    expect(stale.headers.get('x-stale')).toBe('true')
    expect(stale.headers.get('age')).toBe('3600')
    expect(stale.headers.get('cache-control')).toBe('no-store')
    expect(stale.headers.get('retry-after')).toBeNull()
    expect(stale.headers.get('access-control-allow-origin')).toBe('https://a.test')
  })

  it('whoever has it already hears that nothing newer is known', async () => {
    const { ask, truth, world } = await shop()
    await ask()
    world.now += 60_000
    truth.fails = new Error('away')
    const stale = await ask({ 'if-none-match': '"18000"' })
    expect([stale.status, stale.headers.get('x-stale')]).toEqual([304, 'true'])
  })

  it('whoever shows a token hears of the failure', async () => {
    const { ask, truth } = await shop()
    await ask()
    truth.fails = new StorageUnavailableError(new Error('overloaded'))
    expect((await ask({ authorization: 'Bearer x' })).status).toBe(503)
  })

  it('the truth is told again as soon as it is known', async () => {
    const { ask, price, truth, world } = await shop()
    await ask()
    world.now += 60_000
    truth.fails = new Error('away')
    await ask()
    truth.fails = null
    truth.price = 20_000
    expect(await price()).toBe(20_000)
    expect((await ask()).headers.get('x-stale')).toBeNull()
  })
})
