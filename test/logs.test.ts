import { describe, expect, it } from 'vitest'
import { errorText, safeText } from '../src/domain/error-text.ts'
import { systemRuntime, type LogLine } from '../src/runtime.ts'
import { httpWorld } from './support/http.ts'
import { leaksIn, noteSent, takeLeaks, watch } from './support/log-watch.ts'
import { TRACE_ID } from './support/traces.ts'

const line = (fields: Partial<LogLine>): LogLine => ({ level: 'info', kind: 'http', ...fields })

const LEAKS: readonly [what: string, text: string][] = [
  ['an e-mail address', 'minsu.kim@example.com'],
  ['a telephone number', '010-1234-5678'],
  ['a telephone number', '01012345678'],
  ['a telephone number', '+82 10-1234-5678'],
  ["a guest's words", '덜 맵게 해 주세요'],
  ["a payer's name", '홍길동'],
  ['an access token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`],
  ['a key of Toss', 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R'],
  ['a key of Stripe', 'sk_live_51abcdefgh'],
  ['a secret of pushes', `whsec_${btoa('a secret of twenty-four!')}`],
  ['a hash of a password', '$scrypt$ln=15,r=8,p=3$abc$def'],
  ['a card', '4330 1234 5678 9012'],
  ['a card as providers show it', '43301234****9012'],
  ['an IPv4 address', '203.0.113.77'],
  ['an IPv6 address', '2001:db8:1:2:3:4:5:6'],
  ["a table's code", 'aB3dE6gH9jK2mN5pQ8sT1v'],
  ['a line of its own', 'fine\n{"level":"info","kind":"order"}'],
]

describe('the watch over lines', () => {
  it.each(LEAKS)('sees %s', (_, text) => {
    for (const field of ['error', 'reason', 'route', 'orderId']) {
      expect(leaksIn(line({ [field]: text })), field).not.toEqual([])
      expect(leaksIn(line({ [field]: `something about ${text} here` })), field).not.toEqual([])
    }
  })

  it.each([
    ['ids', { orderId: '019a5c00-1234-7abc-8def-0123456789ab', traceId: 'a'.repeat(32) }],
    ['an id that is digits alone', { traceId: '4330123456789012'.repeat(2) }],
    ['a network', { network: '203.0.113.0/24' }],
    ['a wide network', { network: '2001:db8:1::/48' }],
    ['figures', { durationMs: 12, at: 1_763_600_000_000 }],
    ['a route', { route: '/api/v1/orders/:id', status: 200 }],
  ] as const)('lets %s pass', (_, fields) => {
    expect(leaksIn(line(fields))).toEqual([])
  })

  it('knows what callers of these tests have sent', () => {
    noteSent({
      method: 'POST',
      headers: { authorization: 'Bearer the-token-of-somebody', 'idempotency-key': 'my-own-key-1' },
      body: JSON.stringify({
        password: 'mango-river-77',
        deep: [{ special_requests: 'no onions' }],
      }),
    })
    for (const text of ['the-token-of-somebody', 'my-own-key-1', 'mango-river-77', 'no onions']) {
      watch(line({ error: `it said "${text}"` }))
      expect(takeLeaks()).toHaveLength(1)
    }
  })

  it('reads what goes to the console', () => {
    systemRuntime.log(line({ error: 'minsu@example.com' }))
    expect(takeLeaks()).toHaveLength(1)
  })
})

describe('a text that is not our own', () => {
  it.each([
    ...LEAKS.filter(([what]) => !/words|name|code|hash/.test(what)).map(([, text]) => text),
    'Unexpected token \'a\', "홍길동 said" is not valid JSON',
    "Invalid URL: 'https://discord.com/api/webhooks/1/abc'",
    'fetch failed: https://user:pass@partner.test/hook?key=1',
  ])('says nothing of %s', (text) => {
    const cleaned = safeText(`the provider answered ${text}`)
    expect(leaksIn(line({ error: cleaned }))).toEqual([])
    expect(cleaned).not.toContain(text)
  })

  it.each([
    'D1_ERROR: UNIQUE constraint failed: users.email: SQLITE_CONSTRAINT',
    "Cannot read properties of undefined (reading 'kind')",
    'refund 019a5c00-1234-7abc-8def-0123456789ab has no payment',
    'status 503: not an answer',
  ])('stays as it is where it names nobody: %s', (text) => {
    expect(errorText(new Error(text))).toBe(`Error: ${text}`)
  })

  it('is short', () => {
    expect(safeText('a'.repeat(10_000)).length).toBeLessThan(310)
  })
})

const FORGED = '{"level":"error","kind":"order","orderId":"x"}'

describe('what callers name themselves', () => {
  it.each([
    ['X-Request-Id', { 'x-request-id': `a${FORGED}` }],
    ['a request id of another length', { 'x-request-id': 'a'.repeat(200) }],
    ['traceparent', { traceparent: `00-${FORGED}-00f067aa0ba902b7-01` }],
    ['User-Agent', { 'user-agent': FORGED }],
    ['X-Forwarded-For', { 'x-forwarded-for': `1.2.3.4 ${FORGED}` }],
    ['CF-Connecting-IP', { 'cf-connecting-ip': FORGED }],
  ])('%s makes no line and no field', async (_, headers) => {
    const { world, ask } = await httpWorld()
    await ask(`/api/v1/orders/${encodeURIComponent(`x\n${FORGED}`)}`, { headers })
    expect(world.logged).toHaveLength(1)
    const text = JSON.stringify(world.logged[0])
    expect(text).not.toContain('"order"')
    expect(text).not.toContain('\\"kind')
    expect(world.logged[0]).toMatchObject({ kind: 'http', orderId: null })
  })

  it('gives an error, its line and its answer one trace', async () => {
    const { world, ask } = await httpWorld()
    const response = await ask('/api/v1/me', {
      headers: { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01`, 'x-request-id': 'till-4' },
    })
    const { error } = await response.json<{ error: { trace_id: string } }>()
    expect(error.trace_id).toBe(TRACE_ID)
    expect(response.headers.get('x-request-id')).toBe('till-4')
    expect(world.logged).toMatchObject([{ traceId: TRACE_ID, requestId: 'till-4' }])
  })

  it('says of a failure of ours what kind it is, and keeps what was in it', async () => {
    const { world, ask } = await httpWorld((app) => {
      app.get('/broken', () => {
        throw new Error('could not read "홍길동" of minsu@example.com')
      })
    })
    await ask('/broken')
    const [broken] = world.logged.filter(({ kind }) => kind === 'http-error')
    expect(broken).toMatchObject({ error: 'Error', message: 'could not read "…" of [e-mail]' })
  })
})
