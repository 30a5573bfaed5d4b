import type { LogLine } from '../../src/runtime.ts'

/** What no line may hold, whoever wrote it and in whichever field. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ['an e-mail address', /[^\s@"]+@[^\s@"]+\.[a-z]{2,}/i],
  ['a telephone number', /(?<![\w-])(?:\+82[ -]?1|01)[016789][ -]?\d{3,4}[ -]?\d{4}(?![\w-])/],
  // Lines are written in English: other words are somebody's name, request or reason.
  ['words of people', /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['a token', /\beyJ[\w-]{8,}\.[\w-]+/],
  ['a key', /\b(?:sk|rk|pk|whsec|test_[gs]?s?c?k|live_[gs]?s?c?k)_[A-Za-z0-9+/=_-]{6,}/],
  ['a password hash', /\$scrypt\$/],
  ['a sealed secret', /\bv\d\.[\w-]+\.[\w-]{16,}/],
  ['digits of a card', /(?<![\w-])\d{4}[ -]?\d{2,4}[\d* -]{2,9}\d{3,4}(?![\w-])/],
  [
    'an address of the internet',
    /(?<![\w.])(?!\d+\.\d+\.\d+\.0\/24)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/,
  ],
  ['a whole IPv6 address', /(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])/i],
  ["a table's code", /(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{22}(?![\w-])/],
  ['a line of its own', /[\n\r\u2028\u2029\u0000-\u001f\u007f]/],
]

/** Sent in fields of these names, it is nobody else's business. */
const PRIVATE_FIELD =
  /password|passphrase|token|secret|_code$|^code$|^name$|email|phone|note|memo|reason|special_requests|message|holder|account_no|payer|webhook_url|api_key/i
const PRIVATE_HEADER =
  /^(?:authorization|idempotency-key|cookie|x-table-code|x-webhook-key|stripe-signature)$/i
const TELLS_NOTHING = /^[A-Z][A-Z0-9_-]*$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const SHORTEST = 6
/** These fields are our own words; a test's key may happen to be one of them. */
const OUR_WORDS = new Set(['kind', 'route', 'method', 'level', 'job', 'what'])
const PLAIN_WORD = /^[a-z-]{1,20}$/

const sent = new Set<string>()
const leaks: string[] = []

const textsOf = (line: LogLine): [field: string, text: string][] =>
  Object.entries(line).flatMap(([field, value]) =>
    typeof value === 'string' ? [[field, value] as [string, string]] : [],
  )

/** What a line tells that it must not: by its shape, or as one of the texts that somebody sent. */
export function leaksIn(line: LogLine, privately: Iterable<string> = []): string[] {
  const texts = textsOf(line)
  const shaped = texts.flatMap(([field, text]) =>
    SHAPES.filter(([, shape]) => shape.test(text)).map(([what]) => `${what} in "${field}"`),
  )
  const told = [...privately].flatMap((secret) =>
    texts
      .filter(([field, text]) => text.includes(secret) && !isOurs(field, secret))
      .map(([field]) => `what a caller sent (${secret}) in "${field}"`),
  )
  return [...shaped, ...told]
}

const isOurs = (field: string, secret: string): boolean =>
  OUR_WORDS.has(field) && PLAIN_WORD.test(secret)

/** Holds a line against all of it; the test that is running fails at its end. */
export function watch(line: LogLine): void {
  for (const leak of leaksIn(line, sent)) leaks.push(`${leak}: ${JSON.stringify(line)}`)
}

/** A sink whose lines are watched. */
export const watched =
  (log: (line: LogLine) => void) =>
  (line: LogLine): void => {
    watch(line)
    log(line)
  }

/** What lines have told since the last time that this was asked. */
export const takeLeaks = (): string[] => leaks.splice(0)

/** What a caller sends is private where the field's name says so: no line of any test may have it. */
export function noteSent(init: RequestInit | undefined): void {
  if (init === undefined) return
  for (const [name, value] of new Headers(init.headers))
    if (PRIVATE_HEADER.test(name)) keep(value.replace(/^(?:Bearer|Basic) /, ''))
  if (typeof init.body !== 'string') return
  try {
    keepFields(JSON.parse(init.body))
  } catch {
    // Not JSON, as some tests want it.
  }
}

function keepFields(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value))
    if (typeof inner === 'string' && PRIVATE_FIELD.test(name)) keep(inner)
    else keepFields(inner)
}

function keep(value: string): void {
  if (value.length >= SHORTEST && !TELLS_NOTHING.test(value)) sent.add(value)
}

/** Lines that go to the console: `systemRuntime` writes them there, in objects too. */
export function watchConsole(): void {
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    const write = console[level].bind(console)
    console[level] = (...said: unknown[]) => {
      const line = lineIn(said[0])
      if (line !== null) watch(line)
      write(...said)
    }
  }
}

function lineIn(said: unknown): LogLine | null {
  if (typeof said !== 'string' || !said.startsWith('{')) return null
  try {
    const line = JSON.parse(said) as Partial<LogLine>
    return line.level === undefined || line.kind === undefined ? null : (line as LogLine)
  } catch {
    // Somebody else's words that begin with a brace.
    return null
  }
}
