interface Field {
  name: string
  min: number
  max: number
}

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'weekday', min: 1, max: 7 },
]

const STEPS = /^(\*|\d+(?:-\d+)?)(?:\/(\d+))?$/

function valuesOf(part: string, { name, min, max }: Field): number[] {
  const [, range = '', stepText = '1'] = STEPS.exec(part) ?? []
  const [fromText = '', toText] = range.split('-')
  const from = range === '*' ? min : Number(fromText)
  const to =
    range === '*' || (toText === undefined && part.includes('/')) ? max : Number(toText ?? from)
  const step = Number(stepText)
  if (range === '' || from < min || to > max || from > to || step === 0)
    throw new Error(`"${part}" is not a ${name} of a cron expression`)
  const values: number[] = []
  for (let value = from; value <= to; value += step) values.push(value)
  return values
}

export type Cron = (atMs: number) => boolean

/**
 * Whether a cron expression falls on the minute of a time, in UTC: numbers, lists, ranges and steps,
 * weekdays 1 to 7 with 1 = Sunday, as Cloudflare counts them.
 */
export function parseCron(expression: string): Cron {
  const parts = expression.trim().split(/\s+/)
  if (parts.length !== FIELDS.length) throw new Error(`"${expression}" does not have five fields`)
  const sets = FIELDS.map(
    (field, index) =>
      new Set((parts[index] ?? '').split(',').flatMap((part) => valuesOf(part, field))),
  )
  const [, , dayText = '*', , weekdayText = '*'] = parts
  const eitherDay = dayText !== '*' && weekdayText !== '*'
  return (atMs) => {
    const at = new Date(atMs)
    const now = [
      at.getUTCMinutes(),
      at.getUTCHours(),
      at.getUTCDate(),
      at.getUTCMonth() + 1,
      at.getUTCDay() + 1,
    ]
    const [minute, hour, day, month, weekday] = now.map((value, index) => sets[index]?.has(value))
    const onDay = eitherDay ? day || weekday : day && weekday
    return Boolean(minute && hour && month && onDay)
  }
}

/** The expressions of `[triggers] crons` in a wrangler.toml. */
export function cronsOf(wranglerToml: string): string[] {
  const [, list = ''] = /^\s*crons\s*=\s*\[([^\]]*)\]/m.exec(wranglerToml) ?? []
  return Array.from(
    list.matchAll(/"([^"]*)"|'([^']*)'/g),
    ([, double, single]) => double ?? single ?? '',
  )
}
