import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/http/context.ts'
import type { EdgeCache } from '../../src/http/middleware/edge-cache.ts'
import { defineRoute } from '../../src/http/route.ts'
import { deliverTo } from '../../src/usecases/outgoing/deliver-to.ts'
import { deliveryWorld, orderEvents } from '../support/deliveries.ts'
import { deliver, eventsWorld } from '../support/events-world.ts'
import { httpWorld } from '../support/http.ts'
import { countingMetrics } from '../support/metrics.ts'
import { atTable } from '../support/story-restaurant.ts'
import { MINUTE, SCRAPE_TOKEN, type Story } from '../support/story.ts'

describe('the cache at the edge', () => {
  it('counts hits, misses, and answers kept while ours failed', async () => {
    const kept = new Map<string, Response>()
    const edgeCache: EdgeCache = {
      match: (key) => Promise.resolve(kept.get(key)?.clone() ?? null),
      put: (key, answer) => Promise.resolve(void kept.set(key, answer)),
    }
    let fails = false
    const route = (app: App) =>
      defineRoute(
        app,
        {
          ...{ method: 'get', path: '/price', operationId: 'getPrice', summary: 'Price' },
          ...{ tag: 'Test', permission: 'public', cached: {}, idempotency: 'none', refusals: [] },
          success: { status: 200, description: 'It', schema: z.object({ price: z.number() }) },
        },
        (c) => {
          if (fails) throw new Error('broken')
          return c.json({ price: 1 })
        },
      )
    const { ask, deps, world } = await httpWorld(route, { edgeCache })
    const { metrics, valueOf } = countingMetrics()
    deps.metrics = metrics
    const seen = () =>
      ['miss', 'hit', 'stale'].map((outcome) =>
        valueOf('cache_hits_total', { cache: 'edge', outcome }),
      )
    await ask('/api/v1/price')
    expect(seen()).toEqual([1, 0, 0])
    await ask('/api/v1/price')
    expect(seen()).toEqual([1, 1, 0])
    fails = true
    world.now += MINUTE
    expect((await ask('/api/v1/price')).status).toBe(200)
    expect(seen()).toEqual([1, 1, 1])
    expect(
      valueOf('http_requests_total', { method: 'GET', route: '/api/v1/price', status: '200' }),
    ).toBe(3)
  })
})

describe('deliveries', () => {
  it.each([
    [204, 'sent'],
    [503, 'failed'],
    [400, 'dead'],
  ])('answered with %s are counted as %s', async (status, outcome) => {
    const { deps, owe, endpoint, world } = deliveryWorld()
    const { metrics, valueOf } = countingMetrics()
    const { restaurantId, event } = orderEvents()
    const { id } = await endpoint({ restaurantId })
    await owe(event('STATUS_CHANGED'))
    world.answer = () => new Response(null, { status })
    await deliverTo({ ...deps, metrics }, id, 40_000)
    expect(valueOf('deliveries_total', { destination: 'PUSH', outcome })).toBe(1)
  })
})

describe('messages of the queue', () => {
  it('are counted by what they are about, done or put off', async () => {
    const made = await eventsWorld()
    const { metrics, valueOf } = countingMetrics()
    const deps = { ...made.deps, metrics }
    await deliver(deps, [{ not: 'a message' }, { v: 1, kind: 'deliver', destinationId: 'nobody' }])
    expect(valueOf('queue_messages_total', { what: 'malformed', outcome: 'failed' })).toBe(1)
    const delivered = ['done', 'failed'].map((outcome) =>
      valueOf('queue_messages_total', { what: 'deliver', outcome }),
    )
    expect(delivered.reduce((sum, count) => sum + count, 0)).toBe(1)
  })
})

/** What a scraper is shown. */
async function scraped(story: Story): Promise<Map<string, number>> {
  const headers = { authorization: `Bearer ${SCRAPE_TOKEN}` }
  const text = await (await story.ask('/metrics', { headers })).text()
  const lines = text.split('\n').filter((line) => /^[a-z]/.test(line))
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

describe('a meal', () => {
  it('is counted by everything it goes through', async () => {
    const { story, place, guest } = await atTable()
    const before = await scraped(story)
    await place.paid(guest)
    await story.settle()
    await story.cron('* * * * *')
    const socket = await story.ask(`/ws/restaurants/${place.id}`, {
      headers: { upgrade: 'websocket', authorization: `Bearer ${await place.staff.token()}` },
    })
    expect(socket.status).toBe(101)
    socket.webSocket?.accept()
    const after = await scraped(story)
    socket.webSocket?.close()
    const grown = (series: string) => (after.get(series) ?? 0) - (before.get(series) ?? 0)
    for (const series of [
      'provider_calls_total{provider="toss",call="open",outcome="opened"}',
      'provider_calls_total{provider="toss",call="capture",outcome="captured"}',
      'provider_call_duration_seconds_count{provider="toss",call="capture"}',
      'payments_completed_total{method="CARD"}',
      'scan_to_paid_seconds_count',
      'cron_runs_total{job="sum-hours",outcome="done"}',
      'sockets_opened_total{watch="restaurant"}',
      'orders_placed_total',
      'orders_open{status="PENDING"}',
    ])
      expect([series, grown(series)]).toEqual([series, 1])
    expect(grown('revenue_total{currency="KRW"}')).toBeGreaterThan(0)
    expect(after.get('cron_last_success_timestamp_seconds{job="sum-hours"}')).toBe(
      story.world.now / 1_000,
    )
    expect(after.get('refunds_total{currency="KRW"}')).toBe(0)
  })
})
