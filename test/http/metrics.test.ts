import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../src/domain/metrics/samples.ts'
import { METRICS_TYPE } from '../../src/http/metrics-text.ts'
import { createCallLimiter } from '../../src/http/call-limiter.ts'
import { callLimitsOf } from '../../src/domain/limits/call-limits.ts'
import { httpWorld } from '../support/http.ts'
import { silentMetrics } from '../support/metrics.ts'
import { member } from '../support/story-people.ts'
import { atTable } from '../support/story-restaurant.ts'
import { MINUTE, SCRAPE_TOKEN as TOKEN, type Story } from '../support/story.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

/** The app with these figures behind it. */
async function showing(snapshot: Partial<Snapshot>, bindings = {}) {
  const made = await httpWorld(undefined, { metricsToken: TOKEN, ...bindings })
  made.deps.metrics = {
    ...silentMetrics,
    read: () => Promise.resolve({ counters: [], histograms: [], gauges: [], ...snapshot }),
  }
  made.deps.figures = { read: () => Promise.resolve({ counters: [], gauges: [] }) }
  return made
}

/** What is shown, without whether the tables were there. */
async function linesOf(response: Response): Promise<string[]> {
  const text = await response.text()
  expect(text.endsWith('\n')).toBe(true)
  const lines = text.slice(0, -1).split('\n')
  return lines.filter((line) => !line.includes('platform_database_up'))
}

describe('who may scrape', () => {
  it.each([
    ['nobody where there is no token', null, `Bearer ${TOKEN}`, 404],
    ['not even who shows nothing there', null, null, 404],
    ['not who shows none', TOKEN, null, 401],
    ['not who shows another', TOKEN, `Bearer ${TOKEN}x`, 401],
    ['not who shows a part', TOKEN, `Bearer ${TOKEN.slice(0, -1)}`, 401],
    ['not by another scheme', TOKEN, `Basic ${TOKEN}`, 401],
    ['who shows it', TOKEN, `Bearer ${TOKEN}`, 200],
  ])('%s', async (_, metricsToken, authorization, status) => {
    const { ask } = await showing({}, { metricsToken })
    const headers = authorization === null ? {} : { authorization }
    const response = await ask('/metrics', { headers })
    expect(response.status).toBe(status)
    expect(response.headers.get('cache-control')).toBe('no-store')
    if (status === 401) expect(response.headers.get('www-authenticate')).toContain('Bearer')
  })

  it('no administrator by an access token', async () => {
    const { ask, bearer: tokenOf } = await showing({})
    const admin = { role: 'ADMIN', userId: 'u', sessionId: 's', visit: null, memberships: [] }
    const response = await ask('/metrics', { headers: await tokenOf(admin as never) })
    expect(response.status).toBe(401)
  })

  it('is not kept from it by calls that others make from the same address; guesses are counted', async () => {
    const limiter = createCallLimiter(callLimitsOf({ ENVIRONMENT: 'production' }))
    const { ask } = await showing({}, { limiter })
    const statuses: number[] = []
    for (let n = 0; n < 70; n += 1)
      statuses.push((await ask('/metrics', bearer('wrong'.repeat(8)))).status)
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([401]))
    expect(new Set(statuses.slice(60))).toEqual(new Set([429]))
    for (let n = 0; n < 70; n += 1) expect((await ask('/metrics', bearer(TOKEN))).status).toBe(200)
  })
})

describe('the text', () => {
  it('names each metric once, with its help and type, in a steady order', async () => {
    const { ask } = await showing({
      counters: [
        { name: 'refusals_total', labels: { reason: 'NOT_FOUND' }, value: 2 },
        { name: 'http_requests_total', labels: requestLabels('GET', '/health'), value: 1 },
        { name: 'refusals_total', labels: { reason: 'FORBIDDEN' }, value: 1e21 },
        { name: 'of_another_version_total', labels: {}, value: 1 },
      ],
    })
    const response = await ask('/metrics', bearer(TOKEN))
    expect(response.headers.get('content-type')).toBe(METRICS_TYPE)
    expect(await linesOf(response)).toEqual([
      '# HELP http_requests_total Requests answered, by route template.',
      '# TYPE http_requests_total counter',
      'http_requests_total{method="GET",route="/health",status="200"} 1',
      '# HELP refusals_total Requests that were refused, by kind of refusal.',
      '# TYPE refusals_total counter',
      'refusals_total{reason="FORBIDDEN"} 1e+21',
      'refusals_total{reason="NOT_FOUND"} 2',
    ])
  })

  it('shows a histogram as counts up to each bound, with sum and count', async () => {
    const { ask } = await showing({
      histograms: [
        {
          name: 'provider_call_duration_seconds',
          labels: { provider: 'toss', call: 'capture' },
          ...{ count: 4, sum: 41.5, buckets: { 0.1: 2, 2.5: 1, '+Inf': 1 } },
        },
      ],
    })
    const lines = await linesOf(await ask('/metrics', bearer(TOKEN)))
    const of = '{provider="toss",call="capture"'
    const buckets = [0, 2, 2, 2, 2, 3, 3, 3, 3]
    const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    expect(lines.slice(2)).toEqual([
      ...bounds.map(
        (le, n) => `provider_call_duration_seconds_bucket${of},le="${le}"} ${buckets[n]}`,
      ),
      `provider_call_duration_seconds_bucket${of},le="+Inf"} 4`,
      `provider_call_duration_seconds_sum${of}} 41.5`,
      `provider_call_duration_seconds_count${of}} 4`,
    ])
  })

  it.each([
    ['a quotation mark', 'a"} 1\nforged_total 9', 'a\\"} 1\\nforged_total 9'],
    ['a backslash', 'a\\nb\\', 'a\\\\nb\\\\'],
    ['Korean', '맛있는', '맛있는'],
  ])('keeps %s within its label', async (_, forged, shown) => {
    const { ask } = await showing({
      counters: [{ name: 'refusals_total', labels: { reason: forged }, value: 1 }],
    })
    const lines = await linesOf(await ask('/metrics', bearer(TOKEN)))
    expect(lines.slice(2)).toEqual([`refusals_total{reason="${shown}"} 1`])
  })
})

describe('while the database is away', () => {
  it('shows the rest, and that it is away', async () => {
    const { story } = await atTable()
    story.clockOnly(MINUTE)
    story.d1Goes('down')
    const figures = await scraped(story).finally(() => story.d1Goes('up'))
    expect(figures.get('platform_database_up')).toBe(0)
    expect(figures.has('orders_placed_total')).toBe(false)
    const posted = [...figures.keys()].filter((series) => series.includes('method="POST"'))
    expect(posted.length).toBeGreaterThan(0)
    const again = await scraped(story)
    expect(again.get('platform_database_up')).toBe(1)
    expect(again.get('db_failures_total{trouble="lost"}')).toBeGreaterThan(0)
    expect(again.has('orders_placed_total')).toBe(true)
  })
})

const requestLabels = (method: string, route: string, status = 200) => ({
  ...{ method, route, status: String(status) },
})

/** The figures of a story's own deployment, by series. */
async function scraped(story: Story): Promise<Map<string, number>> {
  story.clockOnly(MINUTE)
  const response = await story.ask('/metrics', bearer(TOKEN))
  expect(response.status).toBe(200)
  const lines = (await response.text()).split('\n').filter((line) => /^[a-z]/.test(line))
  return new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' '))),
    ]),
  )
}

describe('what a deployment shows of itself', () => {
  it('is what has happened: requests by template, refusals, queries, placing', async () => {
    const { story, place, guest } = await atTable()
    await place.ordered(guest)
    await story.ask('/api/v1/orders/not-an-id')
    await story.ask('/no/such/path/as/anybody/made/up')
    const admin = await member(story, 'ADMIN')
    await admin.get('/admin/dead-letters')
    const figures = await scraped(story)
    const of = (series: string) => figures.get(series) ?? 0
    expect(of('http_requests_total{method="POST",route="/api/v1/orders",status="201"}')).toBe(1)
    expect(
      of('http_requests_total{method="GET",route="/api/v1/orders/:id",status="401"}'),
    ).toBeGreaterThan(0)
    expect(of('http_requests_total{method="GET",route="unmatched",status="404"}')).toBe(1)
    expect(of('order_place_seconds_count{outcome="placed"}')).toBe(1)
    expect(of('refusals_total{reason="UNAUTHENTICATED"}')).toBeGreaterThan(0)
    expect(of('db_queries_total{kind="select"}')).toBeGreaterThan(0)
    expect(of('db_queries_total{kind="insert"}')).toBeGreaterThan(0)
    expect([...figures.keys()].join()).not.toContain('made/up')
  })
})

describe('the core figures', () => {
  interface Core {
    window: string
    requests: { count: number; by_class: Record<string, number> }
    placing: { count: number; p95_seconds: number | null }
    payments: { completed: number; success_rate: number | null }
    scan_to_paid: { count: number; p50_seconds: number | null }
    orders: { placed_total: number; open: Record<string, number> }
    availability: number | null
  }

  it('are of all that happened in the window, the path from the scan to the payment among it', async () => {
    const { story, place, guest } = await atTable()
    story.clockOnly(2 * MINUTE)
    await place.paid(guest)
    // Who orders again has been sitting there for long.
    story.clockOnly(MINUTE)
    await place.paid(guest)
    await story.settle()
    const admin = await member(story, 'ADMIN')
    const { status, body } = await admin.get<Core>('/admin/metrics/core?window=1h')
    expect(status).toBe(200)
    expect(body.window).toBe('1h')
    expect(body.requests.count).toBeGreaterThan(5)
    expect(body.requests.by_class['5xx'] ?? 0).toBe(0)
    expect(body.availability).toBe(1)
    expect(body.placing.count).toBeGreaterThan(0)
    expect(body.payments).toMatchObject({ completed: 2, success_rate: 1 })
    expect(body.scan_to_paid.count).toBe(1)
    expect(body.scan_to_paid.p50_seconds).toBeGreaterThan(60)
    expect(body.scan_to_paid.p50_seconds).toBeLessThanOrEqual(120)
    expect(body.orders.placed_total).toBeGreaterThan(0)
  })

  it.each(['2h', '', '5', '-1h'])('refuse the window %j', async (window) => {
    const { story } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { status } = await admin.get(`/admin/metrics/core?window=${window}`)
    expect(status).toBe(400)
  })
})
