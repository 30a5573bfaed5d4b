import { describe, expect, it } from 'vitest'
import decision from '../../docs/decisions/0055-tracing.md?raw'
import page from '../../docs/logs.md?raw'
import { lifeLine, lifeOf, linesIn } from '../../scripts/lib/life.ts'

const SOURCES = Object.entries(
  import.meta.glob<string>(['../../src/**/*.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const SUPPORT = Object.entries(
  import.meta.glob<string>(['../{support,queues,stories}/**/*.ts', '../*.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)

const allOf = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), (found) => found.slice(1).find(Boolean) ?? '')

const LITERAL = /level(?::[^,{}]*)?,\s*kind:\s*'([a-z-]+)'|kind:\s*'([a-z-]+)',\s*level:/g
const written = (text: string): string[] => allOf(text, LITERAL)
const KINDS = new Set(SOURCES.flatMap(([, text]) => written(text)))
const DESCRIBED = new Set(allOf(page.split('## Kinds of lines')[1] ?? '', /^\| `([a-z-]+)`/gm))

describe('the page about logs', () => {
  it('has every kind of line in its table', () => {
    expect(KINDS.size).toBeGreaterThan(60)
    expect([...KINDS].filter((kind) => !DESCRIBED.has(kind))).toEqual([])
  })

  it('has no kind that no code writes', () => {
    expect([...DESCRIBED].filter((kind) => !KINDS.has(kind))).toEqual([])
  })

  it('and its decision name each other', () => {
    expect(page).toContain('decisions/0055-tracing.md')
    expect(decision).toContain('../logs.md')
  })
})

describe('what was thrown', () => {
  it('goes into no line as it is', () => {
    // Where an error's text is told, `errorText` or `safeText` has cleaned it.
    const RAW = /(?:error|thrown) instanceof Error \?[^\n]*(?:error|thrown)\.message/
    const raw = SOURCES.filter(
      ([path, text]) => RAW.test(text) && !path.endsWith('/error-text.ts'),
    ).map(([path]) => path)
    expect(raw).toEqual([])
  })
})

describe('the tests’ own worlds', () => {
  it('watch every line that they keep', () => {
    const KEEPS = /log: \(?(?:line|\()[^\n]*logged/
    const unwatched = SUPPORT.filter(([, text]) => KEEPS.test(text)).map(([path]) => path)
    expect(unwatched).toEqual([])
  })
})

const ORDER = '01a1f6e5-8780-8556-97bd-3531e7100c36'
const OTHER = '01a1f6e5-8780-8556-97bd-3531e7100c37'
const [TRACE, LATER, STRANGE] = ['a', 'b', 'c'].map((digit) => digit.repeat(32))

const STAMP = '2026-11-20T14:15:27.784Z '
const ORDERED = { kind: 'order', orderId: ORDER, orderNumber: 'A001', traceId: TRACE }
const json = (fields: object, level = 'info') => JSON.stringify({ level, ...fields })
const tracedJson = (traceId: string | undefined, fields: object, level = 'info') =>
  JSON.stringify({ traceId, level, ...fields })
const inColours = (name: string, line: string) =>
  `\u001b[33m▲ \u001b[43;33m[\u001b[43;30m${name}\u001b[43;33m]\u001b[0m \u001b[1m${line}\u001b[0m`

describe('a line of a development server’s log', () => {
  const http = { kind: 'http', route: '/health/ready', status: 200 }
  const alert = { kind: 'alert', alert: 'nobody-listening', value: 1 }

  it.each<[name: string, written: string, at: string | null, line: object]>([
    ['as an object writes it', json(ORDERED), null, { level: 'info', ...ORDERED }],
    [
      'after a time',
      STAMP + json(ORDERED),
      '2026-11-20T14:15:27.784Z',
      { level: 'info', ...ORDERED },
    ],
    [
      'that begins with its trace',
      STAMP + tracedJson(TRACE, http),
      '2026-11-20T14:15:27.784Z',
      { traceId: TRACE, level: 'info', ...http },
    ],
    [
      'of a warning, in colours',
      STAMP + inColours('WARNING', tracedJson(TRACE, alert, 'warn')),
      '2026-11-20T14:15:27.784Z',
      { traceId: TRACE, level: 'warn', ...alert },
    ],
    [
      'of an error, in colours',
      STAMP + inColours('ERROR', tracedJson(TRACE, alert, 'error')),
      '2026-11-20T14:15:27.784Z',
      { traceId: TRACE, level: 'error', ...alert },
    ],
    [
      'in colours from its beginning',
      `\u001b[31m${STAMP}${tracedJson(TRACE, http)}\u001b[39m\r`,
      '2026-11-20T14:15:27.784Z',
      { traceId: TRACE, level: 'info', ...http },
    ],
    [
      'whose texts have brackets',
      STAMP + json({ ...http, error: 'TypeError: [33m {"level":' }),
      '2026-11-20T14:15:27.784Z',
      { level: 'info', ...http, error: 'TypeError: [33m {"level":' },
    ],
  ])('is read %s', (_, written, at, line) => {
    expect(linesIn(`${written}\n`)).toEqual({ told: [{ at, line }], unread: 0 })
  })

  it.each<[name: string, written: string, unread: number]>([
    ['that says what is bound', `${STAMP}env.JOBS (ordersync-development-jobs)  Queue  local`, 0],
    ['of a stack', `${STAMP}    at handle (file:///src/index.ts:1:1) {`, 0],
    ['with nothing', STAMP, 0],
    ['that was cut off', STAMP + tracedJson(TRACE, http).slice(0, 60), 1],
    ['of JSON that is none of ours', `${STAMP}{"level":30,"msg":"hello"}`, 1],
    ['that goes on behind its JSON', `${STAMP}${json(http)} and more`, 1],
  ])('is not told %s, and counted where it looks like ours', (_, written, unread) => {
    expect(linesIn(written)).toEqual({ told: [], unread })
  })
})

const LOG = [
  '[wrangler:info] Ready on http://localhost',
  '2026-11-20T03:00:00.000Z ' + json(ORDERED),
  '2026-11-20T03:00:00.100Z ' + tracedJson(TRACE, { kind: 'http', orderId: null }),
  tracedJson(STRANGE, { kind: 'http', orderId: OTHER }),
  inColours('WARNING', tracedJson(LATER, { kind: 'webhook-not-noted' }, 'warn')),
  json({ kind: 'command', orderId: ORDER, traceId: LATER, refusal: null }),
  tracedJson(TRACE, { kind: 'provider', call: 'capture', orderId: ORDER }),
  tracedJson(LATER, { kind: 'queue-done', what: 'look-up', orderId: ORDER }),
  tracedJson(LATER, { kind: 'delivery-sent', orderId: ORDER }),
  inColours('ERROR', tracedJson(LATER, { kind: 'delivery-failed', orderId: ORDER }, 'error')),
  '{"level":"info","kind":"http","orderId":"' + ORDER,
].join('\n')

describe('the life of an order out of a log', () => {
  const { told, unread } = linesIn(LOG)
  const LIFE = [
    ...['order', 'http', 'webhook-not-noted', 'command', 'provider'],
    ...['queue-done', 'delivery-sent', 'delivery-failed'],
  ]

  it.each([
    ['its id', ORDER, LIFE],
    ['its number', 'A001', LIFE],
    ['a trace of its', TRACE, LIFE],
    ['a trace of another', STRANGE, ['http']],
    ['what nobody wrote', 'A002', []],
  ])('is found by %s', (_, asked, kinds) => {
    expect(lifeOf(told, asked ?? '').map(({ line }) => line.kind)).toEqual(kinds)
  })

  it('says how many lines it lacks', () => {
    expect(unread).toBe(1)
  })

  it('is told with time and trace', () => {
    const [first] = lifeOf(told, ORDER)
    expect(lifeLine(first!)).toBe('03:00:00.000 aaaaaaaa info  order          orderNumber=A001')
  })
})
