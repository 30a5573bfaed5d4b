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

const LOG = [
  '[wrangler:info] Ready on http://localhost',
  '2026-11-20T03:00:00.000Z ' +
    JSON.stringify({
      level: 'info',
      kind: 'order',
      orderId: ORDER,
      orderNumber: 'A001',
      traceId: TRACE,
    }),
  '2026-11-20T03:00:00.100Z ' + JSON.stringify({ level: 'info', kind: 'http', traceId: TRACE }),
  JSON.stringify({ level: 'info', kind: 'http', traceId: STRANGE, orderId: OTHER }),
  JSON.stringify({ level: 'warn', kind: 'webhook-not-noted', traceId: LATER }),
  JSON.stringify({ level: 'info', kind: 'command', orderId: ORDER, traceId: LATER, refusal: null }),
  '{"level":"info","kind":"http","orderId":"' + ORDER,
].join('\n')

describe('the life of an order out of a log', () => {
  const told = linesIn(LOG)

  it.each([
    ['its id', ORDER, ['order', 'http', 'webhook-not-noted', 'command']],
    ['its number', 'A001', ['order', 'http', 'webhook-not-noted', 'command']],
    ['a trace of its', TRACE, ['order', 'http', 'webhook-not-noted', 'command']],
    ['a trace of another', STRANGE, ['http']],
    ['what nobody wrote', 'A002', []],
  ])('is found by %s', (_, asked, kinds) => {
    expect(lifeOf(told, asked ?? '').map(({ line }) => line.kind)).toEqual(kinds)
  })

  it('is told with time and trace', () => {
    const [first] = lifeOf(told, ORDER)
    expect(lifeLine(first!)).toBe('03:00:00.000 aaaaaaaa info  order          orderNumber=A001')
  })
})
