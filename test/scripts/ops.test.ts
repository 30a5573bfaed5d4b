import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dashboardPanels, filledIn, RULES_FILE, RULES_TEST_FILE } from '../../scripts/lib/ops.ts'
import { METRICS } from '../../src/domain/metrics/registry.ts'

/** What Prometheus knows by itself. */
const ITS_OWN = new Set(['up'])
const FUNCTIONS = new Set(
  `sum max min avg count topk rate increase time vector absent histogram_quantile by and or on
   without group_left ignoring bool`.split(/\s+/),
)

/** Names of series and of labels in an expression; texts in quotes are values. */
function namesIn(expression: string): { series: string[]; labels: string[] } {
  const bare = filledIn(expression).replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
  const labels: string[] = []
  const without = bare
    .replaceAll(/\{([^}]*)\}/g, (_, inside: string) => {
      labels.push(...[...inside.matchAll(/([a-z_]+)\s*[!=]/g)].map(([, name = '']) => name))
      return ''
    })
    .replaceAll(/\bby\s*\(([^)]*)\)/g, (_, inside: string) => {
      labels.push(...inside.split(',').map((name) => name.trim()))
      return ''
    })
    .replaceAll(/\[[^\]]*\]/g, '')
  const words = [...without.matchAll(/[a-zA-Z_][a-zA-Z0-9_]*/g)].map(([word]) => word)
  return { series: words.filter((word) => !FUNCTIONS.has(word)), labels }
}

/** The metric that a series is of, as the registry has it. */
function metricOf(series: string) {
  const exact = METRICS[series]
  if (exact !== undefined) return exact.type === 'histogram' ? undefined : exact
  const [, base, part] = /^(.*)_(bucket|sum|count)$/.exec(series) ?? []
  const histogram = base === undefined ? undefined : METRICS[base]
  if (histogram?.type !== 'histogram') return undefined
  return part === 'bucket' ? { ...histogram, labels: [...histogram.labels, 'le'] } : histogram
}

function problemsOf(expression: string): string[] {
  const { series, labels } = namesIn(expression)
  const known = series
    .filter((name) => !ITS_OWN.has(name))
    .map((name) => [name, metricOf(name)] as const)
  const labelsKnown = new Set(['job', ...known.flatMap(([, metric]) => metric?.labels ?? [])])
  return [
    ...known.filter(([, metric]) => metric === undefined).map(([name]) => `no metric ${name}`),
    ...labels.filter((label) => !labelsKnown.has(label)).map((label) => `no label ${label}`),
    ...(series.length === 0 ? ['asks for nothing'] : []),
  ]
}

const rules = await readFile(RULES_FILE, 'utf8')
const ruleTests = await readFile(RULES_TEST_FILE, 'utf8')
/** Alerts with their expressions, those over several lines too. */
const alerts = rules
  .split(/^ +- alert: /m)
  .slice(1)
  .map((text) => {
    const [, expression = ''] = /^ +expr: (?:>-\n)?((?:.|\n)*?)^ +(?:for|labels):/m.exec(text) ?? []
    return { name: text.slice(0, text.indexOf('\n')), expression: expression.trim() }
  })
const panels = await dashboardPanels()

describe('a reading of expressions', () => {
  it.each([
    ['sum by (le) (rate(order_place_seconds_bucket{outcome="placed"}[5m]))', []],
    ['sum(rate(order_placing_seconds_bucket[5m]))', ['no metric order_placing_seconds_bucket']],
    ['rate(order_place_seconds[5m])', ['no metric order_place_seconds']],
    ['http_requests_total_count', ['no metric http_requests_total_count']],
    ['sum by (code) (http_requests_total{verb="GET"})', ['no label verb', 'no label code']],
    ['http_requests_total{route=~"dead_letters{.*"}', []],
    ['1 + 1', ['asks for nothing']],
  ])('%s', (expression, problems) => {
    expect(problemsOf(expression)).toEqual(problems)
  })
})

describe('the alert rules', () => {
  it.each(alerts.map(({ name, expression }) => [name, expression]))(
    '%s asks for what there is',
    (_, expression) => {
      expect(problemsOf(expression)).toEqual([])
    },
  )

  it('are all tested, silent and firing', () => {
    expect(alerts.length).toBeGreaterThan(10)
    for (const { name } of alerts) {
      const tested = ruleTests.split(`alertname: ${name}`).slice(1)
      const silent = tested.filter((text) =>
        /^,? *\n? *(?:exp_alerts: )?\[\]|^, exp_alerts: \[\]/.test(text),
      )
      expect([name, silent.length > 0, tested.length > silent.length]).toEqual([name, true, true])
    }
  })
})

describe('the dashboard', () => {
  it.each(panels.map(({ title, expressions }) => [title, expressions] as const))(
    '%s asks for what there is',
    (_, expressions) => {
      expect(expressions.length).toBeGreaterThan(0)
      expect(expressions.flatMap(problemsOf)).toEqual([])
    },
  )

  it('shows every metric that there is', () => {
    const shown = new Set(
      panels.flatMap(({ expressions }) => expressions).flatMap((text) => namesIn(text).series),
    )
    const missing = Object.entries(METRICS)
      .filter(([name, { type }]) =>
        type === 'histogram'
          ? !['bucket', 'sum', 'count'].some((part) => shown.has(`${name}_${part}`))
          : !shown.has(name),
      )
      .map(([name]) => name)
    expect(missing).toEqual([])
  })

  it('asks whatever Prometheus its reader names, and names none itself', async () => {
    const text = await readFile(
      join(import.meta.dirname, '../../ops/grafana/ordersync.json'),
      'utf8',
    )
    const sources = [...text.matchAll(/"uid": "([^"]*)"/g)].map(([, uid]) => uid)
    expect(new Set(sources)).toEqual(new Set(['${datasource}', 'ordersync']))
  })
})

describe('docs/metrics.md', () => {
  it('tells of every metric with its labels, and of none that there is not', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8')
    const told = [...text.matchAll(/^\| `([a-z_]+)` +\| (\w+) +\| (.*?) +\|/gm)].map(
      ([, name = '', type = '', labels = '']) =>
        [name, type, [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label)] as const,
    )
    const there = Object.entries(METRICS).map(([name, { type, labels }]) => [
      name,
      type,
      [...labels],
    ])
    expect(told).toEqual(there)
  })
})
