/** A line of the log, and when the development server wrote it down. */
export interface Told {
  at: string | null
  line: {
    level: string
    kind: string
    [field: string]: string | number | boolean | null | undefined
  }
}

/** What a log has told, and how many of its lines look like ours and cannot be read. */
export interface Log {
  told: Told[]
  unread: number
}

const STAMPED = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) /
/** Wrangler colours warnings and errors wherever it writes them. */
const ANSI = /\u001b\[[0-9;?]*[ -/]*[@-~]/g

/** The structured lines among what a server has written. */
export function linesIn(text: string): Log {
  const log: Log = { told: [], unread: 0 }
  for (const coloured of text.split('\n')) {
    const written = coloured.replace(ANSI, '').trimEnd()
    const start = written.indexOf('{"')
    if (start === -1) continue
    const line = lineFrom(written.slice(start))
    if (line === null) log.unread += 1
    else log.told.push({ at: STAMPED.exec(written)?.[1] ?? null, line })
  }
  return log
}

/** Null where it is none of ours, or was cut off when the server was stopped. */
function lineFrom(json: string): Told['line'] | null {
  try {
    const { level, kind, ...fields } = JSON.parse(json) as Partial<Told['line']>
    const isOurs = typeof level === 'string' && typeof kind === 'string'
    return isOurs ? { ...fields, level, kind } : null
  } catch {
    return null
  }
}

/** The orders that are meant: by id, by number, or all that a trace has touched. */
function ordersMeant(told: readonly Told[], asked: string): Set<Told['line'][string]> {
  const meant = told.filter(({ line }) =>
    [line['orderId'], line['orderNumber'], line['traceId']].includes(asked),
  )
  return new Set(meant.flatMap(({ line }) => line['orderId'] ?? []))
}

/**
 * What the lines tell of an order (its id or number) or of a trace, in the order in which it happened.
 * Lines of the same traces that name no order belong to it.
 */
export function lifeOf(told: readonly Told[], asked: string): Told[] {
  const orders = ordersMeant(told, asked)
  const isNamed = ({ line }: Told) => orders.has(line['orderId'])
  const named = told.filter(isNamed).flatMap(({ line }) => line['traceId'] ?? [])
  const traces = new Set<Told['line'][string]>([asked, ...named])
  const belongs = ({ line }: Told) =>
    line['orderId'] === undefined || line['orderId'] === null
      ? traces.has(line['traceId'])
      : orders.has(line['orderId'])
  return told.filter(belongs)
}

const NOT_SHOWN = new Set(['level', 'kind', 'traceId', 'orderId', 'restaurantId', 'requestId'])

/** One line as people read it. */
export function lifeLine({ at, line }: Told): string {
  const fields = Object.entries(line)
    .filter(([name, value]) => !NOT_SHOWN.has(name) && value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${String(value)}`)
  const trace = typeof line['traceId'] === 'string' ? line['traceId'].slice(0, 8) : '-'
  const head = [at?.slice(11, 23) ?? '-'.padEnd(12), trace.padEnd(8), line.level.padEnd(5)]
  return [...head, line.kind.padEnd(14), ...fields].join(' ')
}
